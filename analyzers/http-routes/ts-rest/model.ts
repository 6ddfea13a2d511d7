import type { CallModel, LibraryHost, LibraryModel } from '../../../src/model/boot-trace.ts';

export const TS_REST_ENDPOINT = 'ts-rest.endpoint';
const CONTRACT = '[[contract]]';
const unknown: CallModel = { returns: 'unknown' };
const same: CallModel = { returns: { argument: 0 } };

/** `contract.router(routes, { pathPrefix })`: the routes, their paths below the prefix. */
const contractRouter: CallModel = {
  performs(host) {
    const [routes, options] = host.given;
    const prefix = host.member(options, 'pathPrefix');
    return routes === undefined || prefix === undefined ? (routes ?? host.unknown()) : prefixed(host, routes, prefix);
  },
};

function prefixed<Value>(host: LibraryHost<Value>, routes: Value, prefix: Value): Value {
  const { entries, complete } = host.members(routes);
  const isRoute = entries.some(([name]) => name === 'method') && entries.some(([name]) => name === 'path');
  return host.object(
    entries.map(([name, value]) => {
      if (isRoute) return [name, name === 'path' ? host.concatenate([prefix, value]) : value] as const;
      return [name, host.isObject(value) ? prefixed(host, value, prefix) : value] as const;
    }),
    complete,
  );
}

/** `server.router(contract, handlers)`: the handlers, which remember their contract. */
const serverRouter: CallModel = {
  performs(host) {
    const [contract, handlers] = host.given;
    if (contract === undefined || handlers === undefined) return host.unknown();
    const { entries, complete } = host.members(handlers);
    return host.object([...entries, [CONTRACT, contract]], complete);
  },
};

/** Each route of a contract with the function that answers it, as a request that the endpoint answers. */
function recordRoutes<Value>(host: LibraryHost<Value>, contract: Value, handlers: Value, endpoint: Value): void {
  const { entries, complete } = host.members(contract);
  if (!complete) host.unclear();
  for (const [name, route] of entries) {
    const handler = host.member(handlers, name);
    if (!host.isObject(route) || name === CONTRACT || handler === undefined) continue;
    const [method, path] = [host.member(route, 'method'), host.member(route, 'path')];
    if (method === undefined || path === undefined) recordRoutes(host, route, handler, endpoint);
    else host.record({ verb: 'guest-route', on: endpoint, arguments: [method, path, route, ...functionsOf(host, handler)] });
  }
}

/** A function, or an object of `middleware` (`hooks` on Fastify) and `handler`. */
function functionsOf<Value>(host: LibraryHost<Value>, handler: Value): readonly Value[] {
  if (!host.isObject(handler)) return [handler];
  return ['middleware', 'handler'].flatMap((part) => host.member(handler, part) ?? []);
}

/** `createExpressEndpoints(contract, router, app)` and `server.registerRouter(contract, router, app)`. */
const registers: CallModel = {
  performs(host) {
    const [contract, handlers, app] = host.given;
    if (contract === undefined || handlers === undefined || app === undefined) return host.unknown();
    const endpoint = host.make(TS_REST_ENDPOINT, { arguments: [] });
    recordRoutes(host, contract, handlers, endpoint);
    const mount = host.member(app, 'use') === undefined || isFastify(host, app) ? 'register' : 'use';
    const method = host.member(app, mount);
    if (method === undefined) host.unclear();
    else host.call(method, [endpoint], app);
    return host.constant(undefined);
  },
};

const isFastify = <Value>(host: LibraryHost<Value>, app: Value): boolean => {
  const seen = host.see(app);
  return seen.kind === 'library' && seen.object.startsWith('fastify.');
};

/** `server.plugin(router)`: a plugin of Fastify. */
const plugin: CallModel = {
  performs(host) {
    const [handlers] = host.given;
    const contract = host.member(handlers, CONTRACT);
    if (handlers === undefined || contract === undefined) return host.unknown();
    const endpoint = host.make(TS_REST_ENDPOINT, { arguments: [] });
    recordRoutes(host, contract, handlers, endpoint);
    return endpoint;
  },
};

/** Contracts of ts-rest, and the functions that answer them on Express and Fastify. */
export const tsRestModels: readonly LibraryModel[] = [
  {
    name: 'ts-rest-core',
    packages: ['@ts-rest/core'],
    exports: { initContract: { returns: { object: 'ts-rest.contract' } } },
    objects: { 'ts-rest.contract': { members: { router: contractRouter, query: same, mutation: same, '*': unknown } } },
  },
  {
    name: 'ts-rest-server',
    packages: ['@ts-rest/express', '@ts-rest/fastify'],
    exports: { initServer: { returns: { object: 'ts-rest.server' } }, createExpressEndpoints: registers },
    objects: {
      'ts-rest.server': { members: { router: serverRouter, route: { returns: { argument: 1 } }, registerRouter: registers, plugin } },
      [TS_REST_ENDPOINT]: { members: {} },
    },
  },
];
