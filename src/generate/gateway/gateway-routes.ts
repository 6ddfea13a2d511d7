import { compareText, sortedBy } from '../../lib/sort.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { RouteFact } from '../../model/fact.ts';
import type { RouteId, ServiceId } from '../../model/ids.ts';
import type { PlannedRoute } from '../../model/migration-plan.ts';
import type { GeneratorInput } from '../generator.ts';
import { formatPathPattern, intersectPatterns, type PathSegment, parsePathPattern, patternKey } from './path-pattern.ts';

/** One entry of the HTTP API. Whatever none matches goes to the monolith. */
export interface GatewayEntry {
  /** `ANY` for all methods. */
  readonly method: string;
  /** With `{name}`, and `{name+}` at the end. */
  readonly path: string;
  readonly target: { readonly kind: 'function'; readonly service: ServiceId; readonly function: string } | { readonly kind: 'monolith' };
  /** The route it stands for; absent for one that only keeps a path at the monolith. */
  readonly route?: RouteFact;
}

export interface GatewayRouting {
  /** Sorted by path, then method; each pair once. */
  readonly entries: readonly GatewayEntry[];
  /** Routes that the functions of the asked slices answer, by id. */
  readonly moved: ReadonlyMap<RouteId, MovedRoute>;
  readonly diagnostics: readonly Diagnostic[];
}

export interface MovedRoute {
  readonly service: ServiceId;
  readonly weight: number;
  readonly planned: PlannedRoute;
}

/** Routes of one HTTP API (AWS quota, `docs` of API Gateway, November 2026); one is left for the fallback. */
export const MAXIMUM_ENTRIES = 299;

/**
 * What an HTTP API must be told so that each request reaches the moved handler exactly where the monolith would have used it.
 * An HTTP API takes the most specific path, Express the first registered: paths that a moved parameter would swallow
 * although another route of the monolith answers them are entries of their own, to the monolith, which is always right.
 */
export function routeGateway(input: Pick<GeneratorInput, 'plan' | 'slices' | 'monolith'>): GatewayRouting {
  const routes = inRegistrationOrder(input.monolith.routes);
  const { movable, diagnostics } = withoutObstacles(routes, plannedRoutes(input));
  const entries = new Map<string, Positioned>();
  const moved = new Map<RouteId, MovedRoute>();
  const overflow: Diagnostic[] = [];

  for (const route of routes) {
    const candidate = movable.get(route.id);
    const pattern = parsePathPattern(route.path);
    if (candidate === undefined || pattern === undefined) continue;
    const entry = toEntry(route, pattern, candidate);
    const added = [entry, ...keptAtMonolith(entry, routes, movable)].filter((one) => !entries.has(keyOf(one)));
    if (entries.size + new Set(added.map(keyOf)).size > MAXIMUM_ENTRIES) {
      overflow.push(cannotMove(route, `an HTTP API has at most ${MAXIMUM_ENTRIES + 1} routes`));
      continue;
    }
    moved.set(route.id, candidate);
    // The first registered answers where two routes are the same.
    for (const one of added) if (!entries.has(keyOf(one))) entries.set(keyOf(one), one);
  }
  return { entries: withOneNamePerPath([...entries.values()]), moved, diagnostics: [...diagnostics, ...overflow] };
}

/** As the application asks them; where that is unknown, as they stand. */
export const inRegistrationOrder = (routes: readonly RouteFact[]): readonly RouteFact[] =>
  routes.toSorted((left, right) => (left.order ?? 0) - (right.order ?? 0));

interface Positioned extends GatewayEntry {
  readonly pattern: readonly PathSegment[];
}

/** Takes out what the gateway cannot hand to a slice, again and again: a route that is taken out may stand before another. */
function withoutObstacles(routes: readonly RouteFact[], planned: ReadonlyMap<RouteId, MovedRoute>) {
  const movable = new Map(planned);
  const diagnostics: Diagnostic[] = [];
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    for (const [order, route] of routes.entries()) {
      if (!movable.has(route.id)) continue;
      const stayingBefore = routes.slice(0, order).filter(({ id }) => !movable.has(id));
      const obstacle = obstacleOf(route, stayingBefore);
      if (obstacle === undefined) continue;
      movable.delete(route.id);
      diagnostics.push(cannotMove(route, obstacle));
      isSettled = false;
    }
  }
  return { movable, diagnostics };
}

