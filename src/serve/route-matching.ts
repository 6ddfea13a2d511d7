import type { GatewayRoute } from '../model/gateway-table.ts';

export interface RouteMatch {
  readonly route: GatewayRoute;
  /** By parameter name, URL-decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

export type RouteMatcher = (method: string, path: string) => RouteMatch | undefined;

/**
 * Finds the route of a request as an HTTP API does: the most specific path wins (literal segments before parameters
 * before greedy ones, from the left), an exact method before `ALL`, and only then the monolith's registration order.
 * Where a moved and a staying route both match and neither covers the other (`/books/{id}`, `/{kind}/export`), the
 * staying one is taken: the generated API sends the paths they share to the monolith, which is always right.
 *
 * Where the monolith is more tolerant than an HTTP API, this follows the monolith, so that the slice is asked and can
 * be compared: letter case of literal segments and one trailing slash do not matter, and `HEAD` finds the `GET` route.
 * An HTTP API sends such requests to its `$default` route, the monolith.
 */
export function createRouteMatcher(routes: readonly GatewayRoute[]): RouteMatcher {
  const compiled = routes.map(compileRoute).sort(bySpecificity);
  return (method, path) => {
    const segments = segmentsOf(path);
    for (const candidate of methodsFor(method)) {
      const match = firstMatch(compiled, candidate, segments);
      if (match !== undefined) return { route: match.route, parameters: match.parameters };
    }
    return undefined;
  };
}

interface CompiledRoute {
  readonly route: GatewayRoute;
  readonly segments: readonly Segment[];
}

/** One segment of a route path; a higher rank is more specific. */
type Segment =
  | { readonly rank: 3; readonly literal: string }
  /** Text and parameters in one segment: `{from}-{to}`. */
  | { readonly rank: 2; readonly pattern: RegExp; readonly names: readonly string[] }
  | { readonly rank: 1; readonly name: string }
  | { readonly rank: 0; readonly name: string };

const methodsFor = (method: string): readonly string[] => (method === 'HEAD' ? ['HEAD', 'GET'] : [method]);

function firstMatch(routes: readonly CompiledRoute[], method: string, segments: readonly string[]): RouteMatch | undefined {
  const matches = routes.flatMap((compiled) => {
    if (compiled.route.method !== method && compiled.route.method !== 'ALL') return [];
    const parameters = matchSegments(compiled.segments, segments);
    return parameters === undefined ? [] : [{ ...compiled, parameters }];
  });
  const [best] = matches;
  if (best?.route.target === undefined) return best;
  return matches.find((other) => other.route.target === undefined && isSomewhereMoreSpecific(other, best)) ?? best;
}

const isSomewhereMoreSpecific = (other: CompiledRoute, best: CompiledRoute): boolean =>
  other.segments.some((segment, index) => segment.rank > (best.segments[index]?.rank ?? 0));

function segmentsOf(path: string): readonly string[] {
  const trimmed = path.length > 1 && path.endsWith('/') ? path.slice(1, -1) : path.slice(1);
  return trimmed === '' ? [] : trimmed.split('/');
}

function compileRoute(route: GatewayRoute): CompiledRoute {
  return { route, segments: segmentsOf(route.path).map(compileSegment) };
}

const PARAMETER = /\{([^{}]+)\}/g;

function compileSegment(text: string): Segment {
  const names = Array.from(text.matchAll(PARAMETER), ([, name]) => name ?? '');
  const [name] = names;
  if (name === undefined) return { rank: 3, literal: text.toLowerCase() };
  if (names.length === 1 && text === `{${name}}`) {
    return name.endsWith('+') ? { rank: 0, name: name.slice(0, -1) } : { rank: 1, name };
  }
  const source = text
    .split(PARAMETER)
    .map((part, index) => (index % 2 === 1 ? '(.+?)' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return { rank: 2, pattern: new RegExp(`^${source}$`, 'i'), names };
}

function matchSegments(wanted: readonly Segment[], given: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    if (segment.rank === 0) {
      const rest = given.slice(index).join('/');
      if (rest === '') return undefined;
      parameters[segment.name] = decode(rest);
      return parameters;
    }
    const text = given[index];
    if (text === undefined || text === '' || !matchSegment(segment, text, parameters)) return undefined;
  }
  return given.length === wanted.length ? parameters : undefined;
}

function matchSegment(segment: Exclude<Segment, { rank: 0 }>, text: string, parameters: Record<string, string>): boolean {
  if (segment.rank === 3) return text.toLowerCase() === segment.literal;
  if (segment.rank === 1) {
    parameters[segment.name] = decode(text);
    return true;
  }
  const groups = segment.pattern.exec(text);
  if (groups === null) return false;
  for (const [index, name] of segment.names.entries()) parameters[name] = decode(groups[index + 1] ?? '');
  return true;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function bySpecificity(left: CompiledRoute, right: CompiledRoute): number {
  const length = Math.max(left.segments.length, right.segments.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (right.segments[index]?.rank ?? -1) - (left.segments[index]?.rank ?? -1);
    if (difference !== 0) return difference;
  }
  const methods = Number(left.route.method === 'ALL') - Number(right.route.method === 'ALL');
  return methods !== 0 ? methods : left.route.order - right.route.order;
}
