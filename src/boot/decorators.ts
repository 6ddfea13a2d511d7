import type { Class, Decorator } from 'oxc-parser';
import { type Environment, type Machine, siteOf } from './machine.ts';
import { keyText } from './patterns.ts';
import { type ClassValue, constant, objectOf, type Value } from './value.ts';

/** Calls the decorators that the program itself defines, members first; those of packages are left to their models. */
export function applyDecorators(machine: Machine, made: ClassValue, environment: Environment): void {
  for (const member of made.node.body.body) {
    if (member.type !== 'MethodDefinition' && member.type !== 'PropertyDefinition') continue;
    const name = member.decorators.length === 0 ? undefined : keyText(machine, member.key, member.computed, environment);
    if (name === undefined) continue;
    const target: Value = member.static ? made : prototypeOf(made);
    const value = (member.static ? made.statics : made.prototype).get(name);
    const descriptor = objectOf(value === undefined ? [] : [['value', value]]);
    decorate(machine, member.decorators, [target, constant(name), descriptor], environment);
    const replaced = descriptor.properties.get('value');
    if (member.type === 'MethodDefinition' && replaced !== undefined) (member.static ? made.statics : made.prototype).set(name, replaced);
  }
  decorate(machine, classDecorators(made.node), [made], environment);
}

const classDecorators = (node: Class): readonly Decorator[] => node.decorators;

export const prototypeOf = (made: ClassValue): Value => ({ kind: 'object', properties: made.prototype, complete: true, depth: 0 });

/** The last written runs first. */
function decorate(machine: Machine, decorators: readonly Decorator[], given: readonly Value[], environment: Environment): void {
  for (const decorator of [...decorators].reverse()) {
    const value = machine.evaluate(decorator.expression, environment);
    if (value.kind === 'function') machine.call(value, { kind: 'unknown' }, given, siteOf(environment, decorator));
  }
}
