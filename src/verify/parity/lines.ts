/** What starts in one line of a text. */
export interface Line<T> {
  /** Half-open, in characters, without the end of the line. */
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly number: number;
  readonly items: readonly T[];
}

/** Items in order of their starts by line, in one walk through the text. */
export function byLine<T extends { readonly start: number }>(text: string, items: readonly T[]): readonly Line<T>[] {
  const lines: (Line<T> & { readonly items: T[] })[] = [];
  let [start, end, number] = [0, endOfLine(text, 0), 1];
  for (const item of items) {
    while (item.start > end) {
      [start, end, number] = [end + 1, endOfLine(text, end + 1), number + 1];
    }
    const last = lines.at(-1);
    if (last?.number === number) last.items.push(item);
    else lines.push({ start, end, number, items: [item] });
  }
  return lines;
}

function endOfLine(text: string, start: number): number {
  const newline = text.indexOf('\n', start);
  return newline < 0 ? text.length : newline;
}
