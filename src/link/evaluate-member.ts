import type { Expression } from '../model/file-syntax.ts';
import { bindTypeArguments } from './evaluate-type.ts';
import type { Evaluator } from './evaluator.ts';
import { declarationAt, type LinkedFile } from './linked-file.ts';
import { moduleBinding } from './lookup.ts';
import { type Environment, elementOf, globalInstance, NO_ENVIRONMENT, optionsOf, UNKNOWN, unionOf, type Value } from './value.ts';

/** Classes deeper than this in a chain of `extends` are not followed (or the chain is a cycle). */
const DEEPEST_INHERITANCE = 32;

/** What `value.name` evaluates to. */
export function evaluateMember(e: Evaluator, value: Value, name: string): Value {
  switch (value.kind) {
    case 'instance':
      return instanceMember(e, value, name);
    case 'declaration':
      return declarationMember(e, value, name);
    case 'module':
      return e.bindingValue(moduleBinding(e, value.file, name, 'value'));
    case 'object':
      return objectMember(e, value, name);
    case 'structure':
      return structureMember(e, value, name);
    case 'external':
    case 'external-instance':
      return { ...value, path: [...value.path, name] };
    case 'global':
      return { kind: 'global', name: `${value.name}.${name}` };
    case 'global-instance':
      return globalMember(value, name);
    case 'union':
      return unionOf(value.options.map((option) => e.member(option, name)));
    case 'global-method':
    case 'binder':
    case 'unknown':
      return UNKNOWN;
  }
}

export interface FoundMember {
  readonly file: LinkedFile;
  readonly index: number;
  readonly environment: Environment;
}

/** Finds a member in a class or interface and what it extends; `external` when a package's class is reached first. */
export function findMember(
  e: Evaluator,
  start: Extract<Value, { kind: 'instance' }>,
  name: string,
  side: 'instance' | 'static',
): FoundMember | { readonly external: Value } | undefined {
  let current = start;
  for (let depth = 0; depth < DEEPEST_INHERITANCE; depth++) {
    const { file, index } = current;
    const environment = environmentOf(current);
    const own = ownMember(file, index, name, side);
    if (own !== undefined) return { file, index: own, environment };
    const next = nextInChain(e, current, environment);
    if (next.length > 1) return next.map((option) => findMember(e, option, name, side)).find((found) => found !== undefined);
    const [only] = next;
    if (only === undefined) {
      const external = externalBase(e, current);
      return external === undefined ? undefined : { external };
    }
    current = only;
  }
  return undefined;
}

function environmentOf({ file, index, arguments: values }: Extract<Value, { kind: 'instance' }>): Environment {
  const { typeParameters } = declarationAt(file, index);
  return typeParameters === undefined || values.length === 0 ? NO_ENVIRONMENT : bindTypeArguments(typeParameters, values);
}

function ownMember(file: LinkedFile, index: number, name: string, side: 'instance' | 'static'): number | undefined {
  let bodiless: number | undefined;
  for (const one of mergedDeclarations(file, index)) {
    for (const candidate of file.members.get(one)?.get(name) ?? []) {
      const { isStatic, kind, returns } = declarationAt(file, candidate);
      if ((isStatic === true) !== (side === 'static') || kind === 'constructor' || kind === 'setter') continue;
      if (returns !== undefined) return candidate;
      bodiless ??= candidate;
    }
  }
  return bodiless;
}

/** An interface may be declared several times in one file, and together with a class. */
function mergedDeclarations(file: LinkedFile, index: number): readonly number[] {
  const { binding, parent } = declarationAt(file, index);
  const same = binding === undefined ? undefined : file.names.get(parent)?.get(binding);
  return same === undefined || same.length < 2 ? [index] : [index, ...same.filter((other) => other !== index)];
}

type Instance = Extract<Value, { kind: 'instance' }>;

/** Instances of what a class or interface of the program extends. */
function nextInChain(e: Evaluator, { file, index }: Instance, environment: Environment): Instance[] {
  const declaration = declarationAt(file, index);
  if (declaration.kind === 'interface') {
    return (declaration.extendsTypes ?? [])
      .flatMap((type) => optionsOf(e.type(file, index, type, environment)))
      .filter((value) => value.kind === 'instance');
  }
  const base = e.baseOf(file, index);
  if (base?.kind !== 'declaration') return [];
  const typeArguments = (declaration.extendsTypes ?? []).map((type) => e.type(file, index, type, environment));
  return [{ kind: 'instance', file: base.file, index: base.index, arguments: typeArguments }];
}

