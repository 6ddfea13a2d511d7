import type { DoWhileStatement, Expression, ForInStatement, ForOfStatement, ForStatement, Node, WhileStatement } from 'oxc-parser';
import { roundsOver } from './alike-rounds.ts';
import { assignTarget, declarePattern } from './bindings.ts';
import { iterated } from './builtins/collections.ts';
import { entriesOf } from './builtins/object-global.ts';
import { awaited } from './builtins/promise.ts';
import { truthOf } from './join.ts';
import { type Completion, type Environment, type Machine, underGuard } from './machine.ts';
import { createScope } from './scope.ts';
import { constant, UNKNOWN, type Value } from './value.ts';

type Loop = ForStatement | ForOfStatement | ForInStatement | WhileStatement | DoWhileStatement;

/** Evaluates a loop: each round where the rounds are known, else one round, under a guard, for all of them. */
export function executeLoop(machine: Machine, node: Loop, environment: Environment): Completion {
  switch (node.type) {
    case 'ForOfStatement': {
      const list = iterated(awaited(machine.evaluate(node.right, environment)));
      return overElements(machine, node, environment, list?.elements ?? [], list?.complete === true);
    }
    case 'ForInStatement': {
      const { entries, complete } = entriesOf(machine.evaluate(node.right, environment));
      const names = entries.map(([name]) => constant(name));
      return overElements(machine, node, environment, names, complete);
    }
    case 'ForStatement':
      return counting(machine, node, environment);
    case 'WhileStatement':
      return repeating(machine, node.test, node, environment, 'test-first');
    default:
      return repeating(machine, node.test, node, environment, 'body-first');
  }
}

function overElements(
  machine: Machine,
  node: ForOfStatement | ForInStatement,
  environment: Environment,
  elements: readonly Value[],
  isComplete: boolean,
): Completion {
  const round = (element: Value): Completion => {
    const inner: Environment = { scope: createScope('block', environment.scope), frame: environment.frame };
    bindElement(machine, node.left, element, inner);
    return machine.execute(node.body, inner);
  };
  const followed = roundsOver(machine, elements);
  const completion = rounds(machine, node, environment, followed.length, (index) => {
    const element = followed[index];
    return element === undefined ? 'normal' : round(element);
  });
  if (completion !== 'normal' || isComplete) return completion;
  const guard = machine.recorder.guard({ module: environment.frame.module.id, node: node.right }, true);
  underGuard(machine, guard, () => round(UNKNOWN));
  return 'normal';
}

function bindElement(machine: Machine, left: Node, element: Value, environment: Environment): void {
  if (left.type !== 'VariableDeclaration') assignTarget(machine, left, element, environment);
  else
    for (const declarator of left.declarations)
      declarePattern(machine, declarator.id, element, environment, left.kind === 'var' ? 'var' : 'lexical');
}

/** Runs up to `count` rounds, fewer when one surely leaves. Conditions met in a round end with it. */
function rounds(machine: Machine, node: Loop, environment: Environment, count: number, round: (index: number) => Completion): Completion {
  const { state, limits, recorder } = machine;
  for (let index = 0; index < count; index += 1) {
    if (index >= limits.iterations) {
      recorder.limit('iterations', limits.iterations, { module: environment.frame.module.id, node });
      return 'normal';
    }
    const guards = state.guards.length;
    state.iterations.push(index);
    const completion = round(index);
    state.iterations.pop();
    state.guards.length = guards;
    if (completion === 'break') return 'normal';
    if (completion === 'return' || completion === 'throw') return completion;
  }
  return 'normal';
}

function counting(machine: Machine, node: ForStatement, environment: Environment): Completion {
  const inner: Environment = { scope: createScope('block', environment.scope), frame: environment.frame };
  const { init, test, update } = node;
  if (init?.type === 'VariableDeclaration') machine.execute(init, inner);
  else if (init !== null) machine.evaluate(init as Expression, inner);
  return whileTrue(machine, node, inner, test, () => {
    const completion = machine.execute(node.body, { scope: createScope('block', inner.scope), frame: inner.frame });
    if ((completion === 'normal' || completion === 'continue') && update !== null) machine.evaluate(update, inner);
    return completion;
  });
}

function repeating(
  machine: Machine,
  test: Expression,
  node: WhileStatement | DoWhileStatement,
  environment: Environment,
  order: 'test-first' | 'body-first',
): Completion {
  const body = (): Completion => machine.execute(node.body, environment);
  if (order === 'body-first') {
    const first = body();
    if (first === 'break') return 'normal';
    if (first === 'return' || first === 'throw') return first;
  }
  return whileTrue(machine, node, environment, test, body);
}

/** A loop that only its body can leave is mostly a service that waits and works: some rounds show what it does. */
const ENDLESS_ROUNDS = 20;

function whileTrue(machine: Machine, node: Loop, environment: Environment, test: Expression | null, body: () => Completion): Completion {
  let isUnknown = false;
  const isEndless = test === null || (test.type === 'Literal' && test.value === true);
  const most = isEndless ? ENDLESS_ROUNDS : machine.limits.iterations + 1;
  const completion = rounds(machine, node, environment, most, () => {
    const truth = test === null ? true : truthOf(machine.evaluate(test, environment));
    if (truth === false) return 'break';
    if (truth === true) return body();
    isUnknown = true;
    return 'break';
  });
  if (!isUnknown || test === null) return completion;
  underGuard(machine, machine.recorder.guard({ module: environment.frame.module.id, node: test }, true), body);
  return 'normal';
}
