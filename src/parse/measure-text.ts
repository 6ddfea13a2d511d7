/** What one look over the characters of a file tells before it is parsed. */
export interface TextShape {
  /** Offset at which each line starts. */
  readonly lineStarts: number[];
  /** Deepest nesting of brackets, those inside strings and comments counted too. */
  readonly nesting: number;
}

/** Line starts as TypeScript counts them (`\n`, `\r\n`, `\r`, and the two Unicode separators) and the bracket nesting. */
export function measureText(text: string): TextShape {
  const lineStarts = [0];
  let depth = 0;
  let nesting = 0;
  for (let offset = 0; offset < text.length; offset++) {
    switch (text.charCodeAt(offset)) {
      case 13: // \r
        if (text.charCodeAt(offset + 1) === 10) offset++;
        lineStarts.push(offset + 1);
        break;
      case 10: // \n
      case 0x2028:
      case 0x2029:
        lineStarts.push(offset + 1);
        break;
      case 40: // (
      case 91: // [
      case 123: // {
        if (++depth > nesting) nesting = depth;
        break;
      case 41: // )
      case 93: // ]
      case 125: // }
        if (depth > 0) depth--;
        break;
    }
  }
  return { lineStarts, nesting };
}
