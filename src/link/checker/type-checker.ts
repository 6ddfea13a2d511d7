import type { ModuleId } from '../../model/ids.ts';

/** A declaration that a checker names, in a file of the analysed tree. */
export interface CheckedDeclaration {
  readonly file: ModuleId;
  /** Offset at which the declaration ends: where it begins depends on what counts as a comment of it. */
  readonly end: number;
}

/** What a checker says of a callee. */
export type CheckedCallee =
  | { readonly kind: 'inside'; readonly declarations: readonly CheckedDeclaration[] }
  /** Declared by a package or the runtime. */
  | { readonly kind: 'outside' }
  | { readonly kind: 'unknown' };

/** A type checker over the analysed tree: the port through which undecided calls are asked. */
export interface TypeChecker {
  /** What the names at the offsets of a file stand for, imports followed; parallel to the offsets. */
  calleesAt(file: ModuleId, offsets: readonly number[]): readonly CheckedCallee[];
  /** Where the functions are declared that the values at the offsets hold; parallel to the offsets. */
  functionsAt(file: ModuleId, offsets: readonly number[]): readonly (readonly CheckedDeclaration[])[];
  close(): void;
}
