import type { AssignmentTargetMaybeDefault, AssignmentTargetRest, BindingPattern, BindingRestElement, PropertyKey } from 'oxc-parser';
import { join } from './join.ts';
import { type Environment, type Machine, siteOf, underGuard } from './machine.ts';
import { arrayOf, isMissing, type ObjectValue, UNDEFINED, UNKNOWN, type Value } from './value.ts';

type Target = BindingPattern | BindingRestElement | AssignmentTargetMaybeDefault | AssignmentTargetRest;
type Leaf = Exclude<Target, { type: 'ObjectPattern' | 'ArrayPattern' | 'AssignmentPattern' | 'RestElement' }>;

/** Takes a value apart along a pattern and hands each leaf its part: a name to declare, or a target to assign. */
export function destructure(
  machine: Machine,
  pattern: Target,
  value: Value,
  environment: Environment,
  leaf: (target: Leaf, value: Value) => void,
): void {
  const visit = (target: Target, current: Value): void => {
    switch (target.type) {
      case 'AssignmentPattern':
        visit(
          target.left,
          withDefault(current, () => machine.evaluate(target.right, environment), machine, environment, target),
        );
        return;
      case 'RestElement':
        visit(target.argument, current);
        return;
      case 'ObjectPattern': {
        const taken = new Set<string>();
        for (const property of target.properties) {
          if (property.type === 'RestElement') {
            visit(property.argument, withoutKeys(current, taken));
            continue;
          }
          const key = keyText(machine, property.key, property.computed, environment);
          if (key !== undefined) taken.add(key);
          visit(property.value, key === undefined ? UNKNOWN : machine.getMember(current, key, siteOf(environment, property)));
        }
        return;
      }
      case 'ArrayPattern': {
        target.elements.forEach((element, index) => {
          if (element === null) return;
          visit(element, element.type === 'RestElement' ? tail(current, index) : elementAt(current, index));
        });
        return;
      }
      default:
        leaf(target, current);
    }
  };
  visit(pattern, value);
}

function withDefault(value: Value, fallback: () => Value, machine: Machine, environment: Environment, target: Target): Value {
  if (value.kind === 'constant') return value.value === undefined ? fallback() : value;
  const mayBeMissing = value.kind === 'unknown' || value.kind === 'external' || (value.kind === 'union' && value.options.some(isMissing));
  if (value.kind === 'environment' && value.fallback === undefined) return { ...value, fallback: fallback() };
  if (!mayBeMissing) return value;
  const guard = machine.recorder.guard({ module: environment.frame.module.id, node: target }, true);
  const present = value.kind === 'union' ? value.options.filter((option) => !isMissing(option)) : [value];
  return join([...present, underGuard(machine, guard, fallback)]);
}

/** The name of a property key; `undefined` when it is computed and not constant. */
export function keyText(machine: Machine, key: PropertyKey, isComputed: boolean, environment: Environment): string | undefined {
  if (!isComputed) {
    if (key.type === 'Identifier') return key.name;
    if (key.type === 'PrivateIdentifier') return `#${key.name}`;
    if (key.type === 'Literal') return String(key.value);
  }
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  const value = machine.evaluate(key, environment);
  return value.kind === 'constant' ? String(value.value) : undefined;
}

function withoutKeys(value: Value, taken: ReadonlySet<string>): Value {
  if (value.kind !== 'object') return UNKNOWN;
  const rest: ObjectValue = {
    kind: 'object',
    properties: new Map([...value.properties].filter(([name]) => !taken.has(name))),
    complete: value.complete,
    depth: value.depth,
  };
  return rest;
}

function elementAt(value: Value, index: number): Value {
  if (value.kind === 'array') return value.elements[index] ?? (value.complete ? UNDEFINED : UNKNOWN);
  if (value.kind === 'union') return join(value.options.map((option) => elementAt(option, index)));
  return UNKNOWN;
}

function tail(value: Value, index: number): Value {
  if (value.kind !== 'array') return { kind: 'array', elements: [], complete: false, depth: 0 };
  return { ...arrayOf(value.elements.slice(index), value.depth), complete: value.complete };
}
