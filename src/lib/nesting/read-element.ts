import { isSpace, isWord, skipSpaces, skipWord } from './characters.ts';
import { close, linkStatement, open, type Scan } from './scan.ts';
import { afterComment } from './skip.ts';

/** Reads on inside the tag of an element; false where it cannot be told what stands there. */
export function readTag(scan: Scan): boolean {
  const { text, offset } = scan;
  const code = text.charCodeAt(offset);
  if (isSpace(code)) {
    scan.offset++;
    return true;
  }
  if (isWord(code)) return readTagWord(scan);
  switch (code) {
    case 46: // .
    case 45: // -
    case 58: // :
    case 61: // =
      if (code === 61) scan.tagPart = 'value';
      scan.offset++;
      return true;
    case 34: // "
    case 39: // '
      scan.offset = text.indexOf(text.charAt(offset), offset + 1) + 1;
      return scan.offset > 0;
    case 123: // {
      scan.offset++;
      enterCode(scan);
      return true;
    case 60: // <
      return scan.tagPart === 'name' ? skipTypes(scan) : scan.tagPart === 'value' && openElement(scan);
    case 47: // /
      return readSlash(scan);
    case 62: // >
      scan.offset++;
      close(scan);
      open(scan, 'children');
      return true;
    case 44: // ,
      return isTypeParameter(scan) && leaveTypes(scan);
    default:
      return false;
  }
}

function readTagWord(scan: Scan): boolean {
  const { text, offset } = scan;
  const end = skipWord(text, offset);
  const word = text.slice(offset, end);
  scan.offset = end;
  if (word === 'extends' && isTypeParameter(scan)) return text.charAt(skipSpaces(text, end)) !== '=' && leaveTypes(scan);
  if (word === 'extends') return false;
  scan.tagPart = scan.tagPart === 'begin' ? 'name' : 'attribute';
  return true;
}

/** `<T,>() => …` and `<T extends Book>() => …`, which are no elements. */
const isTypeParameter = ({ tagPart, elements }: Scan): boolean => tagPart === 'name' && elements === 'elements-and-types';

function leaveTypes(scan: Scan): boolean {
  close(scan);
  linkStatement(scan);
  scan.offset++;
  scan.previous = 'mark';
  return true;
}

const plainTypes = /<[\w\s.,|&'"[\]]*>/y;

/** `<List<Book> …>`. */
function skipTypes(scan: Scan): boolean {
  plainTypes.lastIndex = scan.offset;
  if (!plainTypes.test(scan.text)) return false;
  scan.offset = plainTypes.lastIndex;
  return true;
}

function readSlash(scan: Scan): boolean {
  const after = afterComment(scan.text, scan.offset);
  if (after < 0) return false;
  if (after > scan.offset) {
    scan.offset = after;
    return true;
  }
  if (scan.text.charCodeAt(after + 1) !== 62) return false;
  scan.offset = after + 2;
  leaveElement(scan);
  return true;
}

const closingTag = /<\s*\/[\s\w.:$-]*>/y;

/** Reads on in the text between the tags of an element. */
export function readChildren(scan: Scan): boolean {
  const { text } = scan;
  let { offset } = scan;
  for (; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 123 || code === 60) break;
    // As text they are written otherwise.
    if (code === 125 || code === 62) return false;
  }
  scan.offset = offset;
  // What stands beside each other is in no chain.
  scan.links = 0;
  if (offset >= text.length) return false;
  if (text.charCodeAt(offset) === 123) {
    scan.offset++;
    enterCode(scan);
    return true;
  }
  closingTag.lastIndex = offset;
  if (!closingTag.test(text)) return openElement(scan);
  scan.offset = closingTag.lastIndex;
  leaveElement(scan);
  return true;
}

/** Opens an element at its `<`; false where no name follows. */
export function openElement(scan: Scan): boolean {
  const next = skipSpaces(scan.text, scan.offset + 1);
  const code = scan.text.charCodeAt(next);
  if (code !== 62 && !isWord(code)) return false;
  open(scan, 'tag');
  scan.tagPart = 'begin';
  scan.offset = next;
  return true;
}

function enterCode(scan: Scan): void {
  open(scan, 'brace');
  scan.previous = 'mark';
}

function leaveElement(scan: Scan): void {
  close(scan);
  scan.previous = 'operand';
  scan.tagPart = 'attribute';
}
