import type { ModuleId } from './ids.ts';

/** A place a person can open: 1-based line and column in a file of the analysed root. */
export interface SourceLocation {
  readonly file: ModuleId;
  readonly line: number;
  readonly column: number;
}

/** A stretch of one file: UTF-16 offsets, `end` exclusive, as JavaScript strings count. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A {@link Span} with its file: what the extractor keeps, drops or rewrites. */
export interface SourceSpan extends Span {
  readonly file: ModuleId;
}
