/**
 * What a word does to the nesting of the code around it. After an `operator` and a `prefix` an operand follows, a
 * `statement` word holds another statement, and a `continuation` goes on with the statement before it.
 */
export type WordRole = 'operator' | 'prefix' | 'statement' | 'continuation';

/** A word that says something of the nesting. */
export interface KeyWord {
  readonly text: string;
  readonly role: WordRole;
  /** It can be no name: what follows is no second operand of a division or a comparison. */
  readonly isReserved: boolean;
  /** A parenthesis after it holds the head of a statement. */
  readonly hasHead: boolean;
}

/** More than any of them is long. */
const LENGTHS = 12;

const words = (role: WordRole, text: string): (readonly [string, WordRole])[] => text.split(' ').map((word) => [word, role]);

const roles: ReadonlyMap<string, WordRole> = new Map([
  ...words('operator', 'in instanceof as satisfies extends implements is of from'),
  ...words('prefix', 'typeof void delete await yield new return throw case default export import function class var let const'),
  ...words('prefix', 'break continue try switch'),
  ...words('prefix', 'keyof readonly unique infer abstract asserts async interface type enum namespace module declare global using'),
  ...words('statement', 'if for with do'),
  ...words('continuation', 'else while catch finally'),
]);

const reserved: ReadonlySet<string> = new Set(
  'in instanceof extends typeof void delete new return throw case default export import function class var const if for with do else while'.split(
    ' ',
  ),
);

const heads: ReadonlySet<string> = new Set(['if', 'for', 'while', 'with', 'await']);

/** By first letter and length: almost no other word has to be compared. */
const byShape: readonly KeyWord[][] = Array.from({ length: 26 * LENGTHS }, () => []);
for (const [text, role] of roles)
  byShape[shapeOf(text.charCodeAt(0), text.length)]?.push({ text, role, isReserved: reserved.has(text), hasHead: heads.has(text) });

/** The word that stands at a place, when it is one of them. */
export function keyWordAt(text: string, start: number, end: number): KeyWord | undefined {
  const first = text.charCodeAt(start);
  if (first < 97 || first > 122 || end - start >= LENGTHS) return undefined;
  const candidates = byShape[shapeOf(first, end - start)];
  if (candidates === undefined || candidates.length === 0) return undefined;
  for (const candidate of candidates) if (text.startsWith(candidate.text, start)) return candidate;
  return undefined;
}

function shapeOf(first: number, length: number): number {
  return (first - 97) * LENGTHS + length;
}
