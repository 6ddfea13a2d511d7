import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { CallModel, LibraryHost, LibraryModel } from '../../src/model/boot-trace.ts';
import { elysiaDialect } from './elysia/dialect.ts';
import { elysiaSockets } from './elysia/sockets.ts';
import { frameworkRoutes } from './routing/framework-routes.ts';

const registers: CallModel = { records: 'route', returns: 'self' };
const hook: CallModel = { records: 'hook', returns: 'self' };

const members: LibraryModel['objects'][string]['members'] = {
  ...Object.fromEntries(
    ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all', 'connect'].map((method) => [method, registers]),
  ),
  ...Object.fromEntries(['onRequest', 'onParse', 'onTransform', 'onBeforeHandle', 'derive', 'resolve'].map((name) => [name, hook])),
  route: { records: 'any-route', returns: 'self' },
  ws: { records: 'ws', returns: 'self' },
  group: { performs: group },
  guard: { performs: group },
  use: { performs: use },
  listen: { records: 'listen', returns: 'self', invokes: [{ argument: 1, with: [] }] },
  // What a runtime calls stands for the application.
  fetch: { property: 'self' },
  handle: { returns: 'unknown' },
  '*': { returns: 'self' },
};

const elysiaModel: LibraryModel = {
  name: 'elysia',
  packages: ['elysia'],
  exports: {
    Elysia: { returns: { object: 'elysia.application' }, constructs: true },
    default: { returns: { object: 'elysia.application' }, constructs: true },
  },
  objects: { 'elysia.application': { members }, 'elysia.group': { members } },
};

/** `application.group('/books', (group) => …)`, `application.guard({ … }, (group) => …)`. */
function group<Value>(host: LibraryHost<Value>): Value {
  const { given, method, receiver } = host;
  const build = given.at(-1);
  const path = method === 'group' ? given[0] : undefined;
  if (receiver === undefined || build === undefined) return host.unknown();
  if (host.see(build).kind !== 'function') return receiver;
  const inner = host.make('elysia.group', { arguments: [path ?? host.constant(undefined)], inherits: receiver });
  host.record({ verb: 'mount', arguments: [], result: inner });
  const before = method === 'guard' && given[0] !== undefined ? host.member(given[0], 'beforeHandle') : undefined;
  if (before !== undefined)
    for (const hooked of host.elements(before).values) host.record({ verb: 'hook', on: inner, arguments: [hooked] });
  host.call(build, [inner]);
  return receiver;
}

/** `application.use(other)`: another application, a function of this one, a module of one, or a list of them. */
function use<Value>(host: LibraryHost<Value>): Value {
  const { receiver } = host;
  for (const value of host.elements(host.given[0] ?? host.unknown()).values) {
    const plugin = host.member(value, 'default') ?? value;
    const seen = host.see(value).kind === 'library' ? host.see(value) : host.see(plugin);
    if (seen.kind === 'function' && receiver !== undefined) host.call(plugin, [receiver]);
    else if (seen.kind === 'library') host.record({ verb: 'mount', arguments: [value] });
    else if (seen.kind !== 'external') host.unclear();
  }
  return receiver ?? host.unknown();
}

export const elysiaModels: readonly LibraryModel[] = [elysiaModel];

/** Reads routes and sockets of Elysia applications, groups and plugins included. */
export const elysiaRoutesAnalyzer = defineAnalyzer({
  name: 'elysia-routes',
  produces: ['route', 'trigger'],

  *analyze(input) {
    const sockets = elysiaSockets(input);
    yield* sockets;
    // An application that has sockets alone has registered something.
    for (const found of frameworkRoutes(elysiaDialect, input))
      if (sockets.length === 0 || !('code' in found) || found.code !== 'framework-without-routes') yield found;
  },
});
