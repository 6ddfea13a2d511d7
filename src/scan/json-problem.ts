import { parseSync } from 'oxc-parser';
import { lineStartsOf } from '../lib/line-starts.ts';
import { nestingBound } from '../lib/nesting/nesting-bound.ts';
import { placeOf } from '../lib/place.ts';
import type { ModuleId } from '../model/ids.ts';
import type { SourceLocation } from '../model/location.ts';

/** Where a text that is no JSON breaks: its first line when that is not known. */
export function jsonProblemAt(file: ModuleId, text: string): SourceLocation {
  // As an expression of the language JSON comes from: its parser tells the place, on every version of Node.
  const offset = mayBeDeep(text) ? 1 : (parseSync('data.ts', `(${text}\n)`).errors[0]?.labels[0]?.start ?? 1);
  return placeIn(file, text, offset - 1);
}

/** Deeper code may end the process: the parser calls itself for each level. */
const DEEPEST_BOUND = 600;

const mayBeDeep = (text: string): boolean => text.length > DEEPEST_BOUND && nestingBound(text, 'none') > DEEPEST_BOUND;

/** The place of an offset in a text. */
export const placeIn = (file: ModuleId, text: string, offset: number): SourceLocation => ({
  file,
  ...placeOf(lineStartsOf(text), Math.max(0, Math.min(offset, text.trimEnd().length))),
});
