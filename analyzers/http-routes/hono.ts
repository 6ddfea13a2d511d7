import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { CallModel, LibraryModel, Performance } from '../../src/model/boot-trace.ts';
import { honoDialect } from './hono/dialect.ts';
import { frameworkRoutes } from './routing/framework-routes.ts';

const makesApplication: CallModel = { returns: { object: 'hono.application' }, constructs: true };
const registers: CallModel = { records: 'route', returns: 'self' };
const nothing: CallModel = { returns: 'unknown' };
const first: CallModel = { returns: { argument: 0 } };
const server: CallModel = { records: 'listen', returns: { object: 'node.http-server' }, invokes: [{ argument: 'last', with: [] }] };

const members: LibraryModel['objects'][string]['members'] = {
  ...Object.fromEntries(['get', 'post', 'put', 'delete', 'options', 'patch', 'all'].map((method) => [method, registers])),
  use: { records: 'use', returns: 'self' },
  on: { records: 'on', returns: 'self' },
  route: { records: 'route-below', returns: 'self' },
  basePath: { records: 'base', returns: { object: 'hono.based' } },
  mount: { records: 'mount', returns: 'self' },
  openapi: { records: 'openapi', returns: 'self' },
  openapiRoutes: { records: 'openapi-list', returns: 'self' },
  doc: { records: 'document', returns: 'self' },
  doc31: { records: 'document', returns: 'self' },
  onError: { records: 'on-error', returns: 'self' },
  notFound: { records: 'not-found', returns: 'self' },
  // The function that a runtime calls stands for the application.
  fetch: { property: 'self' },
  request: nothing,
  getOpenAPIDocument: nothing,
  getOpenAPI31Document: nothing,
};

/** `factory.createHandlers(check, handle)` gives the list of them. */
const listed: Performance = (host) => host.list(host.given);

/** What calls of Hono, and of its variant with OpenAPI, do. */
const honoModel: LibraryModel = {
  name: 'hono',
  packages: ['hono', 'hono/tiny', 'hono/quick', '@hono/zod-openapi'],
  exports: { Hono: makesApplication, OpenAPIHono: makesApplication, createRoute: first, $: first },
  objects: {
    'hono.application': { members },
    'hono.based': { members },
  },
};

const honoFactoryModel: LibraryModel = {
  name: 'hono-factory',
  packages: ['hono/factory'],
  exports: { createFactory: { returns: { object: 'hono.factory' } }, createMiddleware: first },
  objects: {
    'hono.factory': {
      members: { createApp: { returns: { object: 'hono.application' } }, createMiddleware: first, createHandlers: { performs: listed } },
    },
  },
};

/** Adapters that hand an application to a runtime. */
const honoAdaptersModel: LibraryModel = {
  name: 'hono-adapters',
  packages: [
    ...['@hono/node-server', '@hono/node-server/vercel', 'hono/aws-lambda', 'hono/lambda-edge', 'hono/vercel', 'hono/netlify'],
    ...['hono/dev', 'hono/cloudflare-pages', 'hono/service-worker', 'hono/azure-functions'],
  ],
  exports: {
    serve: server,
    createAdaptorServer: server,
    getRequestListener: first,
    handle: nothing,
    streamHandle: nothing,
    fire: nothing,
    showRoutes: nothing,
    inspectRoutes: nothing,
  },
  objects: {},
};

/** Functions that put middleware together. */
const honoCombineModel: LibraryModel = {
  name: 'hono-combine',
  packages: ['hono/combine'],
  exports: { every: { performs: listed }, some: { performs: listed }, except: { returns: { argument: 1 } } },
  objects: {},
};

export const honoModels: readonly LibraryModel[] = [honoModel, honoFactoryModel, honoAdaptersModel, honoCombineModel];

/** Reads routes of Hono applications, those built of other applications included. */
export const honoRoutesAnalyzer = defineAnalyzer({
  name: 'hono-routes',
  produces: ['route'],

  *analyze(input) {
    yield* frameworkRoutes(honoDialect, input);
  },
});
