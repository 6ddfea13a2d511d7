import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { CallModel, LibraryHost, LibraryModel } from '../../src/model/boot-trace.ts';
import { restifyDialect } from './restify/dialect.ts';
import { frameworkRoutes } from './routing/framework-routes.ts';

const registers: CallModel = { records: 'route', returns: 'self' };
const use: CallModel = { records: 'use', returns: 'self' };
const itself: CallModel = { returns: 'self' };
const nothing: CallModel = { returns: 'unknown' };
const routes = Object.fromEntries(['get', 'head', 'post', 'put', 'patch', 'del', 'opts'].map((method) => [method, registers]));
const makesServer: CallModel = { returns: { object: 'restify.server' } };

const restifyModel: LibraryModel = {
  name: 'restify',
  packages: ['restify'],
  exports: { default: { members: { createServer: makesServer } }, createServer: makesServer },
  objects: {
    'restify.server': {
      members: {
        ...routes,
        use,
        pre: { records: 'pre', returns: 'self' },
        param: { records: 'param', returns: 'self' },
        listen: { records: 'listen', returns: 'undefined', invokes: [{ argument: 'last', with: [] }] },
        on: itself,
        once: itself,
        first: itself,
        close: nothing,
        address: nothing,
        inflightRequests: nothing,
      },
    },
  },
};

/** `router.applyRoutes(server, prefix)`: the router is put on the server. */
const restifyRouterModel: LibraryModel = {
  name: 'restify-router',
  packages: ['restify-router'],
  exports: { Router: { returns: { object: 'restify.router' }, constructs: true } },
  objects: {
    'restify.router': {
      members: {
        ...routes,
        use,
        group: { performs: group },
        add: { records: 'add', returns: 'self' },
        applyRoutes: { performs: apply },
      },
    },
  },
};

function apply<Value>(host: LibraryHost<Value>): Value {
  const [server, prefix] = host.given;
  if (server !== undefined && host.receiver !== undefined && host.see(server).kind === 'library')
    host.record({ verb: 'add', on: server, arguments: [prefix ?? host.constant(''), host.receiver] });
  else host.unclear();
  return host.constant(undefined);
}

/** `router.group(prefix, …handlers, (inner) => …)`. */
function group<Value>(host: LibraryHost<Value>): Value {
  const build = host.given.at(-1);
  const first = host.given[0];
  const isPath = first !== undefined && host.see(first).kind === 'constant';
  if (build === undefined || host.receiver === undefined) return host.unknown();
  const inner = host.make('restify.router', { arguments: [] });
  const shared = host.given.slice(isPath ? 1 : 0, -1);
  if (shared.length > 0) host.record({ verb: 'use', on: inner, arguments: shared });
  host.record({ verb: 'add', arguments: [isPath ? first : host.constant(''), inner] });
  host.call(build, [inner]);
  return host.receiver;
}

export const restifyModels: readonly LibraryModel[] = [restifyModel, restifyRouterModel];

/** Reads routes of restify servers and of routers put on them. */
export const restifyRoutesAnalyzer = defineAnalyzer({
  name: 'restify-routes',
  produces: ['route'],

  *analyze(input) {
    yield* frameworkRoutes(restifyDialect, input);
  },
});
