export const isLineBreak = (code: number): boolean => code === 10 || code === 13 || code === 0x2028 || code === 0x2029;

export const SPACE = 1;
/** Letters, digits, `$`, `_`, and what private names and escapes begin with. */
export const WORD = 2;
/** Marks that do no more than join what stands beside them. */
export const LINK = 3;

const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const text = String.fromCharCode(code);
  return /\s/.test(text) ? SPACE : /[\w$#\\]/.test(text) ? WORD : '.=+*:?!&|~^%@>'.includes(text) ? LINK : 0;
});

/** What a character is for the nesting; 0 where that has to be asked. */
export const kindOf = (code: number): number => (code < 128 ? (kinds[code] ?? 0) : kindOfRare(code));

const rareSpaces = new Set([0xa0, 0x1680, 0x202f, 0x205f, 0x3000, 0xfeff, 0x2028, 0x2029]);

const rareWord = /[\p{ID_Continue}\ud800-\udfff]/u;

function kindOfRare(code: number): number {
  if (rareSpaces.has(code) || (code >= 0x2000 && code <= 0x200b)) return SPACE;
  return rareWord.test(String.fromCharCode(code)) ? WORD : LINK;
}

export const isSpace = (code: number): boolean => kindOf(code) === SPACE;
export const isWord = (code: number): boolean => kindOf(code) === WORD;

/** The offset at which a run of spaces ends. */
export function skipSpaces(text: string, from: number): number {
  let offset = from;
  while (offset < text.length && isSpace(text.charCodeAt(offset))) offset++;
  return offset;
}

/** The offset at which a word ends. */
export function skipWord(text: string, from: number): number {
  let offset = from;
  while (offset < text.length && isWord(text.charCodeAt(offset))) offset++;
  return offset;
}

/** The offset at which a line ends. */
export function lineEnd(text: string, from: number): number {
  let offset = from;
  while (offset < text.length && !isLineBreak(text.charCodeAt(offset))) offset++;
  return offset;
}
