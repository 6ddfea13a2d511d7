import type { BootValue, LibraryHost } from '../../../src/model/boot-trace.ts';
import { isOfficial } from './plugin-packages.ts';

export const INSTANCE = 'fastify.instance';

/** What `fastify-plugin` leaves on a function: it is called with the instance itself, not with one below it. */
const SKIP_OVERRIDE = '@@symbol skip-override';
const PLUGIN_META = '@@symbol plugin-meta';

/** `instance.register(plugin, options)`: the plugin is called later. */
export function register<Value>(host: LibraryHost<Value>): Value {
  const { given, receiver } = host;
  const [written, options] = given;
  if (receiver === undefined || written === undefined) return host.unknown();
  registerOn(host, receiver, written, options);
  return receiver;
}

/** Registers a plugin on an instance: a function, a promise of one, or a module that has it as its default. */
export function registerOn<Value>(host: LibraryHost<Value>, instance: Value, written: Value, options: Value | undefined): void {
  const plugin = host.callable(written);
  if (plugin === undefined && host.see(written).kind === 'library') {
    host.record({ verb: 'register', on: instance, arguments: [written, settingsOf(host, instance, options)] });
    return;
  }
  if (plugin === undefined) {
    if (host.see(written).kind !== 'constant') host.unclear();
    return;
  }
  host.later(() => {
    const settings = settingsOf(host, instance, options);
    const seen = host.see(plugin);
    const isForeign = packageOf(seen) !== undefined;
    const child = isForeign || isMarked(host, plugin) ? undefined : host.make(INSTANCE, { arguments: [settings], inherits: instance });
    host.record({ verb: 'register', on: instance, arguments: [plugin, settings], ...(child === undefined ? {} : { result: child }) });
    const name = packageOf(seen);
    if (name !== undefined && isOfficial(name)) return;
    host.call(plugin, [child ?? instance, settings, host.makeFunction('done', () => host.constant(undefined))], child ?? instance);
  });
}

/** The package of a plugin whose code is not the program's; the models of packages run their own. */
function packageOf(plugin: BootValue): string | undefined {
  if (plugin.kind !== 'external') return undefined;
  return AUTOLOADERS.has(plugin.package) ? undefined : plugin.package;
}

/** Packages that a model plays: they are called with the instance, and say themselves what they register. */
export const AUTOLOADERS: ReadonlySet<string> = new Set(['@fastify/autoload', 'fastify-autoload']);

const isMarked = <Value>(host: LibraryHost<Value>, plugin: Value): boolean => {
  const seen = host.see(plugin);
  if (seen.kind === 'external') return true;
  const mark = host.member(plugin, SKIP_OVERRIDE);
  const known = host.see(mark);
  return known.kind === 'constant' && known.value === true;
};

/** Options may be made by a function that is given the instance. */
function settingsOf<Value>(host: LibraryHost<Value>, instance: Value, options: Value | undefined): Value {
  if (options === undefined) return host.object([]);
  const seen = host.see(options);
  return seen.kind === 'function' ? host.call(options, [instance]) : options;
}

/** `fastify-plugin`: the function itself, marked. */
export function markPlugin<Value>(host: LibraryHost<Value>): Value {
  const [written, meta] = host.given;
  const plugin = written === undefined ? undefined : host.callable(written);
  if (plugin === undefined) return written ?? host.unknown();
  if (meta !== undefined) host.assign(plugin, PLUGIN_META, meta);
  const encapsulates = host.see(host.member(meta, 'encapsulate'));
  if (!(encapsulates.kind === 'constant' && encapsulates.value === true)) markOverride(host, plugin);
  return plugin;
}

export const markOverride = <Value>(host: LibraryHost<Value>, plugin: Value): void =>
  host.assign(plugin, SKIP_OVERRIDE, host.constant(true));

/** Name and dependencies that a plugin was wrapped with. */
export function metaOf<Value>(
  host: LibraryHost<Value>,
  plugin: Value,
): { readonly name?: string; readonly dependencies: readonly string[] } {
  const meta = host.see(host.member(plugin, PLUGIN_META));
  if (meta.kind === 'constant' && typeof meta.value === 'string') return { name: meta.value, dependencies: [] };
  if (meta.kind !== 'object') return { dependencies: [] };
  const { name, dependencies } = meta.properties;
  const list = dependencies?.kind === 'array' ? dependencies.elements : [];
  return {
    ...(name?.kind === 'constant' && typeof name.value === 'string' ? { name: name.value } : {}),
    dependencies: list.flatMap((one) => (one.kind === 'constant' && typeof one.value === 'string' ? [one.value] : [])),
  };
}
