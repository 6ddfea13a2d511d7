import type { Class, Decorator, MethodDefinition, Node, PropertyDefinition } from 'oxc-parser';
import { type Environment, type Machine, siteOf } from './machine.ts';
import { keyText } from './patterns.ts';
import {
  type CallSite,
  type ClassValue,
  constant,
  type DecoratedClass,
  type DecoratedMember,
  type DecoratorValue,
  isMissing,
  objectOf,
  UNDEFINED,
  UNKNOWN,
  type Value,
} from './value.ts';

/**
 * Evaluates the decorators of a class and remembers them; those that the program itself defines are called, members
 * first. What one of a package means its model says.
 */
export function applyDecorators(machine: Machine, made: ClassValue, environment: Environment): void {
  const { state } = machine;
  const inherits = made.superClass?.kind === 'class' && state.decorated.has(made.superClass);
  if (!inherits && !isDecorated(made.node)) return;
  const decorated = openRecord(machine, made);
  if (state.mode === 'booting') state.decorated.set(made, decorated);
  const outer = state.decorating;
  state.decorating = decorated;
  for (const member of made.node.body.body) if (isMember(member)) decorateMember(machine, decorated, member, environment);
  decorate(machine, { target: decorated.decorators, written: made.node.decorators, given: [made] }, environment);
  state.decorating = outer;
}

/** A class that a container made is told of, too. */
export function recordClass(machine: Machine, made: ClassValue): void {
  const { decorated, mode } = machine.state;
  if (mode === 'booting' && !decorated.has(made)) decorated.set(made, openRecord(machine, made));
}

function openRecord({ state }: Machine, made: ClassValue): DecoratedClass {
  const count = (state.decoratedValues.get(made.symbol) ?? 0) + 1;
  state.decoratedValues.set(made.symbol, count);
  return { class: made, id: count === 1 ? made.symbol : `${made.symbol}~${count}`, decorators: [], members: new Map() };
}

type DecoratedNode = MethodDefinition | PropertyDefinition;

const isMember = (member: Class['body']['body'][number]): member is DecoratedNode =>
  member.type === 'MethodDefinition' || member.type === 'PropertyDefinition';

const isDecorated = (node: Class): boolean =>
  node.decorators.length > 0 ||
  node.body.body.some(
    (member) =>
      isMember(member) && (member.decorators.length > 0 || parametersOf(member).some((parameter) => decoratorsOf(parameter).length > 0)),
  );

const parametersOf = (member: DecoratedNode): readonly Node[] => (member.type === 'MethodDefinition' ? member.value.params : []);

const decoratorsOf = (parameter: Node): readonly Decorator[] =>
  'decorators' in parameter && Array.isArray(parameter.decorators) ? parameter.decorators : [];

/** Under which name decorators of a member are kept. */
export const memberKey = (name: string, isStatic: boolean): string => (isStatic ? `static ${name}` : name);

function memberOf(decorated: DecoratedClass, key: string): DecoratedMember {
  const known = decorated.members.get(key);
  if (known !== undefined) return known;
  const made: DecoratedMember = { decorators: [], parameters: new Map() };
  decorated.members.set(key, made);
  return made;
}

function decorateMember(machine: Machine, decorated: DecoratedClass, member: DecoratedNode, environment: Environment): void {
  const made = decorated.class;
  const parameters = parametersOf(member);
  if (member.decorators.length === 0 && !parameters.some((parameter) => decoratorsOf(parameter).length > 0)) return;
  const name = keyText(machine, member.key, member.computed, environment) ?? placeName(machine, made, member);
  if (member.computed) made.names.set(member, name);
  const isConstructor = member.type === 'MethodDefinition' && member.kind === 'constructor';
  const table = member.static ? made.statics : made.prototype;
  const target: Value = member.static || isConstructor ? made : prototypeOf(made);
  const record = memberOf(decorated, memberKey(name, member.static));
  const value = isConstructor ? undefined : table.get(name);
  const descriptor = objectOf(value === undefined ? [] : [['value', value]]);
  parameters.forEach((parameter, index) => {
    const written = decoratorsOf(parameter);
    if (written.length === 0) return;
    const given = [target, isConstructor ? UNDEFINED : constant(name), constant(index)];
    decorate(machine, { target: parameterOf(record, index), written, given }, environment);
  });
  decorate(machine, { target: record.decorators, written: member.decorators, given: [target, constant(name), descriptor] }, environment);
  const replaced = descriptor.properties.get('value');
  if (member.type === 'MethodDefinition' && !isConstructor && replaced !== undefined) table.set(name, replaced);
}

/** What a member is called whose name is not known, as its declaration is. */
export function placeName(machine: Machine, { module }: ClassValue, node: Node): string {
  const { line, column } = machine.recorder.location({ module: module.id, node });
  return `<computed ${line}:${column}>`;
}

function parameterOf(record: DecoratedMember, index: number): DecoratorValue[] {
  const known = record.parameters.get(index);
  if (known !== undefined) return known;
  const made: DecoratorValue[] = [];
  record.parameters.set(index, made);
  return made;
}

const prototypeOf = (made: ClassValue): Value => ({ kind: 'object', properties: made.prototype, complete: true, depth: 0 });

interface Decoration {
  /** Where the decorators are kept. */
  readonly target: DecoratorValue[];
  readonly written: readonly Decorator[];
  /** What a decorator is called with. */
  readonly given: readonly Value[];
}

/** Decorators are evaluated as written, and the last written is applied first. */
function decorate(machine: Machine, { target, written, given }: Decoration, environment: Environment): void {
  const values = written.map(({ expression }) => ({
    value: machine.evaluate(expression, environment),
    site: siteOf(environment, expression),
  }));
  for (const decorator of values.reverse()) apply(machine, decorator, target, given);
}

function apply(machine: Machine, decorator: DecoratorValue, target: DecoratorValue[], given: readonly Value[]): void {
  const { value, site } = decorator;
  if (value.kind === 'external' && machine.models.decorator(value)?.composes === true) {
    for (const inner of value.arguments) apply(machine, { value: inner, site }, target, given);
    return;
  }
  target.unshift(decorator);
  if (value.kind === 'function') machine.call(value, UNKNOWN, given, site);
}

/**
 * A decorator of a package that one of the program applies to the class which is being decorated, or to a member of it
 * (`Get(path)(target, key, descriptor)`): it counts as written there.
 */
export function noteApplied(machine: Machine, value: Value, given: readonly Value[], site: CallSite): boolean {
  const { decorating } = machine.state;
  if (decorating === undefined || !isTarget(decorating.class, given[0])) return false;
  const target = appliedTo(decorating, given);
  if (target !== undefined) apply(machine, { value, site }, target, given);
  return true;
}

function appliedTo(decorating: DecoratedClass, [owner, key, place]: readonly Value[]): DecoratorValue[] | undefined {
  if (key === undefined || isMissing(key)) return decorating.decorators;
  if (key.kind !== 'constant' || typeof key.value !== 'string') return undefined;
  const record = memberOf(decorating, memberKey(key.value, owner?.kind === 'class'));
  return place?.kind === 'constant' && typeof place.value === 'number' ? parameterOf(record, place.value) : record.decorators;
}

const isTarget = (made: ClassValue, target: Value | undefined): boolean =>
  target === made || (target?.kind === 'object' && target.properties === made.prototype);
