import { ANONYMOUS_WILDCARD, type GatewayRoute } from '../model/gateway-table.ts';

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
  /** All that is left of a path, at the place of a wildcard; text before it (`streaming*`) makes it more specific. */
  | { readonly rank: 2 | 0; readonly rest: RegExp; readonly names: readonly string[] };

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
  const segments = segmentsOf(route.path);
  const wild = segments.findIndex((segment) => WILDCARD.test(segment));
  const plain = (wild < 0 ? segments : segments.slice(0, wild)).map(compileSegment);
  return { route, segments: wild < 0 ? plain : [...plain, compileRest(segments.slice(wild).join('/'))] };
}

const PARAMETER = /\{([^{}]+)\}/g;
/** `*` or `{name+}`. */
const WILDCARD = /\*|\{[^{}]+\+\}/;
const HOLE = /(\*|\{[^{}]+\})/;

function compileSegment(text: string): Exclude<Segment, { rest: RegExp }> {
  const names = Array.from(text.matchAll(PARAMETER), ([, name]) => name ?? '');
  const [name] = names;
  if (name === undefined) return { rank: 3, literal: text.toLowerCase() };
  if (names.length === 1 && text === `{${name}}`) return { rank: 1, name };
  return { rank: 2, pattern: compilePattern(text, () => '(.+?)'), names };
}

/** The wildcard and what follows it. Alone it takes at least one segment, as that of an HTTP API does. */
function compileRest(text: string): Segment {
  const isWhole = text === '*' || /^\{[^{}]+\+\}$/.test(text);
  const names = Array.from(text.matchAll(new RegExp(HOLE, 'g')), ([hole]) => nameOf(hole));
  const rest = compilePattern(text, (hole) => (isWhole ? '(.+)' : hole === '*' ? '(.*)' : hole.endsWith('+}') ? '(.+)' : '([^/]+?)'));
  return { rank: WILDCARD.exec(text)?.index === 0 ? 0 : 2, rest, names };
}

const nameOf = (hole: string): string => (hole === '*' ? ANONYMOUS_WILDCARD : hole.slice(1, -1).replace(/\+$/, ''));

function compilePattern(text: string, capture: (hole: string) => string): RegExp {
  const source = text
    .split(HOLE)
    .map((part, index) => (index % 2 === 1 ? capture(part) : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${source}$`, 'i');
}

function matchSegments(wanted: readonly Segment[], given: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    if ('rest' in segment)
      return matchPattern(segment.rest, segment.names, given.slice(index).join('/'), parameters) ? parameters : undefined;
    const text = given[index];
    if (text === undefined || text === '' || !matchSegment(segment, text, parameters)) return undefined;
  }
  return given.length === wanted.length ? parameters : undefined;
}

function matchSegment(segment: Exclude<Segment, { rest: RegExp }>, text: string, parameters: Record<string, string>): boolean {
  if (segment.rank === 3) return text.toLowerCase() === segment.literal;
  if (segment.rank === 2) return matchPattern(segment.pattern, segment.names, text, parameters);
  parameters[segment.name] = decode(text);
  return true;
}

function matchPattern(pattern: RegExp, names: readonly string[], text: string, parameters: Record<string, string>): boolean {
  const groups = pattern.exec(text);
  if (groups === null) return false;
  for (const [index, name] of names.entries()) parameters[name] = decode(groups[index + 1] ?? '');
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
