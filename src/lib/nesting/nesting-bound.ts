import { lineEnd } from './characters.ts';
import { readCode } from './read-code.ts';
import { readChildren, readTag } from './read-element.ts';
import { type ElementForm, type Scan, startScan, topOf } from './scan.ts';

export type { ElementForm };

/** Each level more doubles the time and the memory that the parser may take. */
const MOST_TRIED_TWICE = 10;

/**
 * A depth that no nesting of the code exceeds: of brackets, statements, operators, types and elements in each other. It
 * is told by one look over the text, without a parser: one that descends into what is deeper ends the process. Long
 * chains count as deep, and `Infinity` means that the look did not tell, or that a parser may try each level twice: what
 * follows a `<` as arguments of a type, and then as an operand.
 */
export function nestingBound(text: string, elements: ElementForm): number {
  const scan = startScan(text, elements);
  if (text.startsWith('#!')) scan.offset = lineEnd(text, 0);
  while (scan.offset < text.length) if (!readOn(scan)) return Number.POSITIVE_INFINITY;
  const top = topOf(scan);
  return top === 'tag' || top === 'children' || scan.mostAngled > MOST_TRIED_TWICE ? Number.POSITIVE_INFINITY : scan.deepest;
}

function readOn(scan: Scan): boolean {
  switch (topOf(scan)) {
    case 'tag':
      return readTag(scan);
    case 'children':
      return readChildren(scan);
    default:
      return readCode(scan);
  }
}
