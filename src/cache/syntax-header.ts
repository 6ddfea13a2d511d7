/** One file of a cache. */
export interface SyntaxEntry {
  readonly path: string;
  /** Hash of its text. */
  readonly hash: string;
  readonly extent: 'whole' | 'imports';
  /** What it looked like from outside when it was read; absent where that says nothing. */
  readonly stamp?: string;
}

/** What stands before the bytes of the files, in the order of the files. */
export interface SyntaxHeader {
  readonly version: string;
  readonly forms: readonly (readonly string[])[];
  readonly files: readonly (SyntaxEntry & { readonly length: number })[];
}

/** A whole file that we wrote has the form that its version says: only foreign ones have to be told apart. */
export const isSyntaxHeader = (value: unknown): value is SyntaxHeader =>
  typeof value === 'object' && value !== null && 'version' in value && 'forms' in value && 'files' in value;
