import type { BootEffect, BootTrace, BootValue, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { ChainLink } from '../../../src/model/fact.ts';
import type { SourceSpan } from '../../../src/model/location.ts';
import { type Link, toLinks } from './chain-link.ts';
import { conditionTexts } from './condition-texts.ts';
import type { Dialect, ParamRegistration, Registration, RouteRegistration, UseRegistration } from './dialect.ts';
import { type GuestRoute, guestRoutes } from './guests.ts';
import type { Layer, LayerBase, MiddlewareLayer, RouteLayer, UnknownPath } from './layer.ts';
import { patternMatch } from './pattern-match.ts';
import { hasUnknownPart, joinPaths, nameHole, prefixMatch, readPaths, wholeMatch } from './route-path.ts';
import { indexTrace } from './trace-index.ts';

const dependsOn = (text: string): string => `its path depends on ${text}, which only a start of the monolith makes known`;
const isPattern = (text: string): string => `its path is matched by the regular expression ${text}, which no gateway entry expresses`;

/** Where in the tree of mounted routers a stack stands. */
interface Place {
  readonly prefix: string;
  readonly statements: readonly SourceSpan[];
  readonly guards: readonly string[];
  /** Routers around it, to stop at one that is mounted in itself. */
  readonly ancestors: readonly string[];
  /** Routers around it that run nothing unless one of their routes answers, each with the place where it stands. */
  readonly dispatchers: readonly string[];
  /** Only what was registered before that moment. */
  readonly before?: number;
  /** Set when a part of the prefix is not known. */
  readonly unknown?: UnknownPath;
}

export interface LayerFinder {
  readonly layers: (application: LibraryObject) => readonly Layer[];
  readonly diagnostics: readonly Diagnostic[];
  /** Routers that were mounted somewhere. */
  readonly mounted: ReadonlySet<string>;
}

/** Lays out what applications of a framework run, routers in routers in their place. */
export function createLayerFinder(trace: BootTrace, dialect: Dialect): LayerFinder {
  const index = indexTrace(trace);
  const diagnostics: Diagnostic[] = [];
  const mounted = new Set<string>();

  const stack = (object: LibraryObject, place: Place): readonly Layer[] => {
    const inside: Place = { ...place, statements: [...place.statements, object.span], ancestors: [...place.ancestors, object.id] };
    const all = dialect.registrations(object, index);
    const registrations = place.before === undefined ? all : all.filter(({ effect }) => effect.order < (place.before ?? 0));
    const lay = (at: Place): readonly Layer[] => registrations.flatMap((registration) => layersOf(object, registration, registrations, at));
    const prefix = dialect.prefix?.(object, index);
    if (prefix === undefined) return lay(inside);
    return readPaths(prefix).flatMap((path) => {
      if (path.kind === 'pattern') return lay(inside);
      const unknown = path.unknown === undefined ? inside.unknown : { reason: dependsOn(path.unknown), at: object.at, by: object.id };
      const below = (written: string): readonly Layer[] =>
        lay({ ...inside, prefix: joinPaths(inside.prefix, written), ...(unknown === undefined ? {} : { unknown }) });
      const layers = dialect.paths(path.written).flatMap(below);
      if (path.unknown !== undefined) tellUnknown(path.unknown, layers, object.at);
      return layers;
    });
  };

  const tellUnknown = (text: string, layers: readonly Layer[], at: Diagnostic['at'] & {}): void => {
    diagnostics.push({ code: 'dynamic-mount', data: { text, routes: layers.filter(({ kind }) => kind === 'route').length }, at });
  };

  const layersOf = (object: LibraryObject, registration: Registration, all: readonly Registration[], place: Place): readonly Layer[] => {
    switch (registration.kind) {
      case 'use':
        return used(object, registration, place);
      case 'route':
        return routed(object, registration, all, place);
      case 'param':
        return [];
    }
  };

  const used = (object: LibraryObject, registration: UseRegistration, place: Place): readonly Layer[] => {
    const { effect, path: given, handlers } = registration;
    const paths = given === undefined ? [{ kind: 'path' as const, written: '/' }] : readPaths(given);
    return paths.flatMap((path): readonly Layer[] => {
      if (path.kind === 'pattern') return patternLayers(object, registration, place, path);
      const mount = (inside: Place): readonly Layer[] =>
        dialect.paths(path.written).flatMap((written) => {
          const prefix = joinPaths(place.prefix, written);
          return handlers.flatMap((handler) => mountedLayers(object, registration, inside, prefix, handler));
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
    const layers = mount({ ...place, unknown: { reason: reason(text), at: effect.at, by: effect.object } });
    tellUnknown(text, layers, effect.at);
    return layers;
  };

  const mountedLayers = (
    object: LibraryObject,
    registration: UseRegistration,
    place: Place,
    prefix: string,
    handler: BootValue,
  ): readonly Layer[] => {
    const { effect } = registration;
    return parts(handler).flatMap((part): readonly Layer[] => {
      const router = routerOf(part);
      if (router !== undefined) return mountedRouter(object, router, registration, { ...place, prefix });
      const guests = guestsOf(part);
      if (guests !== undefined) return guests.map((guest) => guestLayer(guest, effect, { ...place, prefix }));
      const unfolded = unfoldedOf(part);
      if (unfolded !== undefined) return used(object, { ...registration, ...unfolded }, { ...place, prefix });
      const matches: MiddlewareLayer['matches'] = (route) => (registration.whole ? wholeMatch(prefix, route) : prefixMatch(prefix, route));
      return middleware(object, effect, place, part, matches);
    });
  };

  const mountedRouter = (
    object: LibraryObject,
    router: LibraryObject,
    { effect, copies }: UseRegistration,
    place: Place,
  ): readonly Layer[] => {
    mounted.add(router.id);
    if (place.ancestors.includes(router.id)) return [];
    const isOwn = !dialect.applications.has(router.kind) && dialect.applications.has(object.kind);
    const isDispatched = dialect.middleware === 'own-stack' || (dialect.middleware === 'own-routes' && isOwn);
    return stack(router, {
      ...place,
      ...placed(effect, place),
      ...(copies === undefined ? {} : { before: effect.order }),
      dispatchers: isDispatched ? [...place.dispatchers, `${router.id} ${effect.order}`] : place.dispatchers,
    });
  };

  const routerOf = (value: BootValue): LibraryObject | undefined => {
    const object = value.kind === 'library' ? index.object(value.object) : undefined;
    return object !== undefined && (dialect.routers.has(object.kind) || dialect.applications.has(object.kind)) ? object : undefined;
  };

  /** What an endpoint of another library answers below the place where it is mounted. */
  const guestsOf = (value: BootValue): readonly GuestRoute[] | undefined => {
    const object = value.kind === 'library' ? index.object(value.object) : undefined;
    return object === undefined ? undefined : guestRoutes(object, index);
  };

  const guestLayer = (guest: GuestRoute, effect: BootEffect, place: Place): RouteLayer => ({
    kind: 'route',
    framework: guest.framework,
    method: guest.method,
    path: joinPaths(place.prefix.replace(/\/(?:\*|\{\w+\+\})$/, ''), guest.path),
    localPath: guest.path === '' ? '/' : guest.path,
    effect,
    ...(place.unknown === undefined ? {} : { unknown: place.unknown }),
    ...(guest.shapes === undefined ? {} : { shapes: guest.shapes }),
    links: guest.links,
    ...placed(effect, place, guest.statements),
    dispatchers: place.dispatchers,
    at: guest.at ?? effect.at,
  });

  const unfoldedOf = (value: BootValue): ReturnType<NonNullable<Dialect['unfold']>> => {
    const object = value.kind === 'library' ? index.object(value.object) : undefined;
    return object === undefined ? undefined : dialect.unfold?.(object);
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
    if (links.length === 0) return [];
    return [{ kind: 'middleware', links, matches, ...placed(effect, place), dispatchers: place.dispatchers, at: effect.at }];
  };

  const scopeOf = (object: LibraryObject): ChainLink['scope'] => (dialect.applications.has(object.kind) ? 'application' : 'router');

  const linksOf = (handler: BootValue, scope: ChainLink['scope'], effect: BootEffect): readonly Link[] =>
    toLinks(handler, {
      scope,
      at: effect.at,
      object: (id) => index.object(id),
      ...(dialect.errorParameters === undefined ? {} : { errorParameters: dialect.errorParameters }),
    });

  /** A regular expression is tried on what is left of the path below the router. */
  const patternLayers = (
    object: LibraryObject,
    registration: UseRegistration,
    place: Place,
    pattern: { readonly source: string; readonly flags: string },
  ): readonly Layer[] => {
    const { effect, handlers } = registration;
    const matches = (route: string): 'always' | 'sometimes' | 'never' => {
      const above = prefixMatch(place.prefix, route);
      if (above !== 'always') return above;
      return patternMatch(pattern, route.slice(place.prefix === '/' ? 0 : place.prefix.length) || '/');
    };
    const all = handlers.flatMap(parts);
    const routers = all.filter((part) => routerOf(part) !== undefined);
    const others = all.filter((part) => routerOf(part) === undefined);
    const text = `/${pattern.source}/${pattern.flags}`;
    const prefix = joinPaths(place.prefix, nameHole(pattern.source));
    const mount = (inside: Place): readonly Layer[] =>
      routers.flatMap((router) => mountedLayers(object, registration, inside, prefix, router));
    const below = routers.length === 0 ? [] : belowUnknown(effect, place, { text, reason: isPattern }, mount);
    return [...below, ...others.flatMap((handler) => middleware(object, effect, place, handler, matches))];
  };

  const routed = (
    object: LibraryObject,
    { effect, methods, path: given, handlers, outer = [], shapes, authentication, links: whole }: RouteRegistration,
    all: readonly Registration[],
    place: Place,
  ): readonly Layer[] => {
    const params = all.filter((one) => one.kind === 'param');
    let around: Pick<Place, 'statements' | 'guards'> = place;
    for (const one of outer) around = placed(one, around);
    return methods.flatMap((method) =>
      readPaths(given).flatMap((path): readonly Layer[] => {
        const known = path.kind === 'path' ? path : { written: nameHole(path.source), unknown: `/${path.source}/${path.flags}` };
        const neutral = dialect.paths(known.written);
        const text = neutral.some(hasUnknownPart) ? known.unknown : undefined;
        if (text !== undefined) diagnostics.push({ code: 'dynamic-route', data: { method, text }, at: effect.at });
        const reason = path.kind === 'path' ? dependsOn : isPattern;
        const unknown = text === undefined ? place.unknown : { reason: reason(text), at: effect.at, by: effect.object };
        return neutral.map((written) => {
          const before = params.filter(({ names }) => names.some((name) => written.includes(`{${name}}`)));
          const links = whole ?? [
            ...before.flatMap((one) => paramLinks(object, one)),
            ...handlers.flatMap((one) => linksOf(one, 'route', effect)),
          ];
          return {
            kind: 'route' as const,
            method,
            path: joinPaths(place.prefix, written),
            localPath: known.written === '' ? '/' : known.written,
            effect,
            ...(unknown === undefined ? {} : { unknown }),
            ...(path.kind === 'path' ? {} : { pattern: { source: path.source, flags: path.flags, below: place.prefix } }),
            ...(shapes === undefined ? {} : { shapes }),
            ...(authentication === undefined ? {} : { authentication }),
            links,
            ...placed(
              effect,
              around,
              before.flatMap((one) => spansOf(one.effect)),
            ),
            dispatchers: place.dispatchers,
            at: effect.at,
          };
        });
      }),
    );
  };

  const paramLinks = (object: LibraryObject, { effect, handlers }: ParamRegistration): readonly Link[] =>
    handlers.flatMap((handler) => linksOf(handler, scopeOf(object), effect)).map((link) => ({ ...link, role: 'middleware' as const }));

  return {
    layers: (application) => stack(application, { prefix: '/', statements: [], guards: [], ancestors: [], dispatchers: [] }),
    diagnostics,
    mounted,
  };
}

const parts = (value: BootValue): readonly BootValue[] => {
  if (value.kind === 'array') return value.elements.flatMap(parts);
  return value.kind === 'union' && value.options.some((option) => option.kind === 'library') ? value.options.flatMap(parts) : [value];
};

const spansOf = (effect: BootEffect): readonly SourceSpan[] => [...effect.via, effect.span];

const placed = (
  effect: BootEffect,
  place: Pick<Place, 'statements' | 'guards'>,
  more: readonly SourceSpan[] = [],
): Pick<LayerBase, 'statements' | 'guards'> => ({
  statements: [...place.statements, ...more, ...spansOf(effect)],
  guards: [...place.guards, ...conditionTexts(effect.guards)],
});
