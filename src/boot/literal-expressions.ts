import type { ArrayExpression, Expression, ObjectExpression } from 'oxc-parser';
import { iterated } from './builtins/collections.ts';
import { entriesOf } from './builtins/object-global.ts';
import { withAccessor } from './classes.ts';
import { makeFunction } from './functions.ts';
import { join } from './join.ts';
import { noteListed } from './list-conditions.ts';
import type { Environment, Machine } from './machine.ts';
import { keyText } from './patterns.ts';
import { type ArrayValue, addElements, arrayOf, objectOf, UNDEFINED, type Value } from './value.ts';

export function objectLiteral(machine: Machine, node: ObjectExpression, environment: Environment): Value {
  const made = objectOf([], machine.state.guards.length);
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      const { entries, complete } = entriesOf(machine.evaluate(property.argument, environment));
      for (const [name, value] of entries) made.properties.set(name, value);
      if (!complete) made.complete = false;
      continue;
    }
    const name = keyText(machine, property.key, property.computed, environment);
    if (name === undefined) {
      machine.evaluate(property.value, environment);
      made.complete = false;
    } else if (property.kind === 'init') {
      made.properties.set(name, namedValue(machine, property.value, environment, name));
    } else if (property.value.type === 'FunctionExpression') {
      made.properties.set(
        name,
        withAccessor(made.properties.get(name), property.kind, makeFunction(machine, property.value, environment, { name })),
      );
    }
  }
  return made;
}

function namedValue(machine: Machine, value: Expression, environment: Environment, name: string): Value {
  return value.type === 'FunctionExpression' ? makeFunction(machine, value, environment, { name }) : machine.evaluate(value, environment);
}

export function arrayLiteral(machine: Machine, node: ArrayExpression, environment: Environment): Value {
  const made = arrayOf([], machine.state.guards.length);
  for (const element of node.elements) {
    if (element === null) addElements(made, [UNDEFINED]);
    else if (element.type !== 'SpreadElement') {
      const value = machine.evaluate(element, environment);
      noteListed(machine, value);
      addElements(made, [value]);
    } else {
      const spread = machine.evaluate(element.argument, environment);
      const list = iterated(spread) ?? oneOfSeveral(spread);
      // Of a list that a package made, the call that made it tells most.
      if (list === undefined && spread.kind === 'external') addElements(made, [spread]);
      addElements(made, list?.elements ?? []);
      if (list?.complete !== true) made.complete = false;
    }
  }
  return made;
}

/** Of one of several lists each element may be there. */
function oneOfSeveral(spread: Value): Pick<ArrayValue, 'elements' | 'complete'> | undefined {
  if (spread.kind !== 'union') return undefined;
  const lists = spread.options.map((option) => iterated(option));
  const elements = lists.flatMap((list) => list?.elements ?? []).map((element) => join([element, UNDEFINED]));
  return elements.length === 0 ? undefined : { elements, complete: lists.every((list) => list?.complete === true) };
}
