import type { CallSyntax, Expression, TypeSyntax } from '../model/file-syntax.ts';
import type { Evaluator } from './evaluator.ts';
import { instanceOfClass } from './instance-of-class.ts';
import { declarationAt, type LinkedFile } from './linked-file.ts';
import { awaited, type Environment, elementOf, NO_ENVIRONMENT, UNKNOWN, type Value } from './value.ts';

type Callee = Extract<Value, { kind: 'declaration' }>;
type Reference = Extract<TypeSyntax, { kind: 'reference' }>;

/** Types nested deeper than this tell nothing. */
const DEEPEST = 6;

/** What a function's type parameters mean at a call: as written there, else as the arguments show. */
export function environmentOfCall(
  e: Evaluator,
  { file, call, callee }: { readonly file: LinkedFile; readonly call: CallSyntax; readonly callee: Callee },
  argumentsOf: () => readonly Value[],
): Environment {
  const known = callee.environment ?? NO_ENVIRONMENT;
  const { typeParameters } = declarationAt(callee.file, callee.index);
  if (typeParameters === undefined || typeParameters.every((name) => known.has(name))) return known;
  const written = (call.typeArguments ?? []).map((type) => e.type(file, call.owner, type, NO_ENVIRONMENT));
  if (written.length > 0) return new Map([...known, ...typeParameters.map((name, index) => [name, written[index] ?? UNKNOWN] as const)]);
  return new Map([...known, ...inferTypeParameters(e, { file: callee.file, index: callee.index, typeParameters }, argumentsOf)]);
}

/** Meanings inside a function type: its own type parameters are unknown unless they were given. */
export function environmentOfSignature({ type, environment }: Extract<Value, { kind: 'structure' }>): Environment {
  const { typeParameters } = type.kind === 'function' ? type : {};
  const open = typeParameters?.filter((name) => !environment.has(name)) ?? [];
  return open.length === 0 ? environment : new Map([...environment, ...open.map((name) => [name, { kind: 'unknown' }] as const)]);
}

/** Values of a call's arguments but for functions written there: what those are given is asked while they are evaluated. */
export const settledArguments = (e: Evaluator, file: LinkedFile, call: CallSyntax): readonly Value[] =>
  call.arguments.map((argument) => (holdsFunction(argument) ? UNKNOWN : e.expression(file, call.owner, argument)));

function holdsFunction(expression: Expression): boolean {
  switch (expression.kind) {
    case 'function':
      return true;
    case 'object':
      return expression.properties.some(({ value }) => holdsFunction(value));
    case 'array':
      return expression.elements.some(holdsFunction);
    default:
      return false;
  }
}

export interface GenericFunction {
  readonly file: LinkedFile;
  /** The function, or the constructor of a generic class. */
  readonly index: number;
  readonly typeParameters: readonly string[];
}

/** Meanings of type parameters by the arguments that parameters of their types take. */
export function inferTypeParameters(e: Evaluator, generic: GenericFunction, argumentsOf: () => readonly Value[]): Map<string, Value> {
  const inference: Inference = { e, file: generic.file, owner: generic.index, typeParameters: generic.typeParameters, found: new Map() };
  let values: readonly Value[] | undefined;
  for (const [position, type] of parameterTypesOf(generic)) {
    if (!mentions(type, generic.typeParameters, 0)) continue;
    values ??= argumentsOf();
    unify(inference, type, values[position] ?? UNKNOWN, 0);
  }
  return inference.found;
}

function parameterTypesOf({ file, index }: GenericFunction): (readonly [number, TypeSyntax])[] {
  const { parameterTypes } = declarationAt(file, index);
  if (parameterTypes !== undefined) return parameterTypes.flatMap((type, position) => (type ? [[position, type] as const] : []));
  return (file.children[index] ?? []).flatMap((child) => {
    const { kind, type, position, bindingPath } = declarationAt(file, child);
    return kind === 'parameter' && type !== undefined && position !== undefined && bindingPath === undefined
      ? [[position, type] as const]
      : [];
  });
}

function mentions(type: TypeSyntax, names: readonly string[], depth: number): boolean {
  if (depth > DEEPEST) return false;
  const inner = (one: TypeSyntax | null | undefined): boolean => one != null && mentions(one, names, depth + 1);
  switch (type.kind) {
    case 'reference':
      return (type.name.length === 1 && names.includes(type.name[0] ?? '')) || type.arguments.some(inner);
    case 'array':
      return inner(type.element);
    case 'tuple':
      return type.elements.some(inner);
    case 'union':
    case 'intersection':
      return type.members.some(inner);
    case 'function':
      return inner(type.result);
    case 'object':
      return type.members.some((member) => inner(member.type));
    default:
      return false;
  }
}

interface Inference {
  readonly e: Evaluator;
  readonly file: LinkedFile;
  readonly owner: number;
  readonly typeParameters: readonly string[];
  readonly found: Map<string, Value>;
}

