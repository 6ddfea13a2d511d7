import type { Expression, TypeSyntax } from '../model/file-syntax.ts';
import type { ModuleId } from '../model/ids.ts';
import type { LinkedFile } from './linked-file.ts';
import type { Environment, Value } from './value.ts';

/** What a name is bound to, before anything is evaluated. */
export type Binding =
  | { readonly kind: 'declaration'; readonly file: LinkedFile; readonly index: number }
  | { readonly kind: 'module'; readonly file: LinkedFile }
  | { readonly kind: 'external'; readonly package: string; readonly path: readonly string[] }
  /** An exported expression without a declaration of its own. */
  | { readonly kind: 'value'; readonly file: LinkedFile; readonly expression: Expression }
  /** A member of an exported object: `module.exports = { find }` read by name. */
  | { readonly kind: 'member'; readonly of: Binding; readonly name: string }
  | { readonly kind: 'global'; readonly name: string }
  | { readonly kind: 'unknown' };

export type Meaning = 'value' | 'type';

/** The mutually recursive questions of the linker, joined in `create-evaluator.ts`. Every answer is memoised where it pays. */
export interface Evaluator {
  readonly files: ReadonlyMap<ModuleId, LinkedFile>;
  /** What a name means inside a declaration; `offset` tells blocks apart. */
  lookup(file: LinkedFile, owner: number, name: string, meaning: Meaning, offset?: number): Binding;
  exported(file: LinkedFile, name: string, meaning: Meaning): Binding;
  bindingValue(binding: Binding): Value;
  expression(file: LinkedFile, owner: number, expression: Expression): Value;
  /** What a use of the declaration's name evaluates to. */
  declaration(file: LinkedFile, index: number, environment?: Environment): Value;
  type(file: LinkedFile, owner: number, type: TypeSyntax, environment: Environment): Value;
  member(value: Value, name: string): Value;
  /** What a call (by index) returns. */
  callResult(file: LinkedFile, call: number): Value;
  /** What calling a value returns, with the values of its arguments. */
  resultOf(callee: Value, argumentsOf: () => readonly Value[], isConstruction: boolean): Value;
  /** The class an `extends` names, as a value. */
  baseOf(file: LinkedFile, index: number): Value | undefined;
  /** Classes and interfaces that say they implement or extend a class or interface. */
  implementations(file: LinkedFile, index: number): readonly { readonly file: LinkedFile; readonly index: number }[];
  /** Bodies that the classes below a type run under a name, each once. */
  bodiesBelow(file: LinkedFile, index: number, name: string): readonly { readonly file: LinkedFile; readonly index: number }[];
}
