import { groupBy } from '../../../src/lib/group.ts';
import { placeKey } from '../../../src/lib/place.ts';
import type { BootEffect, BootTrace, BootValue, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { SourceSpan } from '../../../src/model/location.ts';
import { toLinks } from '../routing/chain-link.ts';
import { prefixMatch, readPaths } from '../routing/route-path.ts';
import { indexTrace, type TraceIndex } from '../routing/trace-index.ts';
import { type HookLink, hookLinks } from './hook-links.ts';
import { joinPrefix, toNeutralPaths } from './paths.ts';
import { HOOK_POINTS, type HookPoint, hookOfPackage } from './plugin-packages.ts';
import { INSTANCE } from './plugins.ts';

/** An instance as it is when everything is loaded. */
export interface Instance {
  readonly object: LibraryObject;
  /** The application it belongs to. */
  readonly root: LibraryObject;
  /** As written, prefixes of the instances around it included. */
  readonly prefix: string;
  /** The code of the part of the prefix that only start-up makes known. */
  readonly unknown?: { readonly text: string; readonly effect: BootEffect };
  /** What registered the plugin that it was made for. */
  readonly mount?: BootEffect;
  /** Hooks that its routes run: those that the instance around it had when it was made, then its own. */
  readonly hooks: readonly Hook[];
  /** What handles errors of its routes, the nearest first. */
  readonly errorHandlers: readonly Hook[];
  readonly statements: readonly SourceSpan[];
  readonly guards: readonly string[];
  readonly routes: readonly BootEffect[];
}

export interface Hook {
  readonly point: HookPoint;
  readonly links: readonly HookLink[];
  readonly statements: readonly SourceSpan[];
  /** It runs after the hooks that the route itself has. */
  readonly isOnRoutes?: true;
  /** Absent: it runs for every route. */
  readonly matches?: (path: string) => boolean;
}

interface Building extends Instance {
  readonly hooks: Hook[];
  readonly errorHandlers: Hook[];
  readonly routes: BootEffect[];
}

/** Every instance that start-up made, those around others first. */
export function readInstances(trace: BootTrace): readonly Instance[] {
  const index = indexTrace(trace);
  const made = new Set(trace.effects.filter(({ verb }) => verb === 'register').map(({ result }) => String(result)));
  const instances = new Map<string, Building>();
  for (const object of trace.objects) if (object.kind === INSTANCE && !made.has(object.id)) instances.set(object.id, rootOf(object));
  for (const effect of trace.effects) {
    const instance = instances.get(effect.object);
    if (instance === undefined) continue;
    const child = apply(instance, effect, index);
    if (child !== undefined) instances.set(child.object.id, child);
  }
  const idle = idleCopies(
    [...instances.values()].filter(({ object, root }) => object === root),
    trace,
  );
  return [...instances.values()].filter(({ root }) => !idle.has(root));
}

/** Applications that nothing has listen, of a place that made one that does: made to sign a token, or to be asked by a script. */
function idleCopies(roots: readonly Instance[], trace: BootTrace): ReadonlySet<LibraryObject> {
  const listening = new Set<string>(trace.effects.filter(({ verb }) => verb === 'listen').map(({ object }) => object));
  const copies = groupBy(
    roots.map(({ object }) => object),
    ({ at }) => `${at.file}:${placeKey(at)}`,
  );
  return new Set(
    [...copies.values()].flatMap((made) => (made.some(({ id }) => listening.has(id)) ? made.filter(({ id }) => !listening.has(id)) : [])),
  );
}

const rootOf = (object: LibraryObject): Building => ({
  object,
  root: object,
  prefix: '',
  hooks: [],
  errorHandlers: [],
  statements: [object.span],
  guards: [],
  routes: [],
});

/** Adds what one effect does to an instance; gives the instance that it made. */
function apply(instance: Building, effect: BootEffect, index: TraceIndex): Building | undefined {
  switch (effect.verb) {
    case 'register':
      return registered(instance, effect, index);
    case 'route':
      instance.routes.push(effect);
      return undefined;
    case 'hook':
      addHook(instance, effect, index);
      return undefined;
    case 'use':
      addMiddleware(instance, effect, index);
      return undefined;
    case 'error-handler':
      instance.errorHandlers.unshift({
        point: 'onError',
        links: hookLinks(effect.arguments[0], { effect, index, scope: scopeOf(instance), role: 'error-handler' }),
        statements: spansOf(effect),
      });
      return undefined;
    case 'content-type-parser':
      instance.hooks.push(parser(instance, effect, index));
      return undefined;
    default:
      return undefined;
  }
}

function registered(instance: Building, effect: BootEffect, index: TraceIndex): Building | undefined {
  const [plugin, options] = effect.arguments;
  const object = effect.result === undefined ? undefined : index.object(effect.result);
  if (object !== undefined) return childOf(instance, object, effect, optionOf(options, 'prefix'));
  const known = plugin?.kind === 'external' ? hookOfPackage(plugin.package) : undefined;
  if (plugin?.kind !== 'external' || known === undefined) return undefined;
  const global = optionOf(options, 'global') ?? optionOf(options, 'addHook');
  if (global?.kind === 'constant' && global.value === false) return undefined;
  const links = hookLinks(plugin, { effect, index, scope: scopeOf(instance), role: known.role, point: known.point });
  const { point, isOnRoutes } = known;
  instance.hooks.push({ point, links, statements: spansOf(effect), ...(isOnRoutes === undefined ? {} : { isOnRoutes }) });
  return undefined;
}

function childOf(instance: Building, object: LibraryObject, effect: BootEffect, prefix: BootValue | undefined): Building {
  const reading = prefix === undefined || isEmpty(prefix) ? undefined : readPaths(prefix)[0];
  const written = reading?.kind === 'path' ? reading.written : '';
  const unknown = reading?.kind === 'path' && reading.unknown !== undefined ? { text: reading.unknown, effect } : instance.unknown;
  return {
    object,
    root: instance.root,
    mount: effect,
    prefix: joinPrefix(instance.prefix, written),
    ...(unknown === undefined ? {} : { unknown }),
    hooks: [...instance.hooks],
    errorHandlers: [...instance.errorHandlers],
    statements: [...instance.statements, ...spansOf(effect)],
    guards: [...new Set([...instance.guards, ...guardsOf(effect)])],
    routes: [],
  };
}

const isEmpty = (value: BootValue): boolean => value.kind === 'constant' && (value.value === undefined || value.value === null);

function addHook(instance: Building, effect: BootEffect, index: TraceIndex): void {
  const [name, hook] = effect.arguments;
  const point = HOOK_POINTS.find((one) => name?.kind === 'constant' && name.value === one);
  if (point === undefined) return;
  const links = hookLinks(hook, { effect, index, scope: scopeOf(instance), role: 'hook', point });
  instance.hooks.push({ point, links, statements: spansOf(effect) });
}

/** `instance.use(path?, middleware)` of `@fastify/middie` and `@fastify/express`. */
function addMiddleware(instance: Building, effect: BootEffect, index: TraceIndex): void {
  const [first, ...rest] = effect.arguments;
  const reading = rest.length > 0 && first !== undefined ? readPaths(first)[0] : undefined;
  const written = reading?.kind === 'path' ? reading.written : '/';
  const prefixes = toNeutralPaths(joinPrefix(instance.prefix, written));
  instance.hooks.push({
    point: 'onRequest',
    links: (rest.length > 0 ? rest : effect.arguments).flatMap((value) =>
      toLinks(value, { scope: scopeOf(instance), at: effect.at, object: index.object }),
    ),
    statements: spansOf(effect),
    matches: (path) => prefixes.some((prefix) => prefixMatch(prefix, path) === 'always'),
  });
}

function parser(instance: Building, effect: BootEffect, index: TraceIndex): Hook {
  const links = hookLinks(effect.arguments.at(-1), { effect, index, scope: scopeOf(instance), role: 'body-parser' });
  return { point: 'parsing', links, statements: spansOf(effect) };
}

export const optionOf = (options: BootValue | undefined, name: string): BootValue | undefined =>
  options?.kind === 'object' && Object.hasOwn(options.properties, name) ? options.properties[name] : undefined;

export const spansOf = (effect: BootEffect): readonly SourceSpan[] => [...effect.via, effect.span];

export const guardsOf = (effect: BootEffect): readonly string[] => effect.guards.map(({ text, taken }) => (taken ? text : `!(${text})`));

const scopeOf = ({ object, root }: Instance): 'application' | 'router' => (object === root ? 'application' : 'router');
