import { type ElementForm, nestingBound } from '../lib/nesting/nesting-bound.ts';
import type { ModuleId } from '../model/ids.ts';

/** Far more than people write; the native parser's stack, whose end ends the process, holds four times as much. */
const DEEPEST_BOUND = 600;

/** So little text costs any parser little. */
const SHORTEST = 80;

/** Whether code may be nested so deeply that the parser, or a walk over its tree, does not come out of it. */
export const mayBeDeep = (path: ModuleId, text: string): boolean =>
  text.length > SHORTEST && nestingBound(text, elementsIn(path)) > DEEPEST_BOUND;

/** JSX stands in JavaScript of any name, but not in files that TypeScript calls `.ts`. */
function elementsIn(path: ModuleId): ElementForm {
  if (path.endsWith('.tsx')) return 'elements-and-types';
  return /\.[cm]?ts$/.test(path) ? 'none' : 'elements';
}
