import type { TypeSyntax } from '../model/file-syntax.ts';
import { enclosingClass } from './evaluate-expression.ts';
import type { Binding, Evaluator } from './evaluator.ts';
import { instanceOfClass } from './instance-of-class.ts';
import { declarationAt, type LinkedFile } from './linked-file.ts';
import { importBinding } from './lookup.ts';
import { awaited, type Environment, elementOf, globalInstance, NOTHING, UNKNOWN, unionOf, type Value } from './value.ts';

type ReferenceType = Extract<TypeSyntax, { kind: 'reference' }>;

/** A value of a type. */
export function evaluateType(e: Evaluator, file: LinkedFile, owner: number, type: TypeSyntax, environment: Environment): Value {
  switch (type.kind) {
    case 'reference':
      return referenceValue(e, file, owner, type, environment);
    case 'array':
      return globalInstance('Array', e.type(file, owner, type.element, environment));
    case 'tuple':
      return globalInstance('Tuple', ...type.elements.map((element) => e.type(file, owner, element, environment)));
    case 'union':
    case 'intersection':
      return unionOf(type.members.map((member) => e.type(file, owner, member, environment)));
    case 'function':
    case 'object':
      return { kind: 'structure', file, owner, type, environment };
    case 'query':
      return queryValue(e, file, owner, type.name);
    case 'indexed':
      return indexedValue(e, file, owner, type, environment);
    case 'import': {
      const [first, ...rest] = type.name;
      const binding = importBinding(e, file, type.import, first ?? '*', 'type');
      return typeOfBinding(e, withPath(binding, rest), typeArguments(e, file, owner, type.arguments, environment));
    }
    case 'literal':
      return globalInstance(typeof type.value === 'string' ? 'String' : typeof type.value === 'number' ? 'Number' : 'Boolean');
    case 'primitive':
      return primitiveValue(type.name);
    case 'other':
      return UNKNOWN;
  }
}

const wrappers: ReadonlyMap<string, string> = new Map([
  ['string', 'String'],
  ['number', 'Number'],
  ['boolean', 'Boolean'],
  ['symbol', 'Symbol'],
  ['bigint', 'BigInt'],
]);

function primitiveValue(name: string): Value {
  const wrapper = wrappers.get(name);
  if (wrapper !== undefined) return globalInstance(wrapper);
  return name === 'null' || name === 'undefined' || name === 'void' || name === 'never' ? NOTHING : UNKNOWN;
}

const typeArguments = (e: Evaluator, file: LinkedFile, owner: number, types: readonly TypeSyntax[], environment: Environment): Value[] =>
  types.map((type) => e.type(file, owner, type, environment));

function referenceValue(e: Evaluator, file: LinkedFile, owner: number, type: ReferenceType, environment: Environment): Value {
  const [root, ...rest] = type.name;
  if (root === undefined) return UNKNOWN;
  if (root === 'this') return thisType(file, owner);
  if (rest.length === 0) {
    const known = environment.get(root);
    if (known !== undefined && known !== UNKNOWN) return known;
    const holder = typeParameterHolder(file, owner, root);
    if (holder !== undefined) return boundOf(e, file, holder, root, environment);
    if (known !== undefined) return known;
  }
  const binding = e.lookup(file, owner, root, 'type');
  const values = () => typeArguments(e, file, owner, type.arguments, environment);
  if (binding.kind === 'global') return globalType(e, root, rest, values);
  return typeOfBinding(e, withPath(binding, rest), values());
}

function thisType(file: LinkedFile, owner: number): Value {
  const around = enclosingClass(file, owner);
  return around === undefined ? UNKNOWN : { kind: 'instance', file, index: around.index, arguments: [] };
}

/** The declaration around a place that has a type parameter of the name. */
function typeParameterHolder(file: LinkedFile, owner: number, name: string): number | undefined {
  for (let index = owner; index > 0; index = declarationAt(file, index).parent) {
    if (declarationAt(file, index).typeParameters?.includes(name)) return index;
  }
  return undefined;
}

/** A type parameter nothing is known of has at least the members of what it extends. */
function boundOf(e: Evaluator, file: LinkedFile, holder: number, name: string, environment: Environment): Value {
  const { typeParameters, typeBounds } = declarationAt(file, holder);
  const bound = typeBounds?.[typeParameters?.indexOf(name) ?? -1];
  if (!bound) return UNKNOWN;
  // `T extends Comparable<T>` asks for itself: that inner one is unknown for good.
  return e.type(file, holder, bound, new Map([...environment, [name, { kind: 'unknown' }]]));
}

function withPath(binding: Binding, path: readonly string[]): Binding {
  if (binding.kind === 'external') return { ...binding, path: [...binding.path, ...path] };
  return path.reduce<Binding>((of, name) => ({ kind: 'member', of, name }), binding);
}

