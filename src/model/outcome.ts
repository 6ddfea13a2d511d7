import type { Diagnostic } from './diagnostic.ts';

/** What every stage returns: its value, and what it could not know about the user's code. */
export interface Outcome<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}
