import type { Directive, Expression, IfStatement, Statement, SwitchStatement, TryStatement, VariableDeclaration } from 'oxc-parser';
import { declare, declarePattern } from './bindings.ts';
import { evaluateThrown } from './call-expressions.ts';
import { makeClass } from './classes.ts';
import { foldBinary } from './fold.ts';
import { hoist } from './hoist.ts';
import { truthOf } from './join.ts';
import { executeLoop } from './loops.ts';
import { type Completion, type Environment, type Machine, PERHAPS, siteOf, step, underGuard, unknownAt } from './machine.ts';
import { executeModuleStatement } from './module-statements.ts';
import { createScope } from './scope.ts';
import { sourceText } from './source-text.ts';
import { markDiscarded } from './spans.ts';
import { declareEnum, executeNamespace } from './typescript.ts';
import { UNDEFINED, type Value } from './value.ts';

/** Evaluates one statement with all its effects. */
export function execute(machine: Machine, node: Statement, environment: Environment): Completion {
  if (!step(machine, environment, node)) return 'normal';
  const outer = machine.state.statement;
  machine.state.statement = node;
  machine.state.nesting += 1;
  const completion = run(machine, node, environment);
  machine.state.nesting -= 1;
  machine.state.statement = outer;
  return completion;
}

/** Statements in order, up to the first that surely leaves. */
export function executeAll(machine: Machine, nodes: readonly Statement[], environment: Environment): Completion {
  for (const node of nodes) {
    const completion = execute(machine, node, environment);
    if (completion !== 'normal') return completion;
  }
  return 'normal';
}

function run(machine: Machine, node: Statement, environment: Environment): Completion {
  switch (node.type) {
    case 'ExpressionStatement':
      markDiscarded(machine.state, node.expression);
      machine.evaluate(node.expression, environment);
      return 'normal';
    case 'VariableDeclaration':
      declareVariables(machine, node, environment);
      return 'normal';
    case 'ClassDeclaration':
      if (node.id !== null && node.declare !== true)
        declare(machine, environment, node.id.name, makeClass(machine, node, environment), 'lexical');
      return 'normal';
    case 'ReturnStatement':
      environment.frame.returns.push(node.argument === null ? UNDEFINED : machine.evaluate(node.argument, environment));
      return 'return';
    case 'ThrowStatement':
      evaluateThrown(machine, node.argument, environment);
      return 'throw';
    case 'BlockStatement':
      return executeBlock(machine, node.body as readonly Statement[], environment);
    case 'IfStatement':
      return executeIf(machine, node, environment);
    case 'SwitchStatement':
      return executeSwitch(machine, node, environment);
    case 'TryStatement':
      return executeTry(machine, node, environment);
    case 'ForStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return executeLoop(machine, node, environment);
    case 'BreakStatement':
      return 'break';
    case 'ContinueStatement':
      return 'continue';
    case 'LabeledStatement':
      return execute(machine, node.body, environment);
    case 'TSEnumDeclaration':
      declareEnum(machine, node, environment);
      return 'normal';
    case 'TSModuleDeclaration':
      executeNamespace(machine, node, environment);
      return 'normal';
    default:
      return executeModuleStatement(machine, node, environment);
  }
}

function executeBlock(machine: Machine, nodes: readonly Statement[], environment: Environment): Completion {
  const inner: Environment = { scope: createScope('block', environment.scope), frame: environment.frame };
  hoist(machine, nodes, inner);
  return executeAll(machine, nodes, inner);
}

function declareVariables(machine: Machine, node: VariableDeclaration, environment: Environment): void {
  if (node.declare === true) return;
  for (const declarator of node.declarations) {
    if (
      declarator.init === null &&
      node.kind === 'var' &&
      declarator.id.type === 'Identifier' &&
      environment.scope.bindings.has(declarator.id.name)
    )
      continue;
    const value = declarator.init === null ? UNDEFINED : named(machine, declarator.init, declarator.id, environment);
    declarePattern(machine, declarator.id, value, environment, node.kind === 'var' ? 'var' : 'lexical');
  }
}

/** An anonymous class takes the name of its variable. */
function named(machine: Machine, init: Expression, id: VariableDeclaration['declarations'][number]['id'], environment: Environment): Value {
  return init.type === 'ClassExpression' && id.type === 'Identifier'
    ? makeClass(machine, init, environment, id.name)
    : machine.evaluate(init, environment);
}

/**
 * A known condition takes one way, an unknown one both, the first before the second. Where one way surely leaves,
 * what follows happens under the opposite condition until the function ends.
 */