/** A value of the type that a binding names. */
function typeOfBinding(e: Evaluator, binding: Binding, argumentsOfType: readonly Value[]): Value {
  switch (binding.kind) {
    case 'declaration':
      return typeOfDeclaration(e, binding.file, binding.index, argumentsOfType);
    case 'external':
      return { kind: 'external-instance', package: binding.package, path: binding.path };
    case 'member':
      return typeOfMember(e, binding, argumentsOfType);
    case 'module':
    case 'value':
    case 'global':
    case 'unknown':
      return UNKNOWN;
  }
}

/** `Namespace.Type`, `module.Type`. */
function typeOfMember(e: Evaluator, { of, name }: Extract<Binding, { kind: 'member' }>, argumentsOfType: readonly Value[]): Value {
  switch (of.kind) {
    case 'module':
      return typeOfBinding(e, e.exported(of.file, name, 'type'), argumentsOfType);
    case 'declaration':
      // An enum member as a type is a value of the enum; anything else is looked up inside the namespace.
      return declarationAt(of.file, of.index).kind === 'enum'
        ? globalInstance('primitive')
        : typeOfBinding(e, nested(of.file, of.index, name), argumentsOfType);
    case 'member': {
      const inner =
        of.of.kind === 'module'
          ? e.exported(of.of.file, of.name, 'type')
          : of.of.kind === 'declaration'
            ? nested(of.of.file, of.of.index, of.name)
            : undefined;
      return inner === undefined ? UNKNOWN : typeOfBinding(e, withPath(inner, [name]), argumentsOfType);
    }
    default:
      return UNKNOWN;
  }
}

function nested(file: LinkedFile, index: number, name: string): Binding {
  const found = file.names.get(index)?.get(name)?.[0];
  return found === undefined ? { kind: 'unknown' } : { kind: 'declaration', file, index: found };
}

function typeOfDeclaration(e: Evaluator, file: LinkedFile, index: number, argumentsOfType: readonly Value[]): Value {
  const declaration = declarationAt(file, index);
  switch (declaration.kind) {
    case 'class':
    case 'interface':
      return { kind: 'instance', file, index, arguments: argumentsOfType };
    case 'type-alias':
      return declaration.type === undefined
        ? UNKNOWN
        : e.type(file, index, declaration.type, bindTypeArguments(declaration.typeParameters ?? [], argumentsOfType));
    case 'enum':
      return globalInstance('primitive');
    // A name bound by `const X = require('x')` or `import X = N.Y` may stand for a class.
    case 'variable':
      return instanceOfClass(e.declaration(file, index), argumentsOfType);
    default:
      return UNKNOWN;
  }
}

export function bindTypeArguments(parameters: readonly string[], values: readonly Value[]): Environment {
  return new Map(parameters.map((name, position) => [name, values[position] ?? UNKNOWN]));
}

/** Utility types that keep the members we look for. */
const transparent = new Set(['Partial', 'Required', 'Readonly', 'NonNullable', 'Pick', 'Omit', 'NoInfer', 'DeepPartial']);

function globalType(e: Evaluator, root: string, rest: readonly string[], values: () => readonly Value[]): Value {
  const [first, second] = values();
  if (transparent.has(root)) return first ?? UNKNOWN;
  switch (root) {
    case 'ReadonlyArray':
    case 'Iterable':
    case 'IterableIterator':
    case 'AsyncIterable':
    case 'Generator':
    case 'AsyncGenerator':
      return globalInstance('Array', first ?? UNKNOWN);
    case 'ReadonlyMap':
      return globalInstance('Map', first ?? UNKNOWN, second ?? UNKNOWN);
    case 'ReadonlySet':
      return globalInstance('Set', first ?? UNKNOWN);
    case 'PromiseLike':
      return globalInstance('Promise', first ?? UNKNOWN);
    case 'Awaited':
      return awaited(first ?? UNKNOWN);
    case 'ReturnType':
      return first === undefined ? UNKNOWN : e.resultOf(first, () => [], false);
    case 'InstanceType':
      return first === undefined ? UNKNOWN : instanceOfClass(first);
    default:
      return globalInstance([root, ...rest].join('.'), ...(first === undefined ? [] : [first]), ...(second === undefined ? [] : [second]));
  }
}

function queryValue(e: Evaluator, file: LinkedFile, owner: number, name: readonly string[]): Value {
  const [root, ...rest] = name;
  if (root === undefined) return UNKNOWN;
  const start = root === 'this' ? thisType(file, owner) : e.bindingValue(e.lookup(file, owner, root, 'value'));
  return rest.reduce((value, property) => e.member(value, property), start);
}

/** `T['name']`, `T[number]`. */
function indexedValue(
  e: Evaluator,
  file: LinkedFile,
  owner: number,
  type: Extract<TypeSyntax, { kind: 'indexed' }>,
  environment: Environment,
): Value {
  const object = e.type(file, owner, type.object, environment);
  if (type.index.kind === 'literal' && type.index.value !== null) return e.member(object, String(type.index.value));
  return elementOf(object);
}
