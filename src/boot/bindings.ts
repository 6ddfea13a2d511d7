import type { BindingPattern, Node } from 'oxc-parser';
import { MODULE_INIT, moduleOf, nameOf, type SymbolId, toSymbolId } from '../model/ids.ts';
import { join } from './join.ts';
import { type Environment, type Machine, mayStay, siteOf } from './machine.ts';
import { destructure, keyText } from './patterns.ts';
import { functionScope, lookUp } from './scope.ts';
import type { Binding, LibraryValue, Scope, Value } from './value.ts';

/** Hidden name of the binding that `export default` makes. */
export const DEFAULT_BINDING = '*default*';

export type DeclarationKind = 'lexical' | 'var' | 'parameter';

/** Declares the names of a pattern in the current scope and gives them their parts of a value. */
export function declarePattern(
  machine: Machine,
  pattern: BindingPattern | Node,
  value: Value,
  environment: Environment,
  kind: DeclarationKind,
): void {
  if (!isPattern(pattern)) return;
  destructure(machine, pattern, value, environment, (target, part) => {
    if (target.type === 'Identifier') declare(machine, environment, target.name, part, kind);
  });
}

const isPattern = (node: Node): node is BindingPattern =>
  node.type === 'Identifier' || node.type === 'ObjectPattern' || node.type === 'ArrayPattern' || node.type === 'AssignmentPattern';

export function declare(machine: Machine, environment: Environment, name: string, value: Value, kind: DeclarationKind): void {
  const scope = kind === 'var' ? functionScope(environment.scope) : environment.scope;
  const known = scope.bindings.get(name);
  const depth = machine.state.guards.length;
  if (kind === 'var' && known !== undefined) known.value = merged(machine, known, value);
  else scope.bindings.set(name, { value, depth });
  recordHolder(machine, environment.frame.symbol, name === DEFAULT_BINDING ? 'default' : name, value);
}

/** Gives a variable a new value; under a condition that may not have held at its declaration the old one stays possible. */
function assignName(machine: Machine, scope: Scope, name: string, value: Value, environment: Environment): void {
  const binding = lookUp(scope, name);
  if (binding === undefined || binding.live !== undefined) return;
  binding.value = merged(machine, binding, value);
  recordHolder(machine, environment.frame.symbol, name, value);
  const { module } = environment.frame;
  if (module.scope.bindings.get(name) === binding) recordHolder(machine, module.symbol, name, value);
}

const merged = (machine: Machine, { value: old, depth }: Binding, value: Value): Value => {
  if (old === undefined || (old.kind === 'constant' && (old.value === undefined || old.value === null))) return value;
  return mayStay(machine, depth, old, value) ? join([value, old]) : value;
};

/** Assigns to a name, a member, or the leaves of a pattern. */
export function assignTarget(machine: Machine, target: Node, value: Value, environment: Environment): void {
  switch (target.type) {
    case 'Identifier':
      assignName(machine, environment.scope, target.name, value, environment);
      return;
    case 'MemberExpression': {
      const object = machine.evaluate(target.object, environment);
      const name = keyText(machine, target.property, target.computed, environment);
      if (name !== undefined) machine.setMember(object, name, value, siteOf(environment, target));
      else storeUnnamed(object, value);
      return;
    }
    case 'ObjectPattern':
    case 'ArrayPattern':
    case 'AssignmentPattern':
      destructure(machine, target, value, environment, (leaf, part) => assignTarget(machine, leaf, part, environment));
      return;
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'ParenthesizedExpression':
      assignTarget(machine, target.expression, value, environment);
      return;
    default:
  }
}

/** `instances[name] = made`, of which the name is not known. */
function storeUnnamed(object: Value, value: Value): void {
  if (object.kind === 'array') object.complete = false;
  if (object.kind !== 'object') return;
  object.complete = false;
  const known = object.unnamed ?? [];
  if (value.kind !== 'unknown' && !known.includes(value) && known.length < MAXIMUM_UNNAMED) object.unnamed = [...known, value];
}

const MAXIMUM_UNNAMED = 16;

/** Remembers which variable or field holds a library object, and the members of a plain object that do. */
export function recordHolder(machine: Machine, owner: SymbolId, name: string, value: Value): void {
  if (machine.state.mode === 'exploring') return;
  for (const object of libraryObjects(value)) machine.recorder.binding(object.id, memberSymbol(owner, name));
  if (value.kind !== 'object' || value.properties.size > 50) return;
  for (const [inner, member] of value.properties) {
    for (const object of libraryObjects(member)) machine.recorder.binding(object.id, memberSymbol(memberSymbol(owner, name), inner));
  }
}

/** Remembers that a member, which code calls or calls something on, holds a library object. */
export function recordMember(machine: Machine, value: Value, node: Node, environment: Environment): void {
  if (node.type !== 'MemberExpression' || !mayHoldLibrary.has(value.kind)) return;
  for (const object of libraryObjects(value)) machine.recorder.member(object.id, siteOf(environment, node));
}

const mayHoldLibrary: ReadonlySet<Value['kind']> = new Set(['library', 'instance', 'promise', 'union']);

function libraryObjects(value: Value): readonly LibraryValue[] {
  if (value.kind === 'library') return [value];
  if (value.kind === 'instance') return value.base?.kind === 'library' ? [value.base] : [];
  if (value.kind === 'promise') return libraryObjects(value.value);
  if (value.kind === 'union') return value.options.flatMap(libraryObjects);
  return [];
}

export function memberSymbol(owner: SymbolId, name: string): SymbolId {
  const outer = nameOf(owner);
  return toSymbolId(moduleOf(owner), outer === MODULE_INIT ? name : `${outer}.${name}`);
}
