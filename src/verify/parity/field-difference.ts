import type { Span } from './compare-text.ts';
import { keptValue } from './kept-value.ts';

/** One place in which two responses differ. */
export interface FieldDifference {
  /** `status`, `header content-type`, `body.items[0].price`. */
  readonly field: string;
  /** The field with every position as `[*]`: what is volatile at one position is volatile at all. */
  readonly pattern: string;
  /** `value`: both have it in the same form; `shape`: only one has it, or another type. */
  readonly kind: 'value' | 'shape';
  readonly left: string;
  readonly right: string;
  /** Where in the left value, if that is compared piece by piece. */
  readonly pieces?: Pieces;
}

/** The differing pieces of a value. */
export interface Pieces {
  /** Bodies that are text or bytes, and texts that are addresses (`/books/7`). */
  readonly of: 'text' | 'bytes' | 'address';
  /** The left value; empty for bytes. */
  readonly text: string;
  /** Of the left value. */
  readonly length: number;
  readonly spans: readonly Span[];
}

export const ABSENT = '(absent)';

/** A value as a person reads it: shortened, secrets masked. */
export const describeValue = (value: unknown, field: string): string => (value === undefined ? ABSENT : keptValue(value, field));
