import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** One path whose content would change; undefined stands for no file. */
export interface FileDifference {
  readonly path: string;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
}

/** A unified diff as `git apply` and people read it; files that are no text are named only. */
export const printDiff = (differences: readonly FileDifference[]): string => differences.map(printOne).join('');

function printOne({ path, before, after }: FileDifference): string {
  const [left, right] = [before === undefined ? '/dev/null' : `a/${path}`, after === undefined ? '/dev/null' : `b/${path}`];
  if (isBinary(before) || isBinary(after)) return `Binary files ${left} and ${right} differ\n`;
  return createTwoFilesPatch(left, right, textOf(before), textOf(after), undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}

const textOf = (bytes: Uint8Array | undefined): string => (bytes === undefined ? '' : Buffer.from(bytes).toString('utf8'));

const isBinary = (bytes: Uint8Array | undefined): boolean => bytes?.includes(0) ?? false;
