import { constantText } from '../../../src/analyze/constant-text.ts';
import { mayTakeLong } from '../../../src/lib/slow-pattern.ts';
import type { BootValue, LibraryHost } from '../../../src/model/boot-trace.ts';
import { type AutoloadNode, type AutoloadPlugin, type AutoloadRules, autoloadNodes, withRouteParameters } from './autoload-tree.ts';
import { markOverride, metaOf, registerOn } from './plugins.ts';

/** `@fastify/autoload` as a plugin: registers what it finds below a folder. */
export function autoload<Value>(host: LibraryHost<Value>): Value {
  const [instance, options] = host.given;
  if (instance === undefined || options === undefined) return host.unknown();
  const folder = host.member(options, 'dir');
  const found = folder === undefined ? undefined : host.filesBelow(folder);
  if (found === undefined) {
    host.unclear();
    return host.unknown();
  }
  const below = found.files.map((file) => (found.place === '.' ? file : file.slice(found.place.length + 1)));
  const absolute = (file: string): string => (found.place === '.' ? file : `${found.place}/${file}`);
  for (const node of autoloadNodes(below, rulesOf(host, options))) loadNode(host, { instance, options, node, absolute });
  return host.unknown();
}

interface Loading<Value> {
  readonly instance: Value;
  readonly options: Value;
  readonly node: AutoloadNode;
  readonly absolute: (file: string) => string;
}

interface Loaded<Value> {
  readonly plugin: Value;
  readonly options: Value;
  readonly name: string;
  readonly dependencies: readonly string[];
}

function loadNode<Value>(host: LibraryHost<Value>, { instance, options, node, absolute }: Loading<Value>): void {
  const loaded = node.plugins.flatMap((one) => loadPlugin(host, { ...one, file: absolute(one.file) }, options) ?? []);
  const ordered = byDependency(loaded);
  if (node.hooks.length === 0) {
    for (const one of ordered) registerOn(host, instance, one.plugin, one.options);
    return;
  }
  const hooks = node.hooks.flatMap((file) => host.callable(host.load(absolute(file)) ?? host.unknown()) ?? []);
  const composed = host.makeFunction('autohooks', ([inner]) => {
    if (inner === undefined) return host.unknown();
    for (const hook of hooks) {
      markOverride(host, hook);
      registerOn(host, inner, hook, host.member(options, 'options'));
    }
    for (const one of ordered) registerOn(host, inner, one.plugin, one.options);
    return host.unknown();
  });
  registerOn(host, instance, composed, undefined);
}

function loadPlugin<Value>(host: LibraryHost<Value>, { file, prefix }: AutoloadPlugin, options: Value): Loaded<Value> | undefined {
  const module = host.load(file);
  if (module === undefined) return undefined;
  const main = host.member(module, 'default') ?? module;
  const plugin = host.callable(main) ?? routeAsPlugin(host, main);
  if (plugin === undefined || isFalse(host, host.member(plugin, 'autoload')) || isFalse(host, host.member(module, 'autoload')))
    return undefined;
  if (isFalse(host, host.member(options, 'encapsulate'))) markOverride(host, plugin);
  const { name, dependencies } = metaOf(host, plugin);
  return { plugin, options: settings(host, { module, plugin, prefix, options }), name: name ?? file, dependencies };
}

/** A module may export a route's options instead of a plugin. */
function routeAsPlugin<Value>(host: LibraryHost<Value>, value: Value): Value | undefined {
  if (host.see(value).kind !== 'object' || host.member(value, 'method') === undefined) return undefined;
  return host.makeFunction('route', ([instance]) => {
    const add = host.member(instance, 'route');
    return add === undefined ? host.unknown() : host.call(add, [value], instance);
  });
}

interface Settings<Value> {
  readonly module: Value;
  readonly plugin: Value;
  readonly prefix: string | undefined;
  readonly options: Value;
}

/** Options of a plugin: its own, those for all, and the prefix that its folder or itself says. */
function settings<Value>(host: LibraryHost<Value>, { module, plugin, prefix, options }: Settings<Value>): Value {
  const isFunction = host.see(plugin).kind === 'function';
  const own = (name: string): Value | undefined => (isFunction ? host.member(plugin, name) : undefined) ?? host.member(module, name);
  const configuration = host.member(module, 'autoConfig');
  const shared = host.member(options, 'options');
  const all = new Map<string, Value>();
  for (const part of [configuration, shared])
    if (part !== undefined) for (const [name, value] of host.members(part).entries) all.set(name, value);
  const override = own('prefixOverride');
  const general = all.get('prefix');
  const automatic = own('autoPrefix');
  const added = automatic === undefined ? prefix : (constantText(host.see(automatic)) ?? `/<${sourceOf(host.see(automatic))}>`);
  if (override !== undefined) all.set('prefix', override);
  else if (added !== undefined && added !== '') all.set('prefix', prefixed(host, options, general, added.replace(/\/+/g, '/')));
  const isCalled = configuration !== undefined && host.see(configuration).kind === 'function';
  return host.object(all, !isCalled);
}

