/** A top-level block of a schema: `model Order { … }`. */
export interface PrismaBlock {
  readonly keyword: string;
  readonly name: string;
  readonly offset: number;
  /** Fields and block attributes, comments left out, one statement each even when written over several lines. */
  readonly lines: readonly PrismaLine[];
}

export interface PrismaLine {
  readonly text: string;
  readonly offset: number;
}

/** Splits a schema into its blocks. Unknown text between blocks is skipped. */
export function readPrismaBlocks(source: string): readonly PrismaBlock[] {
  const text = blankComments(source);
  const blocks: PrismaBlock[] = [];
  const head = /^[ \t]*(\w+)[ \t]+(\w+)[^{}\n]*\{/gm;
  for (let match = head.exec(text); match !== null; match = head.exec(text)) {
    const start = match.index + match[0].length;
    const end = closingBrace(text, start);
    const offset = match.index + (match[0].length - match[0].trimStart().length);
    blocks.push({ keyword: match[1] ?? '', name: match[2] ?? '', offset, lines: readLines(text, start, end) });
    head.lastIndex = end;
  }
  return blocks;
}

/** Comments become spaces, so that offsets stay; `//` inside a string is none. */
const blankComments = (source: string): string =>
  source.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (match) =>
    match.startsWith('"') ? match : match.replace(/[^\n]/g, ' '),
  );

function closingBrace(text: string, start: number): number {
  for (const { character, index, depth } of walkCode(text, start)) if (character === '}' && depth < 0) return index;
  return text.length;
}

function readLines(text: string, start: number, end: number): readonly PrismaLine[] {
  const lines: PrismaLine[] = [];
  let lineStart = start;
  const finish = (index: number): void => {
    const line = text.slice(lineStart, index);
    if (line.trim() !== '') lines.push({ text: line.trim(), offset: lineStart + line.length - line.trimStart().length });
    lineStart = index + 1;
  };
  for (const { character, index, depth } of walkCode(text, start)) {
    if (index >= end) break;
    if (character === '\n' && depth === 0) finish(index);
  }
  finish(end);
  return lines;
}

/** Characters outside strings, with the depth of brackets after each. */
function* walkCode(text: string, start: number): Iterable<{ character: string; index: number; depth: number }> {
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    const character = text[index] ?? '';
    if (character === '"') {
      const close = /"(?:[^"\\\n]|\\.)*"?/y;
      close.lastIndex = index;
      index += (close.exec(text)?.[0].length ?? 1) - 1;
      continue;
    }
    if ('([{'.includes(character)) depth++;
    if (')]}'.includes(character)) depth--;
    yield { character, index, depth };
  }
}