/** Its method, its path, or a staying route that the monolith asks first for the same paths. */
function obstacleOf(route: RouteFact, stayingBefore: readonly RouteFact[]): string | undefined {
  const pattern = parsePathPattern(route.path);
  if (!METHODS.includes(gatewayMethod(route))) return `an HTTP API has no method ${route.method}`;
  if (pattern === undefined) return 'an HTTP API cannot express its path';
  if (route.order === undefined) return undefined;
  const first = stayingBefore.find((other) => {
    const wider = other.method === route.method ? parsePathPattern(other.path) : undefined;
    // A trailing wildcard before other routes is middleware in all but name; it stands in their chains.
    if (wider === undefined || wider.at(-1)?.kind === 'greedy') return false;
    const common = intersectPatterns(pattern, wider);
    return common !== undefined && patternKey(common) === patternKey(pattern);
  });
  return first === undefined ? undefined : `${first.id}, which stays, is registered before it and matches the same paths`;
}

const METHODS = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** The routes of the asked slices that nothing blocks. */
function plannedRoutes({ plan, slices }: Pick<GeneratorInput, 'plan' | 'slices'>): ReadonlyMap<RouteId, MovedRoute> {
  const services = plan.services.filter(({ id }) => slices.includes(id));
  return new Map(
    services.flatMap(({ id, weight, routes }) =>
      routes.filter((route) => route.blockedBy === undefined).map((planned) => [planned.id, { service: id, weight, planned }] as const),
    ),
  );
}

const toEntry = (route: RouteFact, pattern: readonly PathSegment[], { service, planned }: MovedRoute): Positioned => ({
  method: gatewayMethod(route),
  path: formatPathPattern(pattern),
  target: { kind: 'function', service, function: planned.function },
  route,
  pattern,
});

/** Paths inside a moved pattern that belong to a route which stays. */
function keptAtMonolith(entry: Positioned, routes: readonly RouteFact[], moved: ReadonlyMap<RouteId, MovedRoute>): readonly Positioned[] {
  const order = routes.findIndex(({ id }) => id === entry.route?.id);
  return routes.flatMap((route, index) => {
    const pattern = moved.has(route.id) ? undefined : parsePathPattern(route.path);
    const common = pattern === undefined ? undefined : intersectPatterns(entry.pattern, pattern);
    const method = commonMethod(entry.method, gatewayMethod(route));
    if (pattern === undefined || common === undefined || method === undefined) return [];
    const isWholePath = patternKey(common) === patternKey(entry.pattern);
    // The same requests: which route answers them was decided by the order of registration.
    if (isWholePath && method === entry.method) return [];
    // Registered later it is reached only when the moved handler passes a request on, which it does for paths that are spelled out.
    if (route.order !== undefined && index > order && !isSpelledOut(pattern, entry.pattern)) return [];
    // A trailing wildcard is middleware or a last resort; it does not claim the path of another route.
    if (isWholePath && pattern.at(-1)?.kind === 'greedy') return [];
    return [{ method, path: formatPathPattern(common), target: { kind: 'monolith' }, pattern: common } as const];
  });
}

/** Whether a pattern has text where the other has a parameter. */
const isSpelledOut = (pattern: readonly PathSegment[], other: readonly PathSegment[]): boolean =>
  pattern.some((segment, index) => segment.kind === 'static' && (other[index] ?? other.at(-1))?.kind !== 'static');

const gatewayMethod = ({ method }: RouteFact): string => (method === 'ALL' ? 'ANY' : method);

const commonMethod = (left: string, right: string): string | undefined =>
  left === right || right === 'ANY' ? left : left === 'ANY' ? right : undefined;

const keyOf = ({ method, pattern }: Positioned): string => `${method} ${patternKey(pattern)}`;

const cannotMove = (route: RouteFact, reason: string): Diagnostic => ({
  code: 'route-cannot-move',
  data: { route: route.id, reason },
  at: route.at,
});

/** OpenAPI takes `/a/{x}` and `/a/{y}` for the same path: the first name in order stands for all. */
function withOneNamePerPath(entries: readonly Positioned[]): readonly GatewayEntry[] {
  const sorted = sortedBy(entries, ({ path, method }) => `${path}\0${method}`);
  const names = new Map<string, string>();
  for (const { pattern, path } of sorted) if (!names.has(patternKey(pattern))) names.set(patternKey(pattern), path);
  return sorted
    .map(({ pattern, ...entry }) => ({ ...entry, path: names.get(patternKey(pattern)) ?? entry.path }))
    .sort((left, right) => compareText(`${left.path}\0${left.method}`, `${right.path}\0${right.method}`));
}
