import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { CallModel, LibraryModel } from '../../src/model/boot-trace.ts';
import { koaDialect } from './koa/dialect.ts';
import { frameworkRoutes } from './routing/framework-routes.ts';
import { HTTP_METHODS } from './routing/http-methods.ts';

const makesApplication: CallModel = { returns: { object: 'koa.application' }, constructs: true };
const makesRouter: CallModel = { returns: { object: 'koa.router' }, constructs: true };
const registers: CallModel = { records: 'route', returns: 'self' };
const nothing: CallModel = { returns: 'unknown' };
const itself: CallModel = { returns: 'self' };
/** Routes that decorators of `koa-swagger-decorator` tell are not read. */
const registersDecorated: CallModel = {
  performs(host) {
    host.unclear();
    return host.receiver ?? host.unknown();
  },
};

/** What calls of Koa do: the callback for a server stands for the application. */
const koaModel: LibraryModel = {
  name: 'koa',
  packages: ['koa'],
  exports: { default: makesApplication },
  objects: {
    'koa.application': {
      members: {
        use: { records: 'use', returns: 'self' },
        listen: { records: 'listen', returns: { object: 'node.http-server' }, invokes: [{ argument: 'last', with: [] }] },
        callback: itself,
        ws: { property: { object: 'koa.web-sockets' } },
        on: itself,
        once: itself,
        off: itself,
        emit: nothing,
        onerror: nothing,
        createContext: nothing,
      },
    },
    // What `koa-websocket` adds: what is registered there answers sockets.
    'koa.web-sockets': { members: { use: { records: 'use', returns: 'self' } } },
  },
};

/** Routers of `koa-router` and its forks; `routes()` stands for the router. */
const koaRouterModel: LibraryModel = {
  name: 'koa-router',
  packages: [
    ...['koa-router', '@koa/router', 'koa-joi-router', 'koa-better-router', 'koa-tree-router', 'koa-66', 'koa-trie-router'],
    'koa-swagger-decorator',
  ],
  exports: { default: makesRouter, Router: makesRouter, SwaggerRouter: makesRouter },
  objects: {
    'koa.router': {
      members: {
        ...Object.fromEntries([...HTTP_METHODS, 'del', 'all'].map((method) => [method, registers])),
        use: { records: 'use', returns: 'self' },
        register: { records: 'register', returns: 'unknown' },
        route: { records: 'route-object', returns: 'self' },
        redirect: { records: 'redirect', returns: 'self' },
        prefix: { records: 'prefix', returns: 'self' },
        param: { records: 'param', returns: 'self' },
        routes: itself,
        middleware: itself,
        legacyMiddleware: itself,
        mount: itself,
        allowedMethods: { returns: { object: 'koa-router.allowed-methods' } },
        url: nothing,
        match: nothing,
        host: itself,
        // Pages with the documentation.
        swagger: nothing,
        map: registersDecorated,
        mapDir: registersDecorated,
      },
    },
    'koa-router.allowed-methods': { members: {} },
  },
};

const singleRoute: CallModel = { records: 'route', returns: { object: 'koa.single-route' } };

/** `route.get(path, handler)` is middleware that answers one route. */
const koaRouteModel: LibraryModel = {
  name: 'koa-route',
  packages: ['koa-route'],
  exports: Object.fromEntries([...HTTP_METHODS, 'del', 'all'].map((method) => [method, singleRoute])),
  objects: { 'koa.single-route': { members: {} } },
};

/** Functions that put middleware together, or below a path. */
const koaComposeModel: LibraryModel = {
  name: 'koa-compose',
  packages: ['koa-compose', 'koa-convert', 'koa-compose-types'],
  exports: { default: { returns: { argument: 0 } } },
  objects: {},
};

/** Packages that add something to an application, and give it back. */
const koaExtensionsModel: LibraryModel = {
  name: 'koa-extensions',
  packages: ['koa-websocket', 'koa-qs', 'koa-onerror', 'koa-locale', 'koa-ejs', 'koa-validate'],
  exports: { default: { returns: { argument: 0 } } },
  objects: {},
};

const koaMountModel: LibraryModel = {
  name: 'koa-mount',
  packages: ['koa-mount'],
  exports: { default: { records: 'mount', returns: { object: 'koa.mount' } } },
  objects: { 'koa.mount': { members: {} } },
};

export const koaModels: readonly LibraryModel[] = [
  koaModel,
  koaRouterModel,
  koaRouteModel,
  koaComposeModel,
  koaExtensionsModel,
  koaMountModel,
];

/** Reads routes of Koa applications from the routers that start-up code built. */
export const koaRoutesAnalyzer = defineAnalyzer({
  name: 'koa-routes',
  produces: ['route'],

  *analyze(input) {
    yield* frameworkRoutes(koaDialect, input);
  },
});