function externalBase(e: Evaluator, { file, index }: Instance): Value | undefined {
  const declaration = declarationAt(file, index);
  if (declaration.kind === 'interface') {
    return (declaration.extendsTypes ?? [])
      .map((type) => e.type(file, index, type, NO_ENVIRONMENT))
      .find((value) => value.kind === 'external-instance');
  }
  const base = e.baseOf(file, index);
  if (base?.kind === 'external') return { ...base, kind: 'external-instance' };
  if (base?.kind === 'external-instance') return { ...base, path: [...base.path, '()'] };
  return base?.kind === 'global' ? globalInstance(base.name) : undefined;
}

function instanceMember(e: Evaluator, value: Instance, name: string): Value {
  const found = findMember(e, value, name, 'instance');
  if (found === undefined) return name === 'constructor' ? { kind: 'declaration', file: value.file, index: value.index } : UNKNOWN;
  if ('external' in found) return e.member(found.external, name);
  return e.declaration(found.file, found.index, found.environment);
}

function declarationMember(e: Evaluator, value: Extract<Value, { kind: 'declaration' }>, name: string): Value {
  const { file, index } = value;
  const declaration = declarationAt(file, index);
  switch (declaration.kind) {
    case 'class': {
      const found = findMember(e, { kind: 'instance', file, index, arguments: [] }, name, 'static');
      if (found !== undefined && !('external' in found)) return e.declaration(found.file, found.index);
      return found === undefined ? UNKNOWN : staticOfExternal(e, found.external, name);
    }
    case 'enum':
      return globalInstance('primitive');
    case 'namespace': {
      const inner = e.lookup(file, index, name, 'value');
      return inner.kind === 'declaration' && declarationAt(file, inner.index).parent === index ? e.bindingValue(inner) : UNKNOWN;
    }
    default:
      return functionMember(value, name);
  }
}

const staticOfExternal = (e: Evaluator, value: Value, name: string): Value =>
  value.kind === 'external-instance' ? { kind: 'external', package: value.package, path: [...value.path, name] } : e.member(value, name);

/** `fn.call(…)` and `fn.apply(…)` call the function, `fn.bind(…)` gives it. */
function functionMember(value: Extract<Value, { kind: 'declaration' }>, name: string): Value {
  if (declarationAt(value.file, value.index).kind === 'variable') return UNKNOWN;
  if (name === 'call' || name === 'apply') return value;
  return name === 'bind' ? { kind: 'binder', of: value } : UNKNOWN;
}

function objectMember(e: Evaluator, value: Extract<Value, { kind: 'object' }>, name: string): Value {
  const { properties } = value.expression;
  for (let position = properties.length - 1; position >= 0; position--) {
    const property = properties[position];
    if (property === undefined) continue;
    if (property.key === name) return propertyValue(e, value, property.value);
    if (property.key === undefined && property.value.kind === 'spread') {
      const spread = e.member(e.expression(value.file, value.owner, property.value.value), name);
      if (spread.kind !== 'unknown') return spread;
    }
  }
  return UNKNOWN;
}

function propertyValue(e: Evaluator, { file, owner }: Extract<Value, { kind: 'object' }>, value: Expression): Value {
  if (value.kind === 'function' && declarationAt(file, value.declaration).kind === 'getter') return e.declaration(file, value.declaration);
  return e.expression(file, owner, value);
}

function structureMember(e: Evaluator, value: Extract<Value, { kind: 'structure' }>, name: string): Value {
  const { type, file, owner, environment } = value;
  if (type.kind !== 'object') return UNKNOWN;
  const named = type.members.filter((one) => one.name === name);
  const members = named.length > 0 ? named : type.members.filter((one) => one.name === '[]').slice(0, 1);
  // Signatures of one name are overloads.
  return unionOf(members.map((member) => (member.type === undefined ? UNKNOWN : e.type(file, owner, member.type, environment))));
}

function globalMember(value: Extract<Value, { kind: 'global-instance' }>, name: string): Value {
  const isIndex = name === '[]' || /^\d+$/.test(name);
  if (value.name === 'Tuple' && isIndex) return name === '[]' ? elementOf(value) : (value.arguments[Number(name)] ?? UNKNOWN);
  if (isIndex && (value.name === 'Array' || value.name === 'String')) return elementOf(value);
  // A record's values are reached by any name.
  if (value.name === 'Record') return value.arguments[1] ?? UNKNOWN;
  return name === 'length' || name === 'size' ? globalInstance('Number') : { kind: 'global-method', receiver: value, name };
}