function executeIf(machine: Machine, node: IfStatement, environment: Environment): Completion {
  const truth = truthOf(machine.evaluate(node.test, environment));
  if (truth === true) return execute(machine, node.consequent, environment);
  if (truth === false) return node.alternate === null ? 'normal' : execute(machine, node.alternate, environment);

  const origin = { module: environment.frame.module.id, node: node.test };
  const guard = (taken: boolean) => machine.recorder.guard(origin, taken);
  const first = underGuard(machine, guard(true), () => execute(machine, node.consequent, environment));
  const { alternate } = node;
  const second = alternate === null ? 'normal' : underGuard(machine, guard(false), () => execute(machine, alternate, environment));
  if (first !== 'normal' && second !== 'normal') return first === second ? first : 'return';
  if (leaves(first)) machine.state.guards.push(guard(false));
  if (leaves(second)) machine.state.guards.push(guard(true));
  return 'normal';
}

/** A throw ends start-up: what follows is what happens when the application does start. */
const leaves = (completion: Completion): boolean => completion !== 'normal' && completion !== 'throw';

function executeSwitch(machine: Machine, node: SwitchStatement, environment: Environment): Completion {
  const subject = machine.evaluate(node.discriminant, environment);
  const inner: Environment = { scope: createScope('block', environment.scope), frame: environment.frame };
  const matches = node.cases.map(({ test }) =>
    test === null ? undefined : truthOf(foldBinary('===', subject, machine.evaluate(test, inner))),
  );
  const isKnown = matches.every((match, index) => match !== undefined || node.cases[index]?.test === null);
  if (isKnown) {
    const start = matches.includes(true) ? matches.indexOf(true) : node.cases.findIndex(({ test }) => test === null);
    if (start === -1) return 'normal';
    const completion = executeAll(
      machine,
      node.cases.slice(start).flatMap(({ consequent }) => consequent),
      inner,
    );
    return completion === 'break' ? 'normal' : completion;
  }
  return executeCases(machine, node, inner);
}

/** Every case runs under its condition; one that does not end runs into the next, which so has both conditions. */
function executeCases(machine: Machine, { cases, discriminant }: SwitchStatement, environment: Environment): Completion {
  const completions: Completion[] = [];
  let entering: readonly string[] = [];
  for (const { test, consequent } of cases) {
    const guard = machine.recorder.guard({ module: environment.frame.module.id, node: test ?? discriminant }, true);
    const subject = sourceText(discriminant);
    const conditions = [...entering, test === null ? `no other case of ${subject}` : `${subject} === ${guard.text}`];
    const completion = underGuard(machine, { ...guard, text: conditions.join(' || ') }, () => executeAll(machine, consequent, environment));
    entering = completion === 'normal' ? conditions : [];
    completions.push(completion);
  }
  const ends = completions.filter((completion, index) => completion !== 'normal' || index === completions.length - 1);
  const hasDefault = cases.some(({ test }) => test === null);
  return hasDefault && ends.every((completion) => completion === 'return' || completion === 'throw') ? 'return' : 'normal';
}

const endsInThrow = (body: readonly (Statement | Directive)[]): boolean => body.at(-1)?.type === 'ThrowStatement';

/** Both the protected code and, under a guard, the handler run. What the code replaces may be there still: it may fail before. */
function executeTry(machine: Machine, node: TryStatement, environment: Environment): Completion {
  const { guards } = machine.state;
  const depth = guards.length;
  const isPerhaps = node.handler !== null && !endsInThrow(node.handler.body.body);
  if (isPerhaps) guards.push(PERHAPS);
  const completion = executeBlock(machine, node.block.body as readonly Statement[], environment);
  if (isPerhaps) guards.splice(depth, 1);
  const { handler } = node;
  let handled: Completion = 'normal';
  if (handler !== null) {
    const guard = machine.recorder.guard({ module: environment.frame.module.id, node: handler }, true);
    const inner: Environment = { scope: createScope('block', environment.scope), frame: environment.frame };
    handled = underGuard(machine, { ...guard, text: 'catch' }, () => {
      if (handler.param !== null)
        declarePattern(machine, handler.param, unknownAt(machine, siteOf(environment, handler)), inner, 'lexical');
      return executeBlock(machine, handler.body.body as readonly Statement[], inner);
    });
  }
  const last = node.finalizer === null ? 'normal' : executeBlock(machine, node.finalizer.body as readonly Statement[], environment);
  if (last !== 'normal') return last;
  return completion === 'throw' && handler !== null ? handled : completion;
}
