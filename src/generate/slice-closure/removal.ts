import type { ts } from 'ts-morph';

/** A stretch of a module that the slice leaves out, with what stands there instead. */
export interface Removal {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The statement or declarator that goes; absent for a link of a chain and other parts of an expression. */
  readonly node?: ts.Node;
}
