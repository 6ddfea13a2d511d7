import { mayTakeLong } from '../lib/slow-pattern.ts';
import type { RouteFact } from '../model/fact.ts';
import type { PlannedRoute } from '../model/migration-plan.ts';

/**
 * Why a route cannot move that is asked after one whose path is not known: a gateway cannot hold back for the first what
 * it may answer. Paths that the first surely does not match are not held.
 */
export function createPathBlocks(routes: readonly RouteFact[]): (route: RouteFact) => PlannedRoute['blockedBy'] {
  const unknown = routes
    .filter(({ path, order, stays }) => order !== undefined && stays !== undefined && path.includes('<'))
    .toSorted((left, right) => (left.order ?? 0) - (right.order ?? 0));
  return (route) => {
    const { order } = route;
    if (order === undefined) return undefined;
    const first = unknown.find(
      (other) => (other.order ?? order) < order && meetsMethod(other.method, route.method) && mayMatch(other, route),
    );
    return first === undefined
      ? undefined
      : { text: `${first.id}, which stays, is asked before it and may match the same paths`, at: first.stays?.at ?? first.at };
  };
}

/** A route of GET answers HEAD, too. */
const meetsMethod = (first: string, later: string): boolean =>
  first === later || first === 'ALL' || later === 'ALL' || (first === 'GET' && later === 'HEAD');

function mayMatch({ path, pattern }: RouteFact, later: RouteFact): boolean {
  const asked = [...tokensOf(later.path), CLOSING_SLASH];
  if (pattern === undefined) return intersect(tokensOf(path), asked);
  const { below, source, flags } = pattern;
  const prefix = below === '/' ? '' : below;
  if (!intersect([...tokensOf(prefix), ...startOf(source)], asked)) return false;
  if (/[{}<*]/.test(`${prefix}${later.path}`) || mayTakeLong(source)) return true;
  const rest = later.path.slice(prefix.length);
  try {
    const expression = new RegExp(source, `${flags.replace(/[giy]/g, '')}i`);
    return [rest === '' ? '/' : rest, `${rest}/`].some((text) => expression.test(text));
  } catch {
    return true;
  }
}

/** What each text that an expression matches begins with, as far as it is spelled out: `/books/` of `^\/books\/(\d+)$`. */
function startOf(source: string): readonly Token[] {
  if (!source.startsWith('^') || source.includes('|')) return [ANY_TEXT];
  const found = /^\^((?:\\[/.-]|[\w/\-~%@!,;:=&])*)/.exec(source)?.[1] ?? '';
  const rest = source.slice(found.length + 1);
  if (rest === '$' || rest === '\\/?$') return characters(found.replaceAll('\\', ''));
  const sure = /^[?*{]/.test(rest) ? found.replace(/\\?.$/, '') : found;
  return [...characters(sure.replaceAll('\\', '')), ANY_TEXT];
}

/** One character of a path, `no-slash` or `any`, once or as often as one likes. */
interface Token {
  readonly character: string;
  readonly isRepeated: boolean;
}

const ANY_TEXT: Token = { character: 'any', isRepeated: true };
const CLOSING_SLASH: Token = { character: '/', isRepeated: true };
const PARAMETER: readonly Token[] = [
  { character: 'no-slash', isRepeated: false },
  { character: 'no-slash', isRepeated: true },
];

/** Express compares without regard to case. */
const characters = (text: string): readonly Token[] => Array.from(text.toLowerCase(), (character) => ({ character, isRepeated: false }));

/** A slash before a part that is not known may belong to it; so may the whole of it be missing. */
const tokensOf = (path: string): readonly Token[] =>
  (path === '/' ? '' : path).split(/(\/?<[^<>]*>|\/?\{\w+\+\}|\/?\*|\{\w+\})/).flatMap((part) => {
    if (/^\/?<|\+\}$|\*$/.test(part)) return [ANY_TEXT];
    return part.startsWith('{') ? PARAMETER : characters(part);
  });

/** Whether one text matches both. */
function intersect(left: readonly Token[], right: readonly Token[]): boolean {
  const seen = new Set<number>();
  const pending: (readonly [number, number])[] = [[0, 0]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [one, two] = next;
    const key = one * (right.length + 1) + two;
    if (seen.has(key)) continue;
    seen.add(key);
    const [first, second] = [left[one], right[two]];
    if (first === undefined && second === undefined) return true;
    if (first?.isRepeated === true) pending.push([one + 1, two]);
    if (second?.isRepeated === true) pending.push([one, two + 1]);
    if (first !== undefined && second !== undefined && isCommon(first.character, second.character))
      pending.push([first.isRepeated ? one : one + 1, second.isRepeated ? two : two + 1]);
  }
  return false;
}

function isCommon(left: string, right: string): boolean {
  if (left === right || left === 'any' || right === 'any') return true;
  return left === 'no-slash' ? right !== '/' : right === 'no-slash' && left !== '/';
}
