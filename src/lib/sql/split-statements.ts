export interface SqlPiece {
  readonly text: string;
  /** UTF-16 offset of the first character that is no space. */
  readonly offset: number;
}

/** Splits a script at its semicolons; literals, comments, dollar quotes and the data lines of COPY are kept whole. */
export function splitStatements(script: string): readonly SqlPiece[] {
  const pieces: SqlPiece[] = [];
  let start = 0;
  const finish = (end: number): void => {
    const text = script.slice(start, end);
    const lead = text.length - text.trimStart().length;
    if (text.trim() !== '') pieces.push({ text: text.trim(), offset: start + lead });
    start = end + 1;
  };
  for (const match of script.matchAll(token)) {
    if (match[0] === ';' && match.index >= start) finish(match.index);
    else if (match[0].startsWith('\\')) {
      finish(match.index);
      start = match.index + match[0].length;
    }
  }
  finish(script.length);
  return pieces;
}

/** A semicolon, or something in which a semicolon ends nothing; a line that starts with a backslash is a command of psql. */
const token =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\/|\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$|^\\[^\n]*|(?<=from stdin[^\n]*;\n)[\s\S]*?^\\\.$|;/gim;
