import { ANONYMOUS_WILDCARD } from '../../model/gateway-table.ts';

/** One segment of a path as an HTTP API understands it. */
export type PathSegment =
  | { readonly kind: 'static'; readonly text: string }
  | { readonly kind: 'parameter'; readonly name: string }
  /** Matches one or more segments; only at the end. */
  | { readonly kind: 'greedy'; readonly name: string };

/** The segments of `/orders/{id}/files/{path+}` or `/files/*`; undefined for what an HTTP API cannot express. */
export function parsePathPattern(path: string): readonly PathSegment[] | undefined {
  if (!path.startsWith('/')) return undefined;
  if (path === '/') return [];
  const segments = path.slice(1).split('/').map(parseSegment);
  const isWhole = segments.every((segment, index) => segment !== undefined && (segment.kind !== 'greedy' || index === segments.length - 1));
  return isWhole ? segments.filter((segment) => segment !== undefined) : undefined;
}

/** The pattern as a path again, every wildcard with its name. */
export const formatPathPattern = (pattern: readonly PathSegment[]): string => `/${pattern.map(formatSegment).join('/')}`;

/** The paths both patterns match, as one pattern; undefined when there are none. Static text wins over a parameter. */
export function intersectPatterns(left: readonly PathSegment[], right: readonly PathSegment[]): readonly PathSegment[] | undefined {
  const [first, ...leftRest] = left;
  const [second, ...rightRest] = right;
  if (first === undefined || second === undefined) return first === second ? [] : undefined;
  if (first.kind === 'greedy') return second.kind === 'greedy' || right.length > 0 ? right : undefined;
  if (second.kind === 'greedy') return left;
  if (first.kind === 'static' && second.kind === 'static' && first.text !== second.text) return undefined;
  const rest = intersectPatterns(leftRest, rightRest);
  return rest === undefined ? undefined : [first.kind === 'static' ? first : second, ...rest];
}

/** Two patterns that match the same paths have the same key, whatever their parameters are called. */
export const patternKey = (pattern: readonly PathSegment[]): string =>
  `/${pattern.map((segment) => (segment.kind === 'static' ? segment.text : segment.kind === 'greedy' ? '{+}' : '{}')).join('/')}`;

/** Parameters are whole segments; characters that mean something in a framework's own patterns are not taken for text. */
function parseSegment(segment: string): PathSegment | undefined {
  if (segment === '*') return { kind: 'greedy', name: ANONYMOUS_WILDCARD };
  const parameter = /^\{(?<name>[\w.-]+)(?<greedy>\+?)\}$/.exec(segment)?.groups;
  if (parameter?.name !== undefined) return { kind: parameter.greedy === '+' ? 'greedy' : 'parameter', name: parameter.name };
  return /^[\w.~!$&',;=:@%-]+$/.test(segment) ? { kind: 'static', text: segment } : undefined;
}

const formatSegment = (segment: PathSegment): string =>
  segment.kind === 'static' ? segment.text : segment.kind === 'greedy' ? `{${segment.name}+}` : `{${segment.name}}`;
