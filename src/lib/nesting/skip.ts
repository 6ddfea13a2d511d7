import { isLineBreak, lineEnd } from './characters.ts';

/** The offset after a comment that begins there; the same offset when none does, -1 when it does not end. */
export function afterComment(text: string, from: number): number {
  const next = text.charCodeAt(from + 1);
  if (next === 47) return lineEnd(text, from + 2);
  if (next !== 42) return from;
  const end = text.indexOf('*/', from + 2);
  return end < 0 ? -1 : end + 2;
}

/** The offset after a text in quotes; -1 when the line ends before it. */
export function afterString(text: string, from: number): number {
  const quote = text.charCodeAt(from);
  for (let offset = from + 1; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === quote) return offset + 1;
    if (code === 92) offset += text.startsWith('\r\n', offset + 1) ? 2 : 1;
    else if (code === 10 || code === 13) return -1;
  }
  return -1;
}

/** The offset after a pattern between slashes; -1 when the line ends before it. */
export function afterPattern(text: string, from: number): number {
  let isInClass = false;
  for (let offset = from + 1; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (isLineBreak(code)) return -1;
    if (code === 92) offset++;
    else if (code === 91) isInClass = true;
    else if (code === 93) isInClass = false;
    else if (code === 47 && !isInClass) return offset + 1;
  }
  return -1;
}

/** The offset after the text of a template up to a hole or its end, and which of the two; undefined when it does not end. */
export function afterTemplateText(text: string, from: number): { readonly offset: number; readonly isHole: boolean } | undefined {
  for (let offset = from; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 92) offset++;
    else if (code === 96) return { offset: offset + 1, isHole: false };
    else if (code === 36 && text.charCodeAt(offset + 1) === 123) return { offset: offset + 2, isHole: true };
  }
  return undefined;
}

/** Whether a slash means the same for the nesting, be it a division or the begin of a pattern. */
export function isSameEitherWay(text: string, from: number): boolean {
  const rest = text.slice(from + 1, lineEnd(text, from + 1));
  const end = rest.indexOf('/');
  return end < 0 || !/[\\'"`()[\]{}*]/.test(rest.slice(0, end + 2));
}
