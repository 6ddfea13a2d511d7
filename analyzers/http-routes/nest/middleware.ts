import { classOf, flatValues } from '../../../src/analyze/decorator-calls.ts';
import type { BootEffect } from '../../../src/model/boot-trace.ts';
import type { SourceSpan } from '../../../src/model/location.ts';
import { joinPaths, pathLikeness, prefixMatch, readPaths, toNeutralPaths } from '../routing/route-path.ts';
import { type ExcludedRoute, excluded, type NestApplication } from './application.ts';
import { type LinkSources, middlewareLinks, type NestLink } from './links.ts';
import { matchesRoute } from './route-paths.ts';
import { createdWithCors, setUpLink } from './set-up-middleware.ts';

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
export const middlewareOf = (sources: LinkSources, application: NestApplication): readonly Middleware[] => [
  ...application.effects.flatMap((effect) => (effect.verb === 'use' ? [used(sources, effect)] : everywhere(effect, setUpLink(effect)))),
  ...application.effects.flatMap((effect) => (effect.verb === 'create' ? everywhere(effect, createdWithCors(effect)) : [])),
  ...application.assembly.flatMap((effect) =>
    effect.verb === 'apply' && effect.result !== undefined ? configured(sources, effect, application.assembly) : [],
  ),
];

const everywhere = (effect: BootEffect, link: NestLink | undefined): readonly Middleware[] =>
  link === undefined ? [] : [{ links: [link], meets: () => true, statements: [effect.span] }];

function used(sources: LinkSources, effect: BootEffect): Middleware {
  const [first, ...rest] = effect.arguments;
  const hasPath = first !== undefined && rest.length > 0 && pathLikeness(first) !== 'other';
  const prefixes = hasPath ? readPaths(first).flatMap((path) => (path.kind === 'path' ? toNeutralPaths(path.written) : [])) : ['/'];
  return {
    links: (hasPath ? rest : effect.arguments).flatMap((value) => middlewareLinks(sources, value, effect, 'application')),
    meets: ({ path }) => prefixes.some((prefix) => prefixMatch(joinPaths(prefix, ''), path) === 'always'),
    statements: [effect.span],
  };
}

/** `consumer.apply(Logger).exclude(…).forRoutes(Orders, 'books')`. */
function configured(sources: LinkSources, effect: BootEffect, all: readonly BootEffect[]): readonly Middleware[] {
  const own = all.filter(({ object }) => object === effect.result);
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
      links: effect.arguments.flatMap((value) => middlewareLinks(sources, value, effect, 'router')),
      meets,
      statements: [effect.span, ...own.map(({ span }) => span)],
    },
  ];
}

/** With and without the global prefix and version: Nest adds them where it matches. */
const isMeant = (wanted: ExcludedRoute, { method, local, path }: MetRoute): boolean =>
  matchesRoute(wanted, method, local) || matchesRoute(wanted, method, path);
