/** Plain columns for a terminal: left-aligned, two spaces between; columns headed with a leading `>` are right-aligned. */
export function textTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const right = columns.map((column) => column.startsWith('>'));
  const cells = [columns.map((column) => column.replace(/^>/, '')), ...rows].map((row) => row.map(printable));
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => (row[index] ?? '').length)));
  return cells
    .map((row) =>
      row
        .map((cell, index) => align(cell, widths[index] ?? 0, right[index] ?? false))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Text without line breaks and control characters: names from the analysed code cannot steer the terminal. */
export const printable = (value: string): string => value.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trimEnd();

const align = (cell: string, width: number, right: boolean): string => (right ? cell.padStart(width) : cell.padEnd(width));
