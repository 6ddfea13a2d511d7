import { groupBy } from '../../lib/group.ts';
import { widenedBytes } from './compare-bytes.ts';
import { type Span, widened } from './compare-text.ts';
import type { Pieces } from './field-difference.ts';

/** What is volatile between two answers of the monolith, in order and without overlaps. */
export function learnSpans({ of, text, length, spans }: Pieces): readonly Span[] {
  if (of === 'text') return merge(spans, (span) => widened(text, span));
  return merge(of === 'bytes' ? widenedBytes(spans, length) : spans, (span) => span);
}

/** The volatile piece that has the span in it and was changed as much; found by halves, for there may be thousands. */
export function findLearnt({ start, end, kind }: Span, learnt: readonly Span[]): Span | undefined {
  let [low, high] = [0, learnt.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((learnt[middle]?.start ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  // Before the last one that begins early enough only one that ends where it begins can hold an insertion.
  for (let index = low - 1; index >= 0; index -= 1) {
    const one = learnt[index];
    if (one === undefined || one.end < start) return undefined;
    if (end <= one.end && RANKS[kind] <= RANKS[one.kind]) return one;
  }
  return undefined;
}

const RANKS: Readonly<Record<Span['kind'], number>> = { value: 0, shape: 1, missing: 2 };

/** The pieces that have text on the left and none on the right, by the differences in them. */
export function emptied(text: string, spans: readonly Span[], learnt: readonly Span[]): readonly Span[] {
  const groups = groupBy(spans, (span) => findLearnt(span, learnt));
  return [...groups].flatMap(([one, own]) => (one !== undefined && isEmptied(text, one, own) ? [one] : []));
}

function isEmptied(text: string, { start, end }: Span, spans: readonly Span[]): boolean {
  if (spans.some(({ right }) => right.trim() !== '') || isBlank(text, start, end)) return false;
  let at = start;
  for (const span of spans) {
    if (!isBlank(text, at, span.start)) return false;
    at = span.end;
  }
  return isBlank(text, at, end);
}

const isBlank = (text: string, start: number, end: number): boolean => !/\S/.test(text.slice(start, end));

/** Spans in order, each widened, those that overlap as one. */
function merge(spans: readonly Span[], widen: (span: Span) => Span): readonly Span[] {
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    // What lies in a cell that is volatile already is not widened again: a cell may be as long as the text.
    const isInside = last !== undefined && last.kind !== 'value' && last.start <= span.start && span.end <= last.end;
    let whole = isInside ? span : widen(span);
    for (let before = merged.at(-1); before !== undefined && isOverlapping(before, whole); before = merged.at(-1)) {
      whole = union(before, whole);
      merged.pop();
    }
    merged.push(whole);
  }
  return merged;
}

const isOverlapping = (before: Span, after: Span): boolean => after.start < before.end || after.start === before.start;

const union = (before: Span, after: Span): Span => ({
  ...before,
  start: Math.min(before.start, after.start),
  end: Math.max(before.end, after.end),
  kind: RANKS[before.kind] < RANKS[after.kind] ? after.kind : before.kind,
});
