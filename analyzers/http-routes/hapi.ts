import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { CallModel, LibraryModel, MemberModel } from '../../src/model/boot-trace.ts';
import { hapiDialect } from './hapi/dialect.ts';
import { composeManifest } from './hapi/manifest.ts';
import { packagePlugins } from './hapi/package-plugins.ts';
import { decorate, depend, registerPlugins, registerRoutes } from './hapi/registration.ts';
import { frameworkRoutes } from './routing/framework-routes.ts';

const makesServer: CallModel = { returns: { object: 'hapi.server' }, constructs: true };
const itself: CallModel = { returns: 'self' };
const nothing: CallModel = { returns: 'unknown' };
const starts: CallModel = { records: 'listen', returns: 'undefined' };

const members: Readonly<Record<string, MemberModel>> = {
  route: { performs: registerRoutes },
  register: { performs: registerPlugins },
  dependency: { performs: depend },
  decorate: { performs: decorate },
  ext: { records: 'ext', returns: 'undefined' },
  auth: { property: { object: 'hapi.authentication' } },
  start: starts,
  initialize: starts,
  connection: itself,
  select: itself,
  control: itself,
  stop: nothing,
  inject: nothing,
  table: nothing,
  lookup: nothing,
  match: nothing,
  method: { records: 'server-method', returns: 'undefined' },
  bind: nothing,
  state: nothing,
  cache: nothing,
  log: nothing,
  on: itself,
  path: nothing,
  views: nothing,
  expose: nothing,
  validator: nothing,
  rules: nothing,
  encoder: nothing,
  decoder: nothing,
  handler: nothing,
};

/** What calls of hapi do, the name it had before its scope included. */
const hapiModel: LibraryModel = {
  name: 'hapi',
  packages: ['@hapi/hapi', 'hapi'],
  exports: { default: { members: { Server: makesServer, server: makesServer } } },
  objects: {
    'hapi.server': { members },
    // What a plugin is given: the server, with a prefix of its own.
    'hapi.realm': { members },
    'hapi.authentication': {
      members: {
        strategy: { records: 'strategy', returns: 'undefined' },
        default: { records: 'default-strategy', returns: 'undefined' },
        scheme: { records: 'scheme', returns: 'undefined' },
        api: { returns: 'unknown' },
        test: nothing,
        verify: nothing,
        lookup: nothing,
      },
    },
  },
};

/** Builds a server from a manifest. */
const glueModel: LibraryModel = {
  name: 'glue',
  packages: ['@hapi/glue', 'glue'],
  exports: { default: { members: { compose: { performs: composeManifest } } } },
  objects: {},
};

export const hapiModels: readonly LibraryModel[] = [hapiModel, glueModel];

/** Reads routes of hapi servers, plugins in plugins included. */
export const hapiRoutesAnalyzer = defineAnalyzer({
  name: 'hapi-routes',
  produces: ['route'],

  *analyze(input) {
    yield* frameworkRoutes(hapiDialect, input);
    yield* packagePlugins(input.trace);
  },
});
