import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { CallModel, LibraryModel, MemberModel } from '../../src/model/boot-trace.ts';
import { expressDialect } from './express/dialect.ts';
import { frameworkRoutes } from './routing/framework-routes.ts';
import { HTTP_METHODS } from './routing/http-methods.ts';

const registers: CallModel = { records: 'route', returns: 'self' };
const setting: CallModel = { returns: 'unknown' };
const set: CallModel = { records: 'set', returns: 'self' };
const routes = Object.fromEntries([...HTTP_METHODS, 'del', 'all'].map((method) => [method, registers]));

const shared: Readonly<Record<string, MemberModel>> = {
  ...routes,
  use: { records: 'use', returns: 'self' },
  param: { records: 'param', returns: 'self' },
  route: { records: 'route-path', returns: { object: 'express.route' } },
};

const makesRouter: CallModel = { returns: { object: 'express.router' }, constructs: true };

/** What calls of Express 4 and 5 do. */
export const expressModel: LibraryModel = {
  name: 'express',
  packages: ['express'],
  exports: {
    default: { members: { Router: makesRouter }, call: { returns: { object: 'express.application' } } },
  },
  objects: {
    'express.application': {
      members: {
        ...shared,
        get: { ...registers, withArguments: { 1: setting } },
        listen: { records: 'listen', returns: { object: 'node.http-server' }, invokes: [{ argument: 'last', with: [] }] },
        set,
        enable: set,
        disable: set,
        engine: set,
        enabled: setting,
        disabled: setting,
        on: { returns: 'self' },
        once: { returns: 'self' },
        handle: setting,
        render: setting,
      },
    },
    'express.router': { members: shared },
    'express.route': { members: routes },
  },
};

/** Routers of `express-promise-router` behave as Express routers. */
export const expressPromiseRouterModel: LibraryModel = {
  name: 'express-promise-router',
  packages: ['express-promise-router', 'router'],
  exports: { default: makesRouter, Router: makesRouter },
  objects: {},
};

/** Packages that only wrap a handler: the handler is the function inside. */
export const handlerWrappersModel: LibraryModel = {
  name: 'handler-wrappers',
  packages: ['express-async-handler', 'express-async-wrap', 'express-asyncify'],
  exports: { default: { returns: { wraps: 0 } } },
  objects: {},
};

/** Sessions: the object's first argument tells whether it has a `store`. */
export const expressSessionModel: LibraryModel = {
  name: 'express-session',
  packages: ['express-session'],
  exports: { default: { members: {}, call: { returns: { object: 'express-session.middleware' } } } },
  objects: { 'express-session.middleware': { members: {} } },
};

const useStrategy: CallModel = { records: 'use-strategy', returns: 'self' };

/** Strategies by their names, and nothing else: what `authenticate` gives stays a value of the package. */
export const passportModel: LibraryModel = {
  name: 'passport',
  packages: ['passport', 'koa-passport'],
  exports: { default: { members: { use: useStrategy } } },
  objects: {},
};

/** Names of the parts of a request that `celebrate` gives. */
export const celebrateModel: LibraryModel = {
  name: 'celebrate',
  packages: ['celebrate'],
  exports: {
    Segments: {
      members: {
        BODY: { property: { constant: 'body' } },
        QUERY: { property: { constant: 'query' } },
        PARAMS: { property: { constant: 'params' } },
        HEADERS: { property: { constant: 'headers' } },
      },
    },
  },
  objects: {},
};

/**
 * Reads routes from the routers that start-up code built: full paths, and the chain that runs around each handler in
 * the order in which Express would run it.
 */
export const expressRoutesAnalyzer = defineAnalyzer({
  name: 'express-routes',
  produces: ['route'],

  *analyze(input) {
    yield* frameworkRoutes(expressDialect, input);
  },
});
