import { isSpace, kindOf, LINK, SPACE, skipWord, WORD } from './characters.ts';
import { openElement } from './read-element.ts';
import { close, type FrameKind, link, linkStatement, open, type Previous, type Scan, topOf } from './scan.ts';
import { afterComment, afterPattern, afterString, afterTemplateText, isSameEitherWay } from './skip.ts';
import { keyWordAt } from './word-roles.ts';

/** Reads code up to an element, or to the end; false where it cannot be told what stands there. */
export function readCode(scan: Scan): boolean {
  const { text, frames } = scan;
  while (scan.offset < text.length) {
    const code = text.charCodeAt(scan.offset);
    switch (kindOf(code)) {
      case SPACE:
        scan.offset++;
        break;
      case WORD:
        readWord(scan);
        break;
      case LINK:
        readLink(scan, code);
        break;
      default: {
        const depth = frames.length;
        if (!readMark(scan, code)) return false;
        if (frames.length !== depth && isElement(topOf(scan))) return true;
      }
    }
  }
  return true;
}

const isElement = (kind: FrameKind | undefined): boolean => kind === 'tag' || kind === 'children';

function readWord(scan: Scan): void {
  const { text, offset, previous } = scan;
  const end = skipWord(text, offset + 1);
  const keyWord = scan.afterDot ? undefined : keyWordAt(text, offset, end);
  const role = keyWord?.role;
  scan.offset = end;
  scan.afterDot = false;
  scan.keyWord = keyWord;
  if (role === 'operator' || role === 'continuation') scan.afterSemicolon = false;
  else beginOperand(scan, previous);
  scan.previous = keyWord === undefined ? 'operand' : keyWord.isReserved ? 'reserved' : 'word';
  if (role === 'statement' || role === 'continuation') linkStatement(scan);
  else if (role !== undefined) link(scan);
}

function readLink(scan: Scan, code: number): void {
  endStatement(scan);
  link(scan);
  scan.afterDot = code === 46;
  scan.previous = code === 33 ? afterExclamation(scan) : 'mark';
  scan.offset++;
}

/** `a!` is an operand as `a` is, `!` before one is a mark; in a new line it may be either. */
function afterExclamation({ text, offset, previous }: Scan): Previous {
  if (previous === 'mark' || previous === 'reserved' || previous === 'head' || text.charCodeAt(offset + 1) === 61) return 'mark';
  return previous === 'brace' || isSpace(text.charCodeAt(offset - 1)) ? 'word' : 'operand';
}

function endStatement(scan: Scan): void {
  if (!scan.afterSemicolon) return;
  scan.hasAngle = false;
  scan.statementLinks = 0;
  scan.afterSemicolon = false;
}

/** Two operands side by side are two statements, or two members: no chain goes from one to the other. */
function beginOperand(scan: Scan, previous: Previous): void {
  const isNew = previous === 'operand' || previous === 'brace';
  if (isNew || scan.afterSemicolon) scan.statementLinks = 0;
  if (isNew || previous === 'parenthesis') scan.links = 0;
  scan.afterSemicolon = false;
}

function readMark(scan: Scan, code: number): boolean {
  if (code === 47 /* / */) return readSlash(scan);
  endStatement(scan);
  scan.afterDot = false;
  switch (code) {
    case 40: // (
      return enter(scan, isBeforeHead(scan) ? 'head' : 'parenthesis');
    case 91: // [
      return enter(scan, 'bracket');
    case 123: // {
      return enter(scan, 'brace');
    case 41: // )
      return leave(scan, topOf(scan) === 'head' ? 'head' : 'parenthesis');
    case 93: // ]
      return leave(scan, 'bracket');
    case 125: // }
      return topOf(scan) === 'hole' ? leaveHole(scan) : leave(scan, 'brace');
    case 34: // "
    case 39: // '
      return skipTo(scan, afterString(scan.text, scan.offset));
    case 96: // `
      scan.offset++;
      return readTemplate(scan);
    case 60: // <
      return readAngle(scan);
    case 59: // ;
      scan.links = 0;
      scan.afterSemicolon = true;
      break;
    case 44: // ,
      scan.links = 0;
      break;
    case 45: // -
      if (scan.text.startsWith('-->', scan.offset)) return false;
      link(scan);
      break;
    default:
      link(scan);
  }
  scan.previous = 'mark';
  scan.offset++;
  return true;
}

const isBeforeHead = ({ keyWord, previous }: Scan): boolean =>
  keyWord?.hasHead === true && (previous === 'reserved' || previous === 'word');

function enter(scan: Scan, kind: FrameKind): boolean {
  open(scan, kind);
  scan.previous = 'mark';
  scan.offset++;
  return true;
}

const left: Readonly<Record<FrameKind, Previous>> = {
  brace: 'brace',
  parenthesis: 'parenthesis',
  head: 'head',
  bracket: 'operand',
  hole: 'operand',
  tag: 'operand',
  children: 'operand',
};

function leave(scan: Scan, kind: FrameKind): boolean {
  if (topOf(scan) !== kind) return false;
  close(scan);
  scan.previous = left[kind];
  scan.offset++;
  return true;
}

function leaveHole(scan: Scan): boolean {
  close(scan);
  scan.offset++;
  return readTemplate(scan);
}

function readTemplate(scan: Scan): boolean {
  const end = afterTemplateText(scan.text, scan.offset);
  if (end === undefined) return false;
  scan.offset = end.offset;
  if (end.isHole) open(scan, 'hole');
  else link(scan);
  scan.previous = end.isHole ? 'mark' : 'operand';
  return true;
}

function skipTo(scan: Scan, offset: number): boolean {
  if (offset < 0) return false;
  scan.offset = offset;
  scan.previous = 'operand';
  return true;
}

/** A comment, a pattern or a division. */
function readSlash(scan: Scan): boolean {
  const { text, offset, previous } = scan;
  const after = afterComment(text, offset);
  if (after < 0) return false;
  if (after > offset) {
    scan.offset = after;
    return true;
  }
  scan.afterDot = false;
  const isAfterMark = previous === 'mark' && !isRepeated(text, offset);
  if (isAfterMark || previous === 'reserved' || previous === 'head') return skipTo(scan, afterPattern(text, offset));
  if (previous !== 'operand' && previous !== 'parenthesis' && !isSameEitherWay(text, offset)) return false;
  link(scan);
  scan.previous = 'mark';
  scan.offset++;
  return true;
}

/** `a++ / b`: what stands before may end an operand. */
const isRepeated = (text: string, offset: number): boolean => /[+-]\s*$/.test(text.slice(Math.max(0, offset - 4), offset));

/** A comparison, the arguments of a type, or an element. */
function readAngle(scan: Scan): boolean {
  const { text, offset, previous, elements } = scan;
  if (text.startsWith('<!--', offset)) return false;
  const isOperator = /[<=]/.test(text.charAt(offset + 1));
  if (isOperator) scan.offset++;
  if (isOperator || elements === 'none' || previous === 'operand' || previous === 'parenthesis') {
    linkStatement(scan);
    scan.hasAngle ||= !isOperator;
    scan.previous = 'mark';
    scan.offset++;
    return true;
  }
  if (previous === 'brace' || previous === 'word') return false;
  return openElement(scan);
}
