import type { BootEffect, BootTrace, BootValue, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { ChainLink, RouteFact } from '../../../src/model/fact.ts';
import type { SourceLocation, SourceSpan } from '../../../src/model/location.ts';
import { type Link, toLinks } from './chain-link.ts';
import { joinPaths, nameHole, pathLikeness, prefixMatch, readPaths, toNeutralPaths } from './route-path.ts';

/** One entry of an application's stack with the routers in it laid out in place: the order in which Express tries them. */
export type Layer = MiddlewareLayer | RouteLayer;

interface LayerBase {
  readonly links: readonly Link[];
  /** What was written to build it: registration, mounts and creations around it. */
  readonly statements: readonly SourceSpan[];
  readonly guards: readonly string[];
  readonly at: SourceLocation;
}

export interface MiddlewareLayer extends LayerBase {
  readonly kind: 'middleware';
  readonly matches: (route: string) => 'always' | 'sometimes' | 'never';
}

export interface RouteLayer extends LayerBase {
  readonly kind: 'route';
  readonly method: string;
  readonly path: string;
  readonly localPath: string;
  readonly effect: BootEffect;
  readonly unknown?: UnknownPath;
  /** A regular expression in the place of the path below a prefix. */
  readonly pattern?: NonNullable<RouteFact['pattern']>;
}

/** Why a path is not known, and the code that says so. */
export interface UnknownPath {
  readonly reason: string;
  readonly at: SourceLocation;
}

const dependsOn = (text: string): string => `its path depends on ${text}, which only a start of the monolith makes known`;
const isPattern = (text: string): string => `its path is matched by the regular expression ${text}, which no gateway entry expresses`;

/** Where in the tree of mounted routers a stack stands. */
interface Place {
  readonly prefix: string;
  readonly statements: readonly SourceSpan[];
  readonly guards: readonly string[];
  /** Routers around it, to stop at one that is mounted in itself. */
  readonly ancestors: readonly string[];
  /** Set when a part of the prefix is not known. */
  readonly unknown?: UnknownPath;
}

export interface LayerFinder {
  readonly layers: (application: LibraryObject) => readonly Layer[];
  readonly diagnostics: readonly Diagnostic[];
  /** Routers that were mounted somewhere. */
  readonly mounted: ReadonlySet<string>;
}

export function createLayerFinder(trace: BootTrace): LayerFinder {
  const objects = new Map(trace.objects.map((object) => [String(object.id), object]));
  const effects = effectsByObject(trace);
  const diagnostics: Diagnostic[] = [];
  const mounted = new Set<string>();

  const stack = (object: LibraryObject, place: Place): readonly Layer[] => {
    const inside: Place = { ...place, statements: [...place.statements, object.span], ancestors: [...place.ancestors, object.id] };
    const own = effects.get(object.id) ?? [];
    return own.flatMap((effect) => {
      switch (effect.verb) {
        case 'use':
          return used(object, effect, inside);
        case 'route':
          return routed(object, effect, inside, effect.arguments);
        case 'route-path':
          return routePath(object, effect, inside);
        default:
          return [];
      }
    });
  };

  const used = (object: LibraryObject, effect: BootEffect, place: Place): readonly Layer[] => {
    const [first, ...rest] = effect.arguments;
    const likeness = first === undefined ? 'other' : pathLikeness(first);
    const hasPath = likeness === 'path' || (likeness === 'unknown' && rest.length > 0);
    const handlers = hasPath ? rest : effect.arguments;
    const paths = hasPath && first !== undefined ? readPaths(first) : [{ kind: 'path' as const, written: '/' }];
    return paths.flatMap((path): readonly Layer[] => {
      if (path.kind === 'pattern') return patternLayers(object, effect, place, path, handlers);
      const mount = (inside: Place): readonly Layer[] =>
        toNeutralPaths(path.written).flatMap((written) => {
          const prefix = joinPaths(place.prefix, written);
          return handlers.flatMap((handler) => mountedLayers(object, effect, inside, prefix, handler));
        });
      return path.unknown === undefined ? mount(place) : belowUnknown(effect, place, { text: path.unknown, reason: dependsOn }, mount);
    });
  };

  /** Tells of a prefix that is not constant, with the number of routes that stand below it. */
  const belowUnknown = (
    effect: BootEffect,
    place: Place,
    { text, reason }: { readonly text: string; readonly reason: (text: string) => string },
    mount: (inside: Place) => readonly Layer[],
  ): readonly Layer[] => {
    const layers = mount({ ...place, unknown: { reason: reason(text), at: effect.at } });
    const routes = layers.filter(({ kind }) => kind === 'route').length;
    diagnostics.push({ code: 'dynamic-mount', data: { text, routes }, at: effect.at });
    return layers;
  };

  const mountedLayers = (object: LibraryObject, effect: BootEffect, place: Place, prefix: string, handler: BootValue): readonly Layer[] => {
    const at = placed(effect, place);
    return parts(handler).flatMap((part): readonly Layer[] => {
      const router = routerOf(part);
      if (router === undefined) return middleware(object, effect, place, part, (route) => prefixMatch(prefix, route));
      mounted.add(router.id);
      if (place.ancestors.includes(router.id)) return [];
      return stack(router, { ...place, prefix, statements: at.statements, guards: at.guards });
    });
  };

  const routerOf = (value: BootValue): LibraryObject | undefined => {
    const object = value.kind === 'library' ? objects.get(value.object) : undefined;
    return object?.kind === 'express.router' || object?.kind === 'express.application' ? object : undefined;
  };

  const middleware = (
    object: LibraryObject,
    effect: BootEffect,
    place: Place,
    handler: BootValue,
    matches: MiddlewareLayer['matches'],
  ): readonly Layer[] => {
    const links = linksOf(handler, scopeOf(object), effect);
    for (const link of links)
      if (!link.isKnown) diagnostics.push({ code: 'unresolved-handler', data: { route: `${effect.method} ${link.name}` }, at: effect.at });
    return links.length === 0 ? [] : [{ kind: 'middleware', links, matches, ...placed(effect, place), at: effect.at }];
  };

  const linksOf = (handler: BootValue, scope: ChainLink['scope'], effect: BootEffect): readonly Link[] =>
    toLinks(handler, { scope, at: effect.at, object: (id) => objects.get(id) });

  /** A regular expression is tried on what is left of the path below the router. */
  const patternLayers = (
    object: LibraryObject,
    effect: BootEffect,
    place: Place,
    pattern: { readonly source: string; readonly flags: string },
    handlers: readonly BootValue[],
  ): readonly Layer[] => {
    const matches = (route: string): 'always' | 'sometimes' | 'never' => {
      const above = prefixMatch(place.prefix, route);
      if (above !== 'always') return above;
      return patternMatch(pattern, route.slice(place.prefix === '/' ? 0 : place.prefix.length) || '/');
    };
    const [routers, others] = [
      handlers.flatMap(parts).filter((part) => routerOf(part) !== undefined),
      handlers.flatMap(parts).filter((part) => routerOf(part) === undefined),
    ];
    const text = `/${pattern.source}/${pattern.flags}`;
    const prefix = joinPaths(place.prefix, nameHole(pattern.source));
    const mount = (inside: Place): readonly Layer[] => routers.flatMap((router) => mountedLayers(object, effect, inside, prefix, router));
    const below = routers.length === 0 ? [] : belowUnknown(effect, place, { text, reason: isPattern }, mount);
    return [...below, ...others.flatMap((handler) => middleware(object, effect, place, handler, matches))];
  };

  const routed = (object: LibraryObject, effect: BootEffect, place: Place, given: readonly BootValue[]): readonly Layer[] => {
    const [first, ...handlers] = given;
    if (first === undefined || handlers.length === 0) return [];
    const method = effect.method === 'all' ? 'ALL' : effect.method === 'del' ? 'DELETE' : effect.method.toUpperCase();
    return readPaths(first).flatMap((path): readonly Layer[] => {
      const known = path.kind === 'path' ? path : { written: nameHole(path.source), unknown: `/${path.source}/${path.flags}` };
      const { unknown: text } = known;
      if (text !== undefined) diagnostics.push({ code: 'dynamic-route', data: { method, text }, at: effect.at });
      const reason = path.kind === 'path' ? dependsOn : isPattern;
      const unknown = text === undefined ? place.unknown : { reason: reason(text), at: effect.at };
      return toNeutralPaths(known.written).map((written) => {
        const full = joinPaths(place.prefix, written);
        return {
          kind: 'route' as const,
          method,
          path: full,
          localPath: known.written === '' ? '/' : known.written,
          effect,
          ...(unknown === undefined ? {} : { unknown }),
          ...(path.kind === 'path' ? {} : { pattern: { source: path.source, flags: path.flags, below: place.prefix } }),
          links: [...paramLinks(object, written), ...handlers.flatMap((handler) => linksOf(handler, 'route', effect))],
          ...placed(effect, place, paramStatements(object, written)),
          at: effect.at,
        };
      });
    });
  };

  /** `router.route(path).all(check).get(list)`: handlers for every method count for the methods after them. */
  const routePath = (object: LibraryObject, effect: BootEffect, place: Place): readonly Layer[] => {
    const [path] = effect.arguments;
    const own = effect.result === undefined ? [] : (effects.get(effect.result) ?? []);
    if (path === undefined) return [];
    const hasOthers = own.some(({ method }) => method !== 'all');
    const outer = placed(effect, place);
    let common: readonly BootValue[] = [];
    return own.flatMap((registration) => {
      if (registration.method === 'all' && hasOthers) {
        common = [...common, ...registration.arguments];
        return [];
      }
      const around: Place = { ...place, statements: [...outer.statements, ...spansOf(registration)], guards: outer.guards };
      return routed(object, { ...registration, via: [] }, around, [path, ...common, ...registration.arguments]);
    });
  };

  const params = (object: LibraryObject, path: string): readonly BootEffect[] =>
    (effects.get(object.id) ?? []).filter(({ verb, arguments: [name] }) => {
      const names = name?.kind === 'array' ? name.elements : [name];
      return verb === 'param' && names.some((one) => one?.kind === 'constant' && path.includes(`{${one.value}}`));
    });

  const paramLinks = (object: LibraryObject, path: string): readonly Link[] =>
    params(object, path).flatMap((effect) =>
      effect.arguments
        .slice(1)
        .flatMap((handler) => linksOf(handler, scopeOf(object), effect))
        .map((link) => ({ ...link, role: 'middleware' as const })),
    );

  const paramStatements = (object: LibraryObject, path: string): readonly SourceSpan[] => params(object, path).flatMap(spansOf);

  return {
    layers: (application) => stack(application, { prefix: '/', statements: [], guards: [], ancestors: [] }),
    diagnostics,
    mounted,
  };
}

function effectsByObject(trace: BootTrace): ReadonlyMap<string, readonly BootEffect[]> {
  const grouped = new Map<string, BootEffect[]>();
  for (const effect of trace.effects) {
    const known = grouped.get(effect.object);
    if (known === undefined) grouped.set(effect.object, [effect]);
    else known.push(effect);
  }
  return grouped;
}

const parts = (value: BootValue): readonly BootValue[] => {
  if (value.kind === 'array') return value.elements.flatMap(parts);
  return value.kind === 'union' && value.options.some((option) => option.kind === 'library') ? value.options.flatMap(parts) : [value];
};

const scopeOf = (object: LibraryObject): ChainLink['scope'] => (object.kind === 'express.application' ? 'application' : 'router');

const spansOf = (effect: BootEffect): readonly SourceSpan[] => [...effect.via, effect.span];

const placed = (effect: BootEffect, place: Place, more: readonly SourceSpan[] = []): Pick<LayerBase, 'statements' | 'guards'> => ({
  statements: [...place.statements, ...more, ...spansOf(effect)],
  guards: [...place.guards, ...effect.guards.map(({ text, taken }) => (taken ? text : `!(${text})`))],
});

const NESTED_REPETITION = /[+*}][^()]*\)[+*{]/;

/** Expressions that could take long are not tried. */
function patternMatch(pattern: { readonly source: string; readonly flags: string }, path: string): 'always' | 'sometimes' | 'never' {
  if (pattern.source.length > 200 || NESTED_REPETITION.test(pattern.source)) return 'sometimes';
  try {
    return new RegExp(pattern.source, pattern.flags).test(path) ? 'always' : 'never';
  } catch {
    return 'sometimes';
  }
}
