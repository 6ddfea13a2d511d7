import type { BootValue, LibraryHost } from '../../../src/model/boot-trace.ts';
import { recordRoutes } from './record-routes.ts';
import { loadRouteFolder } from './route-folders.ts';

/** `server.route(route | routes)`. */
export function registerRoutes<Value>(host: LibraryHost<Value>): Value {
  const [given] = host.given;
  if (given !== undefined) recordRoutes(host, host.receiver, given);
  return host.constant(undefined);
}

/** `server.register(plugin | [{ plugin, options, routes: { prefix } }], { routes })`: each plugin is called with a view on the server. */
export function registerPlugins<Value>(host: LibraryHost<Value>): Value {
  const [given, settings] = host.given;
  const { receiver } = host;
  if (given === undefined || receiver === undefined) return host.constant(undefined);
  const { values, complete } = host.elements(given);
  if (!complete) host.unclear();
  const isCallback = settings !== undefined && host.see(settings).kind === 'function';
  const routes = settings === undefined || isCallback ? undefined : host.member(settings, 'routes');
  for (const value of values) registerPlugin(host, receiver, value, routes);
  if (settings !== undefined && isCallback) host.call(settings, [host.constant(null)]);
  return host.constant(undefined);
}

export function registerPlugin<Value>(host: LibraryHost<Value>, server: Value, given: Value, around?: Value): void {
  const seen = host.see(given);
  if (seen.kind === 'constant') return;
  const item = withPlugin(host, given);
  const plugin = pluginOf(host, item.plugin);
  const options = item.options ?? host.object([]);
  const routes = item.routes ?? around;
  const prefix = host.member(routes, 'prefix');
  const known = host.see(plugin);
  if (known.kind === 'external') {
    if (!loadRouteFolder(host, server, known.package, options))
      host.record({ verb: 'package-plugin', on: server, arguments: [plugin, options] });
    return;
  }
  const register = known.kind === 'function' ? plugin : host.member(plugin, 'register');
  if (register === undefined || host.see(register).kind !== 'function') {
    host.unclear();
    return;
  }
  const realm = host.make('hapi.realm', { arguments: [prefix ?? host.constant(undefined)], inherits: server });
  host.record({ verb: 'register', on: server, arguments: [], result: realm });
  host.call(register, [realm, options, host.makeFunction('next', () => host.constant(undefined))], plugin);
}

interface Item<Value> {
  readonly plugin: Value;
  readonly options?: Value | undefined;
  readonly routes?: Value | undefined;
}

/** What cannot hold a plugin, but may be one. */
const WHOLE: ReadonlySet<BootValue['kind']> = new Set(['function', 'external', 'instance']);

/** A plugin by itself, or with options and a prefix beside it; older versions call it `register`. */
function withPlugin<Value>(host: LibraryHost<Value>, given: Value): Item<Value> {
  if (WHOLE.has(host.see(given).kind)) return { plugin: given };
  const inner = host.member(given, 'plugin');
  if (inner !== undefined) return { plugin: inner, options: host.member(given, 'options'), routes: host.member(given, 'routes') };
  const older = host.member(given, 'register');
  const isItem = older !== undefined && host.see(older).kind !== 'function' && host.see(older).kind !== 'unknown';
  return isItem ? { plugin: older, options: host.member(given, 'options'), routes: host.member(given, 'routes') } : { plugin: given };
}

/** A module may hold the plugin as `plugin`, or as its default export. */
function pluginOf<Value>(host: LibraryHost<Value>, given: Value): Value {
  if (WHOLE.has(host.see(given).kind) || host.member(given, 'register') !== undefined) return given;
  return host.member(given, 'plugin') ?? host.member(given, 'default') ?? given;
}

/** `server.dependency(names, after)`: called when the plugins are there. */
export function depend<Value>(host: LibraryHost<Value>): Value {
  const after = host.given[1];
  const { receiver } = host;
  if (after !== undefined && receiver !== undefined && host.see(after).kind === 'function') host.later(() => host.call(after, [receiver]));
  return host.constant(undefined);
}

/** `server.decorate('server', name, value)`. */
export function decorate<Value>(host: LibraryHost<Value>): Value {
  const [type, name, value] = host.given.map((one) => host.see(one));
  const given = host.given[2];
  const isServer = type?.kind === 'constant' && type.value === 'server';
  if (isServer && host.receiver !== undefined && name?.kind === 'constant' && given !== undefined && value !== undefined)
    host.assign(host.receiver, String(name.value), given);
  return host.constant(undefined);
}
