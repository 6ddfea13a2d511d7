import { compareText, type Span } from './compare-text.ts';
import { describeValue, type FieldDifference } from './field-difference.ts';
import { byLine } from './lines.ts';

/** Compares two text bodies: one difference for each line of the left one, with all pieces that differ in it. */
export function* comparePages(left: string, right: string): Generator<FieldDifference> {
  for (const { start, number, items: spans } of byLine(left, compareText(left, right))) {
    const field = `body line ${number}`;
    const [before, after] = describeLine(left, start, spans);
    yield {
      field,
      pattern: 'body text',
      kind: spans.every(({ kind }) => kind === 'value') ? 'value' : 'shape',
      left: describeValue(before === '' ? undefined : before, field),
      right: describeValue(after === '' ? undefined : after, field),
      pieces: { of: 'text', text: left, length: left.length, spans },
    };
  }
}

/** Text of a long line that is told before its first difference. */
const LEAD = 40;

/** The line from a little before its first difference, in both forms. */
function describeLine(left: string, start: number, spans: readonly Span[]): readonly [before: string, after: string] {
  const last = spans.at(-1)?.end ?? start;
  const newline = left.indexOf('\n', Math.max(start, last - 1));
  const end = newline < 0 ? left.length : Math.max(newline, last);
  const first = spans[0]?.start ?? start;
  const from = end - start > 3 * LEAD ? Math.max(start, openTag(left, Math.max(start, first - LEAD))) : start;
  let [after, at] = ['', from];
  for (const span of spans) {
    after += left.slice(at, span.start) + span.right;
    at = span.end;
  }
  return [left.slice(from, end).trimEnd(), (after + left.slice(at, end)).trimEnd()];
}

/** Where the tag begins that is open there: its name says whether its value may be shown. */
function openTag(text: string, at: number): number {
  const before = text.slice(Math.max(0, at - LONGEST_TAG), at);
  const tag = before.lastIndexOf('<');
  return tag > before.lastIndexOf('>') ? at - before.length + tag : at;
}

const LONGEST_TAG = 1_000;
