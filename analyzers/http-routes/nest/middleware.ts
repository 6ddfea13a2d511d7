import { classOf, flatValues } from '../../../src/analyze/decorator-calls.ts';
import type { BootEffect } from '../../../src/model/boot-trace.ts';
import type { SourceSpan } from '../../../src/model/location.ts';
import { joinPaths, pathLikeness, prefixMatch, readPaths, toNeutralPaths } from '../routing/route-path.ts';
import { type ExcludedRoute, excluded, type NestApplication } from './application.ts';
import { conditionsOf } from './conditions.ts';
import { type LinkSources, middlewareLinks, type NestLink } from './links.ts';
import { corsOption, ownMiddleware, staticPrefix } from './own-middleware.ts';
import { matchesRoute } from './route-paths.ts';

/** A route that middleware may meet. */
export interface MetRoute {
  readonly method: string;
  readonly path: string;
  /** Below the global prefix and version. */
  readonly local: string;
  readonly controller: string;
}

export interface Middleware {
  readonly links: readonly NestLink[];
  readonly meets: (route: MetRoute) => boolean;
  readonly statements: readonly SourceSpan[];
}

/** Everything that runs before guards: `app.use(…)` in its order, then what modules configure. */
export function middlewareOf(sources: LinkSources, application: NestApplication): readonly Middleware[] {
  const cors = corsOption(application);
  return [
    ...application.effects.flatMap((effect) => (effect.verb === 'use' ? [used(sources, application, effect)] : own(application, effect))),
    ...(cors === undefined ? [] : [{ links: [cors], meets: () => true, statements: [] }]),
    ...application.assembly.flatMap((effect) =>
      effect.verb === 'apply' && effect.result !== undefined ? configured(sources, application, effect) : [],
    ),
  ];
}

function own(application: NestApplication, effect: BootEffect): readonly Middleware[] {
  const link = ownMiddleware(application, effect);
  if (link === undefined) return [];
  const prefix = link.role === 'static' ? staticPrefix(effect) : '/';
  return [{ links: [link], meets: meetsBelow([prefix]), statements: [effect.span] }];
}

const meetsBelow =
  (prefixes: readonly string[]): Middleware['meets'] =>
  ({ path }) =>
    prefixes.some((prefix) => prefixMatch(joinPaths(prefix, ''), path) === 'always');

function used(sources: LinkSources, application: NestApplication, effect: BootEffect): Middleware {
  const [first, ...rest] = effect.arguments;
  const hasPath = first !== undefined && rest.length > 0 && pathLikeness(first) !== 'other';
  const prefixes = hasPath ? readPaths(first).flatMap((path) => (path.kind === 'path' ? toNeutralPaths(path.written) : [])) : ['/'];
  return {
    links: (hasPath ? rest : effect.arguments)
      .flatMap((value) => middlewareLinks(sources, value, effect, 'application'))
      .map((link) => ({ ...link, ...conditionsOf(application, effect) })),
    meets: meetsBelow(prefixes),
    statements: [effect.span],
  };
}

/** `consumer.apply(Logger).exclude(…).forRoutes(Orders, 'books')`. */
function configured(sources: LinkSources, application: NestApplication, effect: BootEffect): readonly Middleware[] {
  const own = application.assembly.filter(({ object }) => object === effect.result);
  const excludedRoutes = own.flatMap(({ verb, arguments: given }) =>
    verb === 'exclude' ? given.flatMap(flatValues).flatMap(excluded) : [],
  );
  const wanted = own.flatMap(({ verb, arguments: given }) => (verb === 'for-routes' ? given.flatMap(flatValues) : []));
  if (wanted.length === 0) return [];
  const controllers = new Set(wanted.map((value) => String(classOf(value))));
  const routes = wanted.flatMap(excluded);
  const meets = (route: MetRoute): boolean =>
    (controllers.has(route.controller) || routes.some((one) => isMeant(one, route))) && !excludedRoutes.some((one) => isMeant(one, route));
  return [
    {
      links: effect.arguments
        .flatMap((value) => middlewareLinks(sources, value, effect, 'router'))
        .map((link) => ({ ...link, ...conditionsOf(application, effect) })),
      meets,
      statements: [effect.span, ...own.map(({ span }) => span)],
    },
  ];
}

/** With and without the global prefix and version: Nest adds them where it matches. */
const isMeant = (wanted: ExcludedRoute, { method, local, path }: MetRoute): boolean =>
  matchesRoute(wanted, method, local) || matchesRoute(wanted, method, path);
