import type { Span } from './compare-text.ts';

/** Compares bytes place by place; those of another length differ as a whole. */
export function compareBytes(left: Buffer, right: Buffer): readonly Span[] {
  if (left.equals(right)) return [];
  const common = { place: '', right: describeBytes(right) };
  const whole = { start: 0, end: left.length, ...common };
  if (left.length !== right.length) return [{ ...whole, kind: isAlike(left, right) ? 'value' : 'shape' }];
  const spans: Span[] = [];
  for (let index = 0; index < left.length; index += 1) {
    if (left[index] === right[index]) continue;
    const start = index;
    while (index < left.length && left[index] !== right[index]) index += 1;
    spans.push({ start, end: index, kind: 'value', ...common });
  }
  return spans;
}

/**
 * What is volatile between two answers of the monolith: around each difference its neighbors, because a time that is
 * written into a file differs in other places the next time; everything, where most differs (a compressed file).
 */
export function widenedBytes(spans: readonly Span[], length: number): readonly Span[] {
  const differing = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  const [first] = spans;
  if (first !== undefined && differing * MOST > length) return [{ ...first, start: 0, end: length }];
  return spans.map((span) => ({ ...span, start: Math.max(0, span.start - NEIGHBORS), end: Math.min(length, span.end + NEIGHBORS) }));
}

export const describeBytes = ({ length }: Buffer): string => `${length} bytes`;

const NEIGHBORS = 16;
const MOST = 4;

/** The same kind of file, as its first bytes say, and not much shorter or longer. */
const isAlike = (left: Buffer, right: Buffer): boolean =>
  left.subarray(0, 4).equals(right.subarray(0, 4)) && left.length <= 2 * right.length && right.length <= 2 * left.length;
