import { fieldOf } from '../../lib/field-of.ts';
import { compareText } from '../../lib/sort.ts';
import { compareAddresses } from './compare-addresses.ts';
import { describeValue, type FieldDifference } from './field-difference.ts';
import { withoutStackFrames } from './stack-frames.ts';
import { formOfText } from './text-tokens.ts';

interface Place {
  readonly field: string;
  readonly pattern: string;
}

/** Compares two JSON values by structure: the order of members does not matter, the order of elements does. */
export function* compareJson(left: unknown, right: unknown, at: Place = { field: 'body', pattern: 'body' }): Generator<FieldDifference> {
  if (Object.is(left, right)) return;
  if (typeof left === 'string' && typeof right === 'string') yield* compareStrings(left, right, at);
  else if (Array.isArray(left) && Array.isArray(right)) yield* compareArrays(left, right, at);
  else if (isObject(left) && isObject(right)) yield* compareObjects(left, right, at);
  else yield differ(left, right, at, typeName(left) === typeName(right) ? 'value' : 'shape');
}

/** How many values stand in it, those that a signed token says included: what the share of those compared is counted of. */
export function countValues(value: unknown): number {
  const token = typeof value === 'string' ? readToken(value) : undefined;
  if (token !== undefined) return countValues(token.head) + countValues(token.payload);
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, inner) => sum + countValues(inner), 0);
}

/** Two texts, of which a signed token is compared by what it says, and an address by its parts. */
export function* compareStrings(left: string, right: string, at: Place): Generator<FieldDifference> {
  if (left === right || withoutStackFrames(left) === withoutStackFrames(right)) return;
  const [before, after] = [readToken(left), readToken(right)];
  if (before !== undefined && after !== undefined) {
    const [head, payload] = [placeIn(at, '(head)'), placeIn(at, '(payload)')];
    if (before.signed === after.signed) yield differ(left, right, placeIn(at, '(signature)'), 'value');
    yield* compareJson(before.head, after.head, head);
    yield* compareJson(before.payload, after.payload, payload);
    return;
  }
  const pieces = compareAddresses(left, right);
  const kind = formOfText(left) === formOfText(right) && formOfText(left) !== 'nothing' ? 'value' : 'shape';
  yield { ...differ(left, right, at, kind), ...(pieces === undefined ? {} : { pieces }) };
}

const placeIn = ({ field, pattern }: Place, name: string): Place => ({ field: `${field} ${name}`, pattern: `${pattern} ${name}` });

/** Header and payload of a JSON web token. */
function readToken(text: string) {
  const [head = '', payload, signature] = text.split('.');
  if (!text.startsWith('eyJ') || payload === undefined || signature === undefined) return undefined;
  try {
    const [first, second] = [head, payload].map((part): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
    return { head: first, payload: second, signed: `${head}.${payload}` };
  } catch {
    return undefined;
  }
}

function* compareArrays(left: readonly unknown[], right: readonly unknown[], at: Place): Generator<FieldDifference> {
  const differences = [...compareInOrder(left, right, at)];
  // A list without an order of its own must not make the values in it volatile.
  if (differences.length > 0 && isReordered(left, right)) {
    const place = { field: `${at.field}.order`, pattern: `${at.pattern}.order` };
    yield differ(left, right, place, 'value');
  } else yield* differences;
}

/** Whether both have the very same elements. */
function isReordered(left: readonly unknown[], right: readonly unknown[]): boolean {
  if (left.length !== right.length) return false;
  const [before, after] = [left, right].map((list) => list.map(canonical).sort(compareText));
  return before?.every((text, index) => text === after?.[index]) === true;
}

/** The same text for values that are equal but for the order of members. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => compareText(one, other))) : inner,
  );

function* compareInOrder(left: readonly unknown[], right: readonly unknown[], at: Place): Generator<FieldDifference> {
  if (left.length !== right.length) {
    const place = { field: `${at.field}.length`, pattern: `${at.pattern}.length` };
    // An empty list has nothing to compare: that is never the ordinary change of a volatile length.
    const kind = left.length === 0 || right.length === 0 ? 'shape' : 'value';
    yield { ...place, kind, left: String(left.length), right: String(right.length) };
  }
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    yield* compareJson(left[index], right[index], { field: `${at.field}[${index}]`, pattern: `${at.pattern}[*]` });
  }
}

function* compareObjects(
  left: Readonly<Record<string, unknown>>,
  right: Readonly<Record<string, unknown>>,
  at: Place,
): Generator<FieldDifference> {
  for (const name of [...new Set([...Object.keys(left), ...Object.keys(right)])].sort(compareText)) {
    yield* compareJson(fieldOf(left, name), fieldOf(right, name), { field: `${at.field}.${name}`, pattern: `${at.pattern}.${name}` });
  }
}

const differ = (left: unknown, right: unknown, at: Place, kind: FieldDifference['kind']): FieldDifference => ({
  ...at,
  kind,
  left: describeValue(left, at.field),
  right: describeValue(right, at.field),
});

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const typeName = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