/** Lays a type beside the value that was passed for it; the first meaning found of a parameter stays. */
function unify(inference: Inference, type: TypeSyntax, value: Value, depth: number): void {
  if (value.kind === 'unknown' || depth > DEEPEST) return;
  const { e, typeParameters, found } = inference;
  switch (type.kind) {
    case 'reference': {
      const [name, second] = type.name;
      if (name === undefined) break;
      if (second !== undefined || !typeParameters.includes(name)) unifyReference(inference, type, value, depth);
      else if (!found.has(name)) found.set(name, value);
      break;
    }
    case 'array':
      unify(inference, type.element, e.member(value, '[]'), depth + 1);
      break;
    case 'tuple':
      type.elements.forEach((element, index) => {
        unify(inference, element, e.member(value, String(index)), depth + 1);
      });
      break;
    case 'union':
    case 'intersection':
      // `T | Promise<T>`: what has a form of its own says more than the bare name.
      for (const member of sortedByForm(type.members)) unify(inference, member, value, depth + 1);
      break;
    case 'function':
      if (type.result !== undefined) unify(inference, type.result, resultOf(e, value), depth + 1);
      break;
    case 'object':
      for (const { name, type: member } of type.members)
        if (member !== undefined) unify(inference, member, e.member(value, name), depth + 1);
      break;
  }
}

const sortedByForm = (members: readonly TypeSyntax[]): readonly TypeSyntax[] => [
  ...members.filter((member) => member.kind !== 'reference' || member.arguments.length > 0),
  ...members.filter((member) => member.kind === 'reference' && member.arguments.length === 0),
];

/** What a function gives; the type of a constructor reads the same, and a class gives its instance. */
const resultOf = (e: Evaluator, value: Value): Value =>
  isClass(value)
    ? instanceOfClass(value)
    : value.kind === 'declaration' || value.kind === 'structure'
      ? e.resultOf(value, () => [], false)
      : UNKNOWN;

const isClass = (value: Value): boolean => value.kind === 'declaration' && declarationAt(value.file, value.index).kind === 'class';

function unifyReference(inference: Inference, type: Reference, value: Value, depth: number): void {
  const [first] = type.arguments;
  if (first === undefined) return;
  const { e, file, owner } = inference;
  const [root = ''] = type.name;
  const binding = e.lookup(file, owner, root, 'type');
  if (binding.kind === 'global') {
    unifyGlobal(inference, type, value, depth);
  } else if (binding.kind !== 'declaration') {
    // `Type<T>`, `ClassConstructor<T>` of a package.
    if (isClass(value)) unify(inference, first, instanceOfClass(value), depth + 1);
  } else if (value.kind === 'instance' && value.file === binding.file && value.index === binding.index) {
    type.arguments.forEach((argument, index) => {
      unify(inference, argument, value.arguments[index] ?? UNKNOWN, depth + 1);
    });
  } else {
    unifyAlias(inference, type, { file: binding.file, index: binding.index, value, depth });
  }
}

function unifyGlobal(inference: Inference, type: Reference, value: Value, depth: number): void {
  const [first, second] = type.arguments;
  if (first === undefined) return;
  switch (type.name[0]) {
    case 'Promise':
    case 'PromiseLike':
      if (value.kind === 'global-instance' && value.name === 'Promise') unify(inference, first, awaited(value), depth + 1);
      break;
    case 'Array':
    case 'ReadonlyArray':
    case 'Iterable':
    case 'Set':
    case 'ReadonlySet':
      unify(inference, first, elementOf(value), depth + 1);
      break;
    case 'Map':
    case 'Record':
      if (value.kind === 'global-instance' && value.name === type.name[0] && second !== undefined) {
        unify(inference, first, value.arguments[0] ?? UNKNOWN, depth + 1);
        unify(inference, second, value.arguments[1] ?? UNKNOWN, depth + 1);
      }
      break;
    case 'Partial':
    case 'Readonly':
    case 'Required':
    case 'NonNullable':
      unify(inference, first, value, depth + 1);
      break;
  }
}

/** A generic alias is what it stands for: its own parameters are inferred first. */
function unifyAlias(
  inference: Inference,
  { arguments: written }: Reference,
  { file, index, value, depth }: { readonly file: LinkedFile; readonly index: number; readonly value: Value; readonly depth: number },
): void {
  const { kind, type, typeParameters } = declarationAt(file, index);
  if (kind !== 'type-alias' || type === undefined || typeParameters === undefined) return;
  const inner: Inference = { ...inference, file, owner: index, typeParameters, found: new Map() };
  unify(inner, type, value, depth + 1);
  typeParameters.forEach((name, position) => {
    const argument = written[position];
    if (argument !== undefined) unify(inference, argument, inner.found.get(name) ?? UNKNOWN, depth + 1);
  });
}
