import type { Expression, TypeSyntax } from '../model/file-syntax.ts';
import type { LinkedFile } from './linked-file.ts';

/** Meanings of type parameters at one place. */
export type Environment = ReadonlyMap<string, Value>;

/** What an expression evaluates to, as far as declarations tell. */
export type Value =
  /** A function, class, enum, namespace, or a variable nothing more is known of. */
  | { readonly kind: 'declaration'; readonly file: LinkedFile; readonly index: number; readonly environment?: Environment }
  /** An instance of a class or interface of the program. */
  | { readonly kind: 'instance'; readonly file: LinkedFile; readonly index: number; readonly arguments: readonly Value[] }
  | {
      readonly kind: 'object';
      readonly file: LinkedFile;
      readonly owner: number;
      readonly expression: Extract<Expression, { kind: 'object' }>;
    }
  /** A value of a structural type: `{ find(): User }`, `(user: User) => void`. */
  | {
      readonly kind: 'structure';
      readonly file: LinkedFile;
      readonly owner: number;
      readonly type: TypeSyntax;
      readonly environment: Environment;
    }
  | { readonly kind: 'module'; readonly file: LinkedFile }
  | { readonly kind: 'external'; readonly package: string; readonly path: readonly string[] }
  | { readonly kind: 'external-instance'; readonly package: string; readonly path: readonly string[] }
  | { readonly kind: 'global'; readonly name: string }
  /** An instance of a global class: `Map`, `Promise`, `Array`; primitives are instances of their wrapper. */
  | { readonly kind: 'global-instance'; readonly name: string; readonly arguments: readonly Value[] }
  /** A method of such an instance, taken from it. */
  | { readonly kind: 'global-method'; readonly receiver: Extract<Value, { kind: 'global-instance' }>; readonly name: string }
  /** `fn.bind`: calling it gives the function. */
  | { readonly kind: 'binder'; readonly of: Value }
  | { readonly kind: 'union'; readonly options: readonly Value[] }
  | { readonly kind: 'unknown' };

export const UNKNOWN: Value = { kind: 'unknown' };
export const NOTHING: Value = { kind: 'global-instance', name: 'undefined', arguments: [] };
export const NO_ENVIRONMENT: Environment = new Map();

export const globalInstance = (name: string, ...typeArguments: readonly Value[]): Extract<Value, { kind: 'global-instance' }> => ({
  kind: 'global-instance',
  name,
  arguments: typeArguments,
});

export const STRING = globalInstance('String');
export const NUMBER = globalInstance('Number');
export const BOOLEAN = globalInstance('Boolean');

/** More options than this are not told apart. */
const MOST_OPTIONS = 12;

/** One of several values: nested unions flattened, absent values (`null`, `undefined`) and doubles dropped. */
export function unionOf(values: readonly Value[]): Value {
  const options: Value[] = [];
  for (const value of values) {
    for (const option of value.kind === 'union' ? value.options : [value]) {
      if (option !== NOTHING && !options.some((known) => sameValue(known, option))) options.push(option);
    }
  }
  if (options.length === 0) return values.length > 0 && values.every((value) => value === NOTHING) ? NOTHING : UNKNOWN;
  const [first] = options;
  if (options.length === 1 && first !== undefined) return first;
  return { kind: 'union', options: options.slice(0, MOST_OPTIONS) };
}

function sameValue(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left.kind !== right.kind) return false;
  switch (left.kind) {
    case 'declaration':
    case 'instance':
      return (right.kind === 'declaration' || right.kind === 'instance') && left.file === right.file && left.index === right.index;
    case 'object':
      return right.kind === 'object' && left.expression === right.expression;
    case 'module':
      return right.kind === 'module' && left.file === right.file;
    case 'external':
    case 'external-instance':
      return (
        (right.kind === 'external' || right.kind === 'external-instance') &&
        left.package === right.package &&
        left.path.join('\0') === right.path.join('\0')
      );
    case 'global':
    case 'global-instance':
      return (right.kind === 'global' || right.kind === 'global-instance') && left.name === right.name && left.kind === 'global';
    case 'unknown':
      return true;
    default:
      return false;
  }
}

export const optionsOf = (value: Value): readonly Value[] => (value.kind === 'union' ? value.options : [value]);

/** What `await` gives. */
export function awaited(value: Value): Value {
  switch (value.kind) {
    case 'global-instance':
      return value.name === 'Promise' ? awaited(value.arguments[0] ?? UNKNOWN) : value;
    case 'union':
      return unionOf(value.options.map(awaited));
    default:
      return value;
  }
}

export const promiseOf = (value: Value): Value => globalInstance('Promise', awaited(value));

/** What iterating over a value gives. */
export function elementOf(value: Value): Value {
  switch (value.kind) {
    case 'global-instance':
      return elementOfGlobal(value);
    case 'external-instance':
      return { ...value, path: [...value.path, '[]'] };
    case 'union':
      return unionOf(value.options.map(elementOf));
    default:
      return UNKNOWN;
  }
}

function elementOfGlobal(value: Extract<Value, { kind: 'global-instance' }>): Value {
  switch (value.name) {
    case 'Array':
    case 'Set':
      return value.arguments[0] ?? UNKNOWN;
    case 'Map':
      return globalInstance('Tuple', ...value.arguments);
    case 'Tuple':
      return unionOf(value.arguments);
    case 'String':
      return STRING;
    default:
      return UNKNOWN;
  }
}
