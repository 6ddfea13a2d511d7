/** 1-based line and column of an offset, given the offset at which each line starts. */
export function placeOf(lineStarts: readonly number[], offset: number): { readonly line: number; readonly column: number } {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}

/** Tells places of one file apart. */
export const placeKey = ({ line, column }: { readonly line: number; readonly column: number }): string => `${line}:${column}`;
