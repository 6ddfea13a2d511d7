import type { LibraryHost } from '../../../src/model/boot-trace.ts';
import { INSTANCE } from './plugins.ts';

/** Where an instance keeps the `onRoute` hooks that it and those around it have. */
const ROUTE_HOOKS = '[[onRoute]]';

/** Members of a route's options that tell what runs; the others stand behind them, so that a long schema hides none. */
const FIRST = [
  ...['method', 'url', 'path', 'handler', 'onRequest', 'preParsing', 'preValidation', 'preHandler', 'preSerialization', 'onSend'],
  ...['onResponse', 'onTimeout', 'onError', 'onRequestAbort', 'errorHandler', 'websocket', 'wsHandler', 'constraints', 'version'],
  ...['prefixTrailingSlash', 'config'],
];

/** `instance.get(url, options?, handler)`. */
export function shorthand<Value>(host: LibraryHost<Value>): Value {
  const [url, second, third] = host.given;
  if (host.receiver === undefined || url === undefined) return host.unknown();
  const isHandler = third === undefined && second !== undefined && !isOptions(host, second);
  const options = isHandler ? undefined : second;
  const handler = isHandler ? second : third;
  const method = host.method === 'all' ? 'ALL' : host.method.toUpperCase();
  return addRoute(host, host.receiver, options, [
    ['method', host.constant(method)],
    ['url', url],
    ...(handler === undefined ? [] : ([['handler', handler]] as const)),
  ]);
}

/** `instance.route({ method, url, handler })`. */
export function route<Value>(host: LibraryHost<Value>): Value {
  const [options] = host.given;
  return host.receiver === undefined || options === undefined ? host.unknown() : addRoute(host, host.receiver, options, []);
}

const isOptions = <Value>(host: LibraryHost<Value>, value: Value): boolean => host.see(value).kind === 'object';

function addRoute<Value>(
  host: LibraryHost<Value>,
  instance: Value,
  options: Value | undefined,
  told: readonly (readonly [string, Value])[],
): Value {
  if (options !== undefined && told.length === 0 && host.see(options).kind === 'unknown') {
    host.record({ verb: 'route', on: instance, arguments: [options] });
    return instance;
  }
  const known = options === undefined ? { entries: [], complete: true } : host.members(options);
  const all = new Map([...known.entries, ...told]);
  const ordered = [...FIRST, ...[...all.keys()].filter((name) => !FIRST.includes(name))];
  const made = host.object(
    ordered.flatMap((name) => {
      const value = all.get(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
    known.complete,
  );
  const hooks = host.member(instance, ROUTE_HOOKS);
  if (hooks !== undefined) for (const hook of host.elements(hooks).values) host.call(hook, [made], instance);
  host.record({ verb: 'route', on: instance, arguments: [made] });
  return instance;
}

/** Hooks that run when everything is loaded, not for requests. */
const START_HOOKS: ReadonlySet<string> = new Set(['onReady', 'onListen']);

export function addHook<Value>(host: LibraryHost<Value>): Value {
  const { receiver, given } = host;
  const [name, hook] = given;
  if (receiver === undefined || hook === undefined) return host.unknown();
  const seen = host.see(name);
  const point = seen.kind === 'constant' ? String(seen.value) : '';
  if (point === 'onRoute') {
    const known = host.member(receiver, ROUTE_HOOKS);
    host.assign(receiver, ROUTE_HOOKS, host.list([...(known === undefined ? [] : host.elements(known).values), hook]));
  } else if (START_HOOKS.has(point)) {
    host.later(() => host.call(hook, [done(host)], receiver));
  } else host.record({ verb: 'hook', arguments: given });
  return receiver;
}

const done = <Value>(host: LibraryHost<Value>): Value => host.makeFunction('done', () => host.constant(undefined));

/** `instance.decorate(name, value)`: from now on a member of it and of all instances below it. */
export function decorate<Value>(host: LibraryHost<Value>): Value {
  const { receiver, given } = host;
  const [name, value] = given;
  const seen = host.see(name);
  if (receiver === undefined) return host.unknown();
  if (seen.kind === 'constant' && value !== undefined) {
    const getter = host.see(value).kind === 'object' ? host.member(value, 'getter') : undefined;
    host.assign(receiver, String(seen.value), getter === undefined ? value : host.call(getter, [], receiver));
  }
  return receiver;
}

/** `instance.after(callback)`: when what was registered so far is loaded. */
export function after<Value>(host: LibraryHost<Value>): Value {
  const { receiver, given } = host;
  const [callback] = given;
  if (receiver === undefined) return host.unknown();
  if (callback === undefined) host.settle();
  else host.later(() => host.call(callback, [host.constant(null), receiver, done(host)], receiver));
  return receiver;
}

/** `ready`, `listen` and `then`: everything is loaded before what follows. */
export function start<Value>(host: LibraryHost<Value>): Value {
  const { receiver, given, method } = host;
  if (receiver === undefined) return host.unknown();
  host.settle();
  if (method === 'listen') host.record({ verb: 'listen', arguments: given });
  const callback = given.at(-1);
  if (callback !== undefined && host.see(callback).kind === 'function')
    host.call(callback, method === 'then' ? [receiver] : [host.constant(null), host.unknown(), done(host)], receiver);
  host.settle();
  return receiver;
}

/** `fastify start app.js` of its command line: the module's plugin on an instance of its own. */
export function startModule<Value>(host: LibraryHost<Value>): Value {
  const [module] = host.given;
  const plugin = module === undefined ? undefined : host.callable(module);
  const instance = host.make(INSTANCE, { arguments: [] });
  if (plugin === undefined) return instance;
  host.call(plugin, [instance, host.object([], false), done(host)], instance);
  host.settle();
  host.record({ verb: 'listen', on: instance, arguments: [] });
  return instance;
}

/** Hooks that a plugin's function makes of others: `instance.auth([verifyToken, verifyPassword])`. */
export function combine<Value>(host: LibraryHost<Value>): Value {
  const made = host.make('@fastify/auth.hook', { arguments: host.given });
  host.record({ verb: 'auth', arguments: host.given, result: made });
  return made;
}
