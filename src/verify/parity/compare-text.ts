import { byLine, type Line } from './lines.ts';
import { type DifferingRange, differingRanges } from './sequence-difference.ts';
import { type TextToken, tokensOf } from './text-tokens.ts';

/** One place of a text or of bytes in which another differs. */
export interface Span {
  /** Half-open, in characters (or bytes) of the left one. Empty where the right one has something more. */
  readonly start: number;
  readonly end: number;
  /**
   * `value`: one token stands for another of the same form; `missing`: the right one has what code prints for a value that
   * is not there (`undefined`); `shape`: anything else.
   */
  readonly kind: 'value' | 'shape' | 'missing';
  /** The line with the forms of what differs in its place: the same place of another answer looks the same. `` for none. */
  readonly place: string;
  readonly right: string;
}

/** Compares two texts token by token. */
export function compareText(left: string, right: string): readonly Span[] {
  if (left === right) return [];
  const [before, after] = [tokensOf(left), tokensOf(right)];
  const offsets = offsetsOf(before);
  const ranges = tokenRanges(before, after);
  const spans = ranges.map((range) => {
    const [one, other] = [before.slice(...range.left), after.slice(...range.right)];
    const kind = kindOf(one, other);
    return {
      start: offsets[range.left[0]] ?? left.length,
      end: offsets[range.left[1]] ?? left.length,
      kind,
      right: textOf(other),
      form: kind === 'value' ? formsOf(one) : `${formsOf(one)} > ${formsOf(other)}`,
    };
  });
  return byLine(left, spans).flatMap((line) => {
    const place = placeOf(left, line);
    return line.items.map(({ form: _form, ...span }) => ({ ...span, place }));
  });
}

/**
 * A span of two answers of the monolith, widened to what must be called volatile with it: around typed values nothing;
 * around words, and where the number of tokens differs, the whole cell, because free text shares words by chance.
 */
export function widened(text: string, span: Span): Span {
  const differing = text.slice(span.start, span.end);
  if (span.kind === 'value' && tokensOf(differing).every(({ form }) => form !== 'word')) return span;
  // What begins or ends with the end of a cell has taken the whole cell already.
  const own = differing === '' ? span.right : differing;
  let { start, end } = span;
  while (!CELL_END.test(own.slice(0, 1)) && start > 0 && !CELL_END.test(text.charAt(start - 1))) start -= 1;
  while (!CELL_END.test(own.slice(-1)) && end < text.length && !CELL_END.test(text.charAt(end))) end += 1;
  return { ...span, start, end, kind: span.kind === 'value' ? 'shape' : span.kind };
}

/** Ends a cell: markup, quotes, the separators of tables and forms, lines. */
const CELL_END = /[<>"'`,;|&?={}[\]\t\r\n]/;

const kindOf = (left: readonly TextToken[], right: readonly TextToken[]): Span['kind'] => {
  if (isSameForm(left, right)) return 'value';
  return has(right, 'nothing') && !has(left, 'nothing') ? 'missing' : 'shape';
};

const has = (tokens: readonly TextToken[], wanted: string): boolean => tokens.some(({ form }) => form === wanted);

const formsOf = (tokens: readonly TextToken[]): string => tokens.map(({ form }) => form).join(' ');

/** Token for token when both have the same forms in the same order, which is most common; else by the shortest way. */
function tokenRanges(left: readonly TextToken[], right: readonly TextToken[]): readonly DifferingRange[] {
  if (
    left.length === right.length &&
    left.every(({ form, text }, index) => form === right[index]?.form && isFixed(form, text, right[index]))
  ) {
    return left.flatMap(({ text }, index) =>
      text === right[index]?.text ? [] : [{ left: [index, index + 1], right: [index, index + 1] }],
    );
  }
  return differingRanges(
    left.map(({ text }) => text),
    right.map(({ text }) => text),
  ).flatMap((range) => splitEvenly(range, left, right));
}

/** Signs are the skeleton of a text. */
const isFixed = (form: TextToken['form'], text: string, other: TextToken | undefined): boolean => form !== 'sign' || text === other?.text;

/** A range with the same forms on both sides is as many single differences. */
function splitEvenly(range: DifferingRange, left: readonly TextToken[], right: readonly TextToken[]): readonly DifferingRange[] {
  const [before, after] = [left.slice(...range.left), right.slice(...range.right)];
  if (!isSameForm(before, after)) return [range];
  return before.flatMap(({ text }, index) => {
    const [one, other] = [range.left[0] + index, range.right[0] + index];
    return text === after[index]?.text ? [] : [{ left: [one, one + 1], right: [other, other + 1] } as const];
  });
}

const isSameForm = (left: readonly TextToken[], right: readonly TextToken[]): boolean =>
  left.length === right.length && left.every(({ form, text }, index) => form === right[index]?.form && isFixed(form, text, right[index]));

function offsetsOf(tokens: readonly TextToken[]): readonly number[] {
  let offset = 0;
  return tokens.map(({ text }) => {
    const at = offset;
    offset += text.length;
    return at;
  });
}

const textOf = (tokens: readonly TextToken[]): string => tokens.map(({ text }) => text).join('');

/** A line with every difference in it replaced by its form. */
function placeOf(text: string, { start, end, items }: Line<Pick<Span, 'start' | 'end'> & { readonly form: string }>): string {
  const parts: string[] = [];
  let at = start;
  for (const one of items) {
    parts.push(text.slice(at, Math.max(at, one.start)), `\0${one.form}\0`);
    at = Math.max(at, one.end);
  }
  return [...parts, text.slice(at, Math.max(at, end))].join('');
}