const sourceOf = (value: BootValue): string => (value.kind === 'unknown' ? (value.text ?? 'unknown') : value.kind);

/** The prefix for all plugins, then that of a folder, whose names may stand for parameters. */
function prefixed<Value>(host: LibraryHost<Value>, options: Value, general: Value | undefined, added: string): Value {
  const withParameters = isTrue(host, host.member(options, 'routeParams')) ? withRouteParameters : (prefix: string): string => prefix;
  const seen = host.see(general);
  const known = general === undefined ? '' : constantText(seen);
  if (known !== undefined) return host.constant(withParameters(known.replace(/\/$/, '') + added));
  return general === undefined ? host.constant(added) : host.concatenate([general, host.constant(withParameters(added))]);
}

/** Plugins in the order in which they were found, each behind those it says it depends on. */
function byDependency<Value>(found: readonly Loaded<Value>[]): readonly Loaded<Value>[] {
  const ordered = new Set<Loaded<Value>>();
  const visit = (one: Loaded<Value>, around: readonly Loaded<Value>[]): void => {
    if (around.includes(one)) return;
    for (const name of one.dependencies) {
      const other = found.find((candidate) => candidate.name === name);
      if (other !== undefined) visit(other, [...around, one]);
    }
    ordered.add(one);
  };
  for (const one of found) visit(one, []);
  return [...ordered];
}

const SCRIPT = /(?<!\.d)\.[cm]?[jt]s$/i;
const INDEX = /^index\.[cm]?[jt]s$/i;
const AUTO_HOOKS = /^[_.]?auto_?hooks\.[cm]?[jt]s$/i;

function rulesOf<Value>(host: LibraryHost<Value>, options: Value): AutoloadRules {
  const option = (name: string): Value | undefined => host.member(options, name);
  const pattern = (name: string, usual: RegExp): ((text: string) => boolean) => {
    const known = patternOf(host.see(option(name)));
    // A pattern is most often written for compiled files: a name passes by either of its extensions.
    return (text) => (known ?? usual).test(text) || (known?.test(text.replace(/\.([cm]?)tsx?$/, '.$1js')) ?? false);
  };
  const depth = host.see(option('maxDepth'));
  return {
    isScript: pattern('scriptPattern', SCRIPT),
    isIndex: pattern('indexPattern', INDEX),
    isAutoHooks: pattern('autoHooksPattern', AUTO_HOOKS),
    isIgnored: option('ignorePattern') === undefined ? () => false : pattern('ignorePattern', /^$/),
    isWanted: (path) => filter(host, option('matchFilter'), path, true) && !filter(host, option('ignoreFilter'), path, false),
    prefixOf: (folder, name) => folderPrefix(host, option('dirNameRoutePrefix'), folder, name),
    autoHooks: isTrue(host, option('autoHooks')),
    cascadeHooks: isTrue(host, option('cascadeHooks')),
    overwriteHooks: isTrue(host, option('overwriteHooks')),
    maximumDepth: depth.kind === 'constant' && typeof depth.value === 'number' ? depth.value : Number.POSITIVE_INFINITY,
  };
}

function folderPrefix<Value>(host: LibraryHost<Value>, rule: Value | undefined, folder: string, name: string): string | undefined {
  if (rule === undefined || isTrue(host, rule)) return name;
  if (isFalse(host, rule)) return undefined;
  const made = host.see(host.call(rule, [host.constant(folder), host.constant(name)]));
  return made.kind === 'constant' && (made.value === false || made.value === undefined) ? undefined : (constantText(made) ?? name);
}

function filter<Value>(host: LibraryHost<Value>, rule: Value | undefined, path: string, usual: boolean): boolean {
  if (rule === undefined) return usual;
  const seen = host.see(rule);
  const text = constantText(seen);
  if (text !== undefined) return path.includes(text);
  const pattern = patternOf(seen);
  if (pattern !== undefined) return pattern.test(path) || pattern.test(path.replace(/\.([cm]?)tsx?$/, '.$1js'));
  const answer = host.see(host.call(rule, [host.constant(path)]));
  return answer.kind === 'constant' ? Boolean(answer.value) : usual;
}

function patternOf(value: BootValue): RegExp | undefined {
  const source = value.kind === 'pattern' ? value.source : constantText(value);
  if (source === undefined || mayTakeLong(source)) return undefined;
  try {
    return new RegExp(source, value.kind === 'pattern' ? value.flags.replace(/[gy]/g, '') : '');
  } catch {
    return undefined;
  }
}

const isConstant = (value: BootValue, wanted: boolean): boolean => value.kind === 'constant' && value.value === wanted;
const isTrue = <Value>(host: LibraryHost<Value>, value: Value | undefined): boolean => isConstant(host.see(value), true);
const isFalse = <Value>(host: LibraryHost<Value>, value: Value | undefined): boolean => isConstant(host.see(value), false);
