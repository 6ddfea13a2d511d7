import type { KeyWord } from './word-roles.ts';

/** What stands around the place that is looked at. `hole` is one of a template, `tag` and `children` belong to an element of JSX. */
export type FrameKind = 'brace' | 'parenthesis' | 'head' | 'bracket' | 'hole' | 'tag' | 'children';

/** What was read last: it tells a division from a pattern, and a comparison from an element. */
export type Previous = 'mark' | 'operand' | 'parenthesis' | 'head' | 'brace' | 'reserved' | 'word';

interface Frame {
  readonly kind: FrameKind;
  readonly outerLinks: number;
  readonly statementLinks: number;
  /** It stands behind a `<` of the code around it: perhaps inside arguments of a type. */
  readonly isAngled: boolean;
}

/** A look over a text from its begin to its end. */
export interface Scan {
  readonly text: string;
  /** Whether the text may hold elements, and whether it may hold type parameters before an arrow function. */
  readonly elements: ElementForm;
  readonly frames: Frame[];
  offset: number;
  previous: Previous;
  /** In code, the word that was read last; in a tag, where in it the scan stands. */
  keyWord: KeyWord | undefined;
  tagPart: 'begin' | 'name' | 'attribute' | 'value';
  /** Levels that all open frames stand for. */
  base: number;
  /** Links since the statement began: of statements in statements, and of types in types. */
  statementLinks: number;
  /** Links since the last comma. */
  links: number;
  afterDot: boolean;
  afterSemicolon: boolean;
  deepest: number;
  /** A `<` was read in the innermost frame since its statement began. */
  hasAngle: boolean;
  /** Open frames that stand behind one, and the most there were. */
  angled: number;
  mostAngled: number;
}

export type ElementForm = 'none' | 'elements' | 'elements-and-types';

export const startScan = (text: string, elements: ElementForm): Scan => ({
  text,
  elements,
  frames: [],
  offset: 0,
  previous: 'mark',
  keyWord: undefined,
  tagPart: 'begin',
  base: 0,
  statementLinks: 0,
  links: 0,
  afterDot: false,
  afterSemicolon: false,
  deepest: 0,
  hasAngle: false,
  angled: 0,
  mostAngled: 0,
});

export const topOf = (scan: Scan): FrameKind | undefined => scan.frames[scan.frames.length - 1]?.kind;

/** Something that may stand around all that follows in the statement, or up to the next comma. */
export function link(scan: Scan): void {
  scan.links++;
  noteDepth(scan);
}

export function linkStatement(scan: Scan): void {
  scan.statementLinks++;
  noteDepth(scan);
}

function noteDepth(scan: Scan): void {
  const depth = scan.base + scan.statementLinks + scan.links;
  if (depth > scan.deepest) scan.deepest = depth;
}

export function open(scan: Scan, kind: FrameKind): void {
  link(scan);
  const { links, statementLinks, hasAngle } = scan;
  scan.frames.push({ kind, outerLinks: links, statementLinks, isAngled: hasAngle });
  if (hasAngle) {
    scan.angled++;
    if (scan.angled > scan.mostAngled) scan.mostAngled = scan.angled;
  }
  scan.hasAngle = false;
  scan.base += links + statementLinks;
  scan.links = 0;
  scan.statementLinks = 0;
}

/** Leaves the innermost frame: the chain around it goes on. */
export function close(scan: Scan): void {
  const frame = scan.frames.pop();
  if (frame === undefined) return;
  scan.links = frame.outerLinks;
  scan.statementLinks = frame.statementLinks;
  scan.base -= frame.outerLinks + frame.statementLinks;
  scan.hasAngle = frame.isAngled;
  if (frame.isAngled) scan.angled--;
}
