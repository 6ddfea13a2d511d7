import { groupBy } from '../lib/group.ts';
import type { RouteFact } from '../model/fact.ts';
import type { RouteId } from '../model/ids.ts';

export interface ObservedRequest {
  readonly method: string;
  /** The path as the framework has it (`/books/:id`), where the span says. */
  readonly route?: string;
  readonly path?: string;
}

/**
 * Finds the route of an observed request: by its template, parameter names aside, else by its path, where literal segments
 * come before parameters and these before wildcards.
 */
export function createRequestMatcher(routes: readonly RouteFact[]): (request: ObservedRequest) => RouteId | undefined {
  const byTemplate = new Map<string, RouteId>();
  for (const { id, method, path } of routes) {
    const key = `${method} ${shapeOf(path)}`;
    if (!byTemplate.has(key)) byTemplate.set(key, id);
  }
  const byMethod = groupBy(
    routes.map((route) => ({ route, segments: segmentsOf(route.path) })),
    ({ route }) => route.method,
  );
  const template = (method: string, route: string): RouteId | undefined => byTemplate.get(`${method} ${shapeOf(route)}`);

  const byPath = (method: string, path: string): RouteId | undefined => {
    const asked = segmentsOf(path);
    const fitting = (byMethod.get(method) ?? []).filter(({ segments }) => fits(segments, asked));
    return fitting.sort((left, right) => moreSpecific(left.segments, right.segments))[0]?.route.id;
  };

  return ({ method, route, path }) => {
    for (const tried of [...new Set([method, ...(method === 'HEAD' ? ['GET'] : []), 'ALL'])]) {
      const found = (route === undefined ? undefined : template(tried, route)) ?? (path === undefined ? undefined : byPath(tried, path));
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/** `/books/{id}`, `/books/:id` and `/books/[id]` are one. */
const shapeOf = (path: string): string =>
  `/${segmentsOf(path)
    .map((segment) => (isWildcard(segment) ? '*' : isParameter(segment) ? '{}' : segment.toLowerCase()))
    .join('/')}`;

const segmentsOf = (path: string): readonly string[] => path.split('/').filter((segment) => segment !== '');
const isWildcard = (segment: string): boolean => /^\*|\+\}$|^<|^\[\.\.\./.test(segment);
const isParameter = (segment: string): boolean => /[{:[]/.test(segment);

function fits(segments: readonly string[], asked: readonly string[]): boolean {
  const end = segments.findIndex(isWildcard);
  if (end === -1 ? segments.length !== asked.length : asked.length < end) return false;
  return segments.slice(0, end === -1 ? undefined : end).every((segment, index) => fitsSegment(segment, asked[index] ?? ''));
}

/** Of `{id}.json`, the end has to be there, too. */
function fitsSegment(segment: string, asked: string): boolean {
  const [first = '', ...others] = segment.toLowerCase().split(/\{[^}]*\}|\[[^\]]*\]|:\w+/);
  const last = others.pop();
  const text = asked.toLowerCase();
  if (last === undefined) return first === text;
  return text.length > first.length + last.length && text.startsWith(first) && text.endsWith(last);
}

/** The first segment in which two paths differ in kind decides. */
function moreSpecific(left: readonly string[], right: readonly string[]): number {
  const rank = (segment: string | undefined): number => (segment === undefined || isWildcard(segment) ? 2 : isParameter(segment) ? 1 : 0);
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = rank(left[index]) - rank(right[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}
