import type { AssignmentExpression, ConditionalExpression, Expression, LogicalExpression } from 'oxc-parser';
import { assignTarget } from './bindings.ts';
import { foldBinary } from './fold.ts';
import { isNullish, join, truthOf } from './join.ts';
import { noteChosen } from './list-conditions.ts';
import { type Environment, type Machine, underGuard } from './machine.ts';
import { UNDEFINED, UNKNOWN, type Value } from './value.ts';

/** Evaluates an assignment, compound ones included. */
export function assignment(machine: Machine, node: AssignmentExpression, environment: Environment): Value {
  const { left, operator, right } = node;
  if (operator === '=') {
    const value = machine.evaluate(right, environment);
    assignTarget(machine, left, value, environment);
    return value;
  }
  const old = machine.evaluate(left as Expression, environment);
  const value = compound(machine, operator, old, right, environment);
  assignTarget(machine, left, value, environment);
  return value;
}

function compound(
  machine: Machine,
  operator: AssignmentExpression['operator'],
  old: Value,
  right: Expression,
  environment: Environment,
): Value {
  switch (operator) {
    case '||=':
      return choose(machine, '||', old, right, right, environment);
    case '&&=':
      return choose(machine, '&&', old, right, right, environment);
    case '??=':
      return choose(machine, '??', old, right, right, environment);
    case '+=':
      return foldBinary('+', old, machine.evaluate(right, environment));
    case '-=':
      return foldBinary('-', old, machine.evaluate(right, environment));
    default:
      machine.evaluate(right, environment);
      return UNKNOWN;
  }
}

export const logical = (machine: Machine, node: LogicalExpression, environment: Environment): Value =>
  choose(machine, node.operator, machine.evaluate(node.left, environment), node.right, node.left, environment);

/** `a || b`, `a && b`, `a ?? b`: the right side is evaluated unless the left decides, under a guard if it might. */
function choose(
  machine: Machine,
  operator: LogicalExpression['operator'],
  left: Value,
  right: Expression,
  shown: Expression,
  environment: Environment,
): Value {
  const decided = operator === '??' ? invert(isNullish(left)) : operator === '||' ? truthOf(left) : invert(truthOf(left));
  if (left.kind === 'environment' && operator !== '&&' && left.fallback === undefined) {
    return { ...left, fallback: machine.evaluate(right, environment) };
  }
  if (decided === true) return left;
  if (decided === false) return machine.evaluate(right, environment);
  const guard = machine.recorder.guard({ module: environment.frame.module.id, node: shown }, operator === '&&');
  const other = underGuard(machine, guard, () => machine.evaluate(right, environment));
  noteChosen(machine, guard, other, left);
  return operator === '&&' ? join([other, left.kind === 'environment' ? UNDEFINED : left]) : join([...possible(left, operator), other]);
}

/** Options of the left side that `||` or `??` can let through. */
function possible(left: Value, operator: '||' | '??'): readonly Value[] {
  const options = left.kind === 'union' ? left.options : [left];
  return options.filter((option) => (operator === '||' ? truthOf(option) !== false : isNullish(option) !== true));
}

const invert = (answer: boolean | undefined): boolean | undefined => (answer === undefined ? undefined : !answer);

/** `test ? a : b`: both where the test is not known. */
export function conditional(machine: Machine, node: ConditionalExpression, environment: Environment): Value {
  const truth = truthOf(machine.evaluate(node.test, environment));
  if (truth !== undefined) return machine.evaluate(truth ? node.consequent : node.alternate, environment);
  const origin = { module: environment.frame.module.id, node: node.test };
  const [holds, fails] = [machine.recorder.guard(origin, true), machine.recorder.guard(origin, false)];
  const first = underGuard(machine, holds, () => machine.evaluate(node.consequent, environment));
  const second = underGuard(machine, fails, () => machine.evaluate(node.alternate, environment));
  noteChosen(machine, holds, first, second);
  noteChosen(machine, fails, second, first);
  return join([first, second]);
}
