import { compareText } from '../../lib/sort.ts';
import { describeValue, type FieldDifference } from './field-difference.ts';
import { withoutStackFrames } from './stack-frames.ts';

interface Place {
  readonly field: string;
  readonly pattern: string;
}

/** Compares two JSON values by structure: the order of members does not matter, the order of elements does. */
export function* compareJson(left: unknown, right: unknown, at: Place = { field: 'body', pattern: 'body' }): Generator<FieldDifference> {
  if (Object.is(left, right)) return;
  if (typeof left === 'string' && typeof right === 'string' && withoutStackFrames(left) === withoutStackFrames(right)) return;
  if (Array.isArray(left) && Array.isArray(right)) yield* compareArrays(left, right, at);
  else if (isObject(left) && isObject(right)) yield* compareObjects(left, right, at);
  else
    yield { ...at, kind: typeName(left) === typeName(right) ? 'value' : 'shape', left: describeValue(left), right: describeValue(right) };
}

function* compareArrays(left: readonly unknown[], right: readonly unknown[], at: Place): Generator<FieldDifference> {
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
    yield* compareJson(left[name], right[name], { field: `${at.field}.${name}`, pattern: `${at.pattern}.${name}` });
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const typeName = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
