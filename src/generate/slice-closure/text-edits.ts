import { ts } from 'ts-morph';

/** Replaces a stretch of a text. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies edits that do not overlap; an edit inside a removed stretch is dropped. No two blank lines remain where code went. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((left, right) => left.start - right.start || insertionsFirst(left, right) || right.end - left.end);
  let output = '';
  let position = 0;
  for (const edit of sorted) {
    if (edit.start < position) continue;
    output += text.slice(position, edit.start) + edit.text;
    position = edit.end;
    if (edit.text !== '' || edit.end === edit.start) continue;
    position = skipBlankLines(text, position, output);
    if (/^[ \t]*[}\])]/.test(text.slice(position))) output = output.replace(/\n(?:[ \t]*\r?\n)+$/, '\n');
  }
  const rest = output + text.slice(position);
  return edits.length === 0 ? text : rest.replace(/\s+$/, text.includes('\r\n') ? '\r\n' : '\n').replace(/^(\s*\n)+/, '');
}

/** What is inserted where a stretch begins stands before it and does not go with it. */
const insertionsFirst = (left: TextEdit, right: TextEdit): number => Number(right.start === right.end) - Number(left.start === left.end);

/** After a removal that ended a line: blank lines that follow go, too, when one stands before it or a block begins there. */
function skipBlankLines(text: string, position: number, before: string): number {
  const atLineStart = before === '' || before.endsWith('\n');
  if (!atLineStart || !(before === '' || /\n[ \t]*\r?\n$/.test(before) || /[{[(]\s*$/.test(before))) return position;
  const blank = /^(?:[ \t]*\r?\n)+/.exec(text.slice(position));
  return position + (blank?.[0].length ?? 0);
}

/** The stretch to remove for a statement or member: its whole lines, with the comments that belong to it. */
export function wholeLines(file: ts.SourceFile, node: ts.Node): { readonly start: number; readonly end: number } {
  const text = file.text;
  const start = lineStart(text, attachedStart(file, node));
  const end = lineEnd(text, node.end);
  const alone = start !== undefined && end !== undefined;
  return alone ? { start, end } : { start: node.getStart(file), end: node.end };
}

/** Where the comments begin that stand directly above a node. */
function attachedStart(file: ts.SourceFile, node: ts.Node): number {
  const text = file.text;
  let start = node.getStart(file);
  const comments = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
  for (const comment of [...comments].reverse()) {
    const between = text.slice(comment.end, start);
    const isAttached = /^[ \t]*\r?\n?[ \t]*$/.test(between) && lineStart(text, comment.pos) !== undefined;
    if (!isAttached || comment.pos < node.getFullStart()) break;
    start = comment.pos;
  }
  return start;
}

/** Start of the line, when only blanks stand before the offset. */
function lineStart(text: string, offset: number): number | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return text.slice(start, offset).trim() === '' ? start : undefined;
}

/** Behind the line's end, when only blanks, punctuation or a comment follow. */
function lineEnd(text: string, offset: number): number | undefined {
  const rest = /^[ \t]*[,;]?[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[ \t]*)?(?:\r?\n|$)/.exec(text.slice(offset, offset + 2000));
  return rest === null ? undefined : offset + rest[0].length;
}
