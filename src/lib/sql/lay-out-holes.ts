/**
 * What stands in a hole while the statement is parsed. The grammar decides: where a value is refused, a name is tried,
 * then nothing, an assignment, a row, a query.
 */
export const holeForms = [
  (hole: number) => `$${FIRST_HOLE + hole}`,
  (hole: number) => holeName(hole),
  () => '',
  (hole: number) => `${holeName(hole)} = 1`,
  () => '(1)',
  () => 'SELECT 1',
  () => 'AND true',
] as const;

/** Parameters from this number on are holes; nobody writes so many of his own. */
export const FIRST_HOLE = 9001;

const holeName = (hole: number): string => `banyan_hole_${hole}_x`;
const holePattern = /banyan_hole_(\d+)_x|\$9(\d{3})/g;

export interface LaidOutText {
  readonly text: string;
  /** UTF-16 offset of each hole. */
  readonly offsets: readonly number[];
}

/** The text between `parts` with the form chosen for each hole. */
export function layOutHoles(parts: readonly string[], forms: readonly number[]): LaidOutText {
  let text = parts[0] ?? '';
  const offsets: number[] = [];
  for (let hole = 0; hole + 1 < parts.length; hole++) {
    offsets.push(text.length);
    text += (isParameterNumber(text) ? '1' : formOf(hole, forms)) + (parts[hole + 1] ?? '');
  }
  return { text, offsets };
}

const formOf = (hole: number, forms: readonly number[]): string => (holeForms[forms[hole] ?? 0] ?? holeForms[0])(hole);

/** `$${values.length}`: the number of a parameter is counted at run time. */
const isParameterNumber = (textBefore: string): boolean => /(?<![$\w])\$$/.test(textBefore);

/** Holes that a name found in the tree was made of. */
export const holesIn = (name: string): readonly number[] =>
  [...name.matchAll(holePattern)].map((match) => (match[1] === undefined ? Number(`9${match[2]}`) - FIRST_HOLE : Number(match[1])));

/** The name as a person would write it, holes as `…`. */
export const withoutHoles = (name: string): string => name.replaceAll(holePattern, '…');
