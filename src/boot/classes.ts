import type { Class, MethodDefinition, PropertyDefinition, Statement } from 'oxc-parser';
import type { SymbolId } from '../model/ids.ts';
import { recordHolder } from './bindings.ts';
import { applyDecorators } from './decorators.ts';
import { makeFunction } from './functions.ts';
import { type Environment, type Machine, siteOf, unknownAt } from './machine.ts';
import { keyText } from './patterns.ts';
import { createScope } from './scope.ts';
import { type AccessorValue, type CallSite, type ClassValue, type InstanceValue, UNDEFINED, UNKNOWN, type Value } from './value.ts';

/** Makes the value of a class and runs its static part. */
export function makeClass(machine: Machine, node: Class, environment: Environment, givenName?: string): ClassValue {
  const { frame } = environment;
  const scope = createScope('block', environment.scope);
  const inner: Environment = { scope, frame };
  const name = node.id?.name ?? givenName ?? 'default';
  const superClass = node.superClass === null ? undefined : machine.evaluate(node.superClass, environment);
  const constructorMember = node.body.body.find(
    (member): member is MethodDefinition => isMethod(member) && member.kind === 'constructor' && member.value.body !== null,
  );
  const made: ClassValue = {
    kind: 'class',
    node,
    scope,
    module: frame.module,
    symbol: machine.names.ofClass(frame.module.id, node, frame.symbol, name),
    name,
    ...(superClass === undefined ? {} : { superClass }),
    statics: new Map(),
    prototype: new Map(),
    names: new Map(),
    fields: node.body.body.filter((member): member is PropertyDefinition => member.type === 'PropertyDefinition' && !member.static),
    ...(constructorMember === undefined ? {} : { constructorMember }),
  };
  if (node.id !== null) scope.bindings.set(node.id.name, { value: made, depth: machine.state.guards.length });
  made.prototype.set('constructor', made);
  addMethods(machine, made, inner);
  runStatics(machine, made, inner);
  applyDecorators(machine, made, inner);
  return made;
}

const isMethod = (member: Class['body']['body'][number]): member is MethodDefinition => member.type === 'MethodDefinition';

function addMethods(machine: Machine, made: ClassValue, environment: Environment): void {
  for (const member of made.node.body.body) {
    if (!isMethod(member) || member.kind === 'constructor' || member.value.body === null) continue;
    const name = keyText(machine, member.key, member.computed, environment);
    if (name === undefined) continue;
    const table = member.static ? made.statics : made.prototype;
    const value = makeFunction(machine, member.value, environment, { home: made, name, enclosing: made.symbol });
    table.set(name, member.kind === 'method' ? value : withAccessor(table.get(name), member.kind, value));
  }
}

/** Joins a getter or setter with its counterpart. */
export function withAccessor(known: Value | undefined, kind: 'get' | 'set', value: AccessorValue['get']): AccessorValue {
  const before: AccessorValue = known?.kind === 'accessor' ? known : { kind: 'accessor' };
  if (value === undefined) return before;
  return kind === 'get' ? { ...before, get: value } : { ...before, set: value };
}

function runStatics(machine: Machine, made: ClassValue, environment: Environment): void {
  const inner = withThis(environment, made, made);
  for (const member of made.node.body.body) {
    if (member.type === 'StaticBlock')
      machine.executeAll(member.body as readonly Statement[], { ...inner, scope: createScope('block', inner.scope) });
    if (member.type !== 'PropertyDefinition' || !member.static) continue;
    const name = keyText(machine, member.key, member.computed, inner);
    if (name === undefined) continue;
    const value = fieldValue(machine, member, inner, made, name);
    made.statics.set(name, value);
    recordHolder(machine, made.symbol, name, value);
  }
}

const withThis = (environment: Environment, thisValue: Value, home: ClassValue): Environment => ({
  scope: environment.scope,
  frame: { ...environment.frame, thisValue, home },
});

function fieldValue(machine: Machine, member: PropertyDefinition, environment: Environment, owner: ClassValue, name: string): Value {
  const { value } = member;
  if (value === null) return UNDEFINED;
  if (value.type === 'ArrowFunctionExpression' || value.type === 'FunctionExpression') {
    return makeFunction(machine, value, environment, { name, enclosing: owner.symbol });
  }
  return machine.evaluate(value, environment);
}

/** Evaluates `new` of a class of the program. */
export function constructClass(machine: Machine, callee: ClassValue, given: readonly Value[], site: CallSite): InstanceValue {
  const instance: InstanceValue = { kind: 'instance', class: callee, properties: new Map(), depth: machine.state.guards.length };
  runConstructor(machine, callee, instance, given, site);
  return instance;
}

/** Runs the constructor of a class, its own or inherited, on an instance: also what `super(…)` does. */
export function runConstructor(machine: Machine, callee: Value, instance: InstanceValue, given: readonly Value[], site: CallSite): void {
  // In a loop: classes that extend each other may be thousands.
  const derived: ClassValue[] = [];
  let first = callee;
  while (first.kind === 'class' && first.constructorMember === undefined) {
    derived.push(first);
    if (first.superClass === undefined) break;
    first = first.superClass;
  }
  if (first !== derived.at(-1)) runOwnConstructor(machine, first, instance, given, site);
  for (const made of derived.reverse()) initialiseFields(machine, made, instance, site);
}

function runOwnConstructor(machine: Machine, callee: Value, instance: InstanceValue, given: readonly Value[], site: CallSite): void {
  if (callee.kind !== 'class') {
    const made = callee.kind === 'unknown' ? UNKNOWN : machine.construct(callee, given, site);
    if (made.kind === 'library' || made.kind === 'external') instance.base = made;
    if (made.kind === 'object') for (const [name, value] of made.properties) instance.properties.set(name, value);
    return;
  }
  const { constructorMember, superClass } = callee;
  if (constructorMember === undefined) return;
  if (superClass === undefined) initialiseFields(machine, callee, instance, site);
  const environment = classEnvironment(callee, instance, callee.symbol);
  const member = makeFunction(machine, constructorMember.value, environment, {
    home: callee,
    name: 'constructor',
    enclosing: callee.symbol,
  });
  machine.callFunction(member, instance, given, site);
}

/** Gives an instance the fields that a class declares; after `super(…)` in a derived class. */
export function initialiseFields(machine: Machine, callee: ClassValue, instance: InstanceValue, site: CallSite): void {
  const { statement } = machine.state;
  const environment = classEnvironment(callee, instance, site.caller);
  for (const member of callee.fields) {
    const name = keyText(machine, member.key, member.computed, environment);
    if (name === undefined || member.declare === true) continue;
    if (member.value === null && instance.properties.has(name)) continue;
    machine.state.statement = member;
    const value =
      member.value === null ? unknownAt(machine, siteOf(environment, member)) : fieldValue(machine, member, environment, callee, name);
    instance.properties.set(name, value);
    recordHolder(machine, callee.symbol, name, value);
  }
  machine.state.statement = statement;
}

const classEnvironment = (callee: ClassValue, instance: InstanceValue, symbol: SymbolId): Environment => ({
  scope: callee.scope,
  frame: { module: callee.module, symbol, thisValue: instance, home: callee, returns: [], yields: [] },
});
