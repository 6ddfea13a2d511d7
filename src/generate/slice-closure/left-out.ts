import { ts } from 'ts-morph';
import type { BootTrace } from '../../model/boot-trace.ts';
import type { ModuleId } from '../../model/ids.ts';
import { isWaitedFor } from './listen-callback.ts';
import { groupByFile, type Located, locate, NO_SPANS, NOTHING } from './locate-start-up.ts';
import type { ModuleSource } from './module-source.ts';
import { type CallKnowledge, isPure } from './purity.ts';
import type { Removal } from './removal.ts';
import type { Sources } from './sources.ts';
import type { DroppedEffect, LeftCall, StartUpDecision } from './start-up.ts';
import { findUnusedLocals } from './unused-locals.ts';
import { MUTATING_METHODS } from './value-factories.ts';

export interface LeftOut {
  /** In source order, none inside another. */
  readonly removals: readonly Removal[];
  readonly dropped: readonly { readonly effect: DroppedEffect; readonly node: ts.Node }[];
  /** Registrations outside the slice whose value other code uses: they stay. */
  readonly undroppable: readonly DroppedEffect[];
  /** Offsets of the calls that hand the application over. */
  readonly handOvers: readonly number[];
}

export interface LeftOutQueries {
  readonly knowledge: CallKnowledge;
  of(module: ModuleSource): LeftOut;
}

/** Says, module by module, which start-up code the slice leaves out. */
export function createLeftOut(sources: Sources, trace: BootTrace, decision: StartUpDecision): LeftOutQueries {
  const spans = groupByFile(decision, trace);
  const located = new Map<ModuleId, Located>();
  const locatedIn = (id: ModuleId): Located => {
    const known = located.get(id);
    if (known !== undefined) return known;
    const module = sources.module(id);
    const found = module === undefined ? NOTHING : locate(module, spans.get(id) ?? NO_SPANS);
    located.set(id, found);
    return found;
  };
  const leftCalls = new Map<ts.Node, boolean>();
  const knowledge: CallKnowledge = {
    effectOf(id, call) {
      const here = locatedIn(id);
      if (here.dropped.has(call) || here.made.has(call)) return 'none';
      return here.effects.has(call) ? 'kept' : 'unknown';
    },
    isLeft(call) {
      const known = leftCalls.get(call);
      if (known !== undefined) return known;
      const id = call.getSourceFile().fileName.slice(1) as ModuleId;
      const left = locatedIn(id).leftCalls.get(call);
      if (left === undefined) return false;
      leftCalls.set(call, false);
      const module = sources.module(id);
      const isLeft = module !== undefined && isPure(sources, within(left, call), { module, node: call });
      leftCalls.set(call, isLeft);
      return isLeft;
    },
  };
  /** Inside a call that is left, every registration below it counts as outside. */
  const within = (left: LeftCall, self: ts.Node): CallKnowledge => {
    const below = new Set(left.below.map((place) => locatedIn(place.span.file).locate(place)));
    return {
      effectOf: (id, call) => (below.has(call as ts.CallExpression) ? 'none' : knowledge.effectOf(id, call)),
      isLeft: (call) => call !== self && knowledge.isLeft(call),
    };
  };
  return { knowledge, of: (module) => leaveOut(sources, knowledge, { module, located: locatedIn(module.id) }) };
}

interface Place {
  readonly module: ModuleSource;
  readonly located: Located;
}

function leaveOut(sources: Sources, knowledge: CallKnowledge, { module, located }: Place): LeftOut {
  const removals: Removal[] = [];
  const dropped: { readonly effect: DroppedEffect; readonly node: ts.Node }[] = [];
  const undroppable: DroppedEffect[] = [];
  const pure = (node: ts.Node | undefined): boolean => node === undefined || isPure(sources, knowledge, { module, node });
  const effectAt = (node: ts.Node): DroppedEffect | undefined =>
    located.dropped.get(node) ?? (knowledge.isLeft(node) ? located.leftCalls.get(node) : undefined);
  const touched = [...located.dropped.keys(), ...located.leftCalls.keys()].filter((node) => effectAt(node) !== undefined);
  const isTouched = (node: ts.Node): boolean => touched.some((each) => each.pos >= node.pos && each.end <= node.end);

  const isDead = (node: ts.Expression): boolean => {
    if (ts.isAwaitExpression(node) || ts.isVoidExpression(node) || ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node))
      return isDead(node.expression);
    if (ts.isBinaryExpression(node)) {
      if (isWrite(node)) return isDead(node.right) && !isReadThrough(module, node.left);
      return isLogical(node) && pure(node.left) && isDead(node.right);
    }
    if (ts.isConditionalExpression(node))
      return pure(node.condition) && [node.whenTrue, node.whenFalse].every((each) => isDead(each) || pure(each));
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false;
    const effect = effectAt(node);
    const receiver = ts.isPropertyAccessExpression(node.expression) ? node.expression.expression : undefined;
    if (effect !== undefined) return effect.form === 'statement' || receiver === undefined || isDead(receiver) || pure(receiver);
    if (receiver === undefined || located.effects.has(node)) return false;
    return isDead(receiver) || collectsDead(node);
  };
  /** `timers.push(setInterval(…))`. */
  const collectsDead = (node: ts.CallExpression | ts.NewExpression): boolean => {
    const isCollecting = ts.isPropertyAccessExpression(node.expression) && MUTATING_METHODS.has(node.expression.name.text);
    const given = node.arguments ?? [];
    return isCollecting && given.some(isDead) && given.every((each) => isDead(each) || pure(each));
  };
  const isDeadStatement = (node: ts.Statement): boolean => {
    if (!isTouched(node)) return false;
    if (ts.isExpressionStatement(node)) return isDead(node.expression);
    if (ts.isBlock(node)) return node.statements.every(isDeadStatement);
    if (ts.isIfStatement(node))
      return pure(node.expression) && [node.thenStatement, node.elseStatement].every((each) => each === undefined || isDeadStatement(each));
    if (ts.isForOfStatement(node)) return pure(node.expression) && isDeadStatement(node.statement);
    if (ts.isTryStatement(node)) return isDeadStatement(node.tryBlock) && node.finallyBlock === undefined;
    return false;
  };

  const remove = (node: ts.Node): void => {
    removals.push({ start: node.getStart(module.file), end: node.end, text: '', node });
    for (const each of touched) {
      const effect = effectAt(each);
      if (effect !== undefined && each.pos >= node.pos && each.end <= node.end) dropped.push({ effect, node });
    }
  };
  const visit = (node: ts.Node): void => {
    if (!isTouched(node) && !holdsListen(node)) return;
    if (ts.isStatement(node) && !ts.isBlock(node) && isDeadStatement(node)) {
      remove(node);
      return;
    }
    if (located.listens.has(node) && ts.isCallExpression(node)) {
      handOver(node);
      return;
    }
    if (ts.isArrowFunction(node) && !ts.isBlock(node.body) && isDead(node.body)) {
      removals.push({ start: node.body.getStart(module.file), end: node.body.end, text: '{}' });
      return;
    }
    const effect = effectAt(node);
    if (effect !== undefined && ts.isCallExpression(node)) {
      if (effect.form === 'link' && ts.isPropertyAccessExpression(node.expression)) {
        removals.push({ start: node.expression.expression.end, end: node.end, text: '' });
        dropped.push({ effect, node });
        visit(node.expression.expression);
        return;
      }
      if (!ts.isVariableDeclaration(node.parent)) undroppable.push(effect);
    }
    ts.forEachChild(node, visit);
  };
  const holdsListen = (node: ts.Node): boolean => [...located.listens].some((each) => each.pos >= node.pos && each.end <= node.end);

  /** `app.listen(port, callback)` → `provideApplication(app, callback)`. */
  const handOver = (call: ts.CallExpression): void => {
    if (!ts.isPropertyAccessExpression(call.expression)) return;
    const receiver = call.expression.expression;
    const start = receiver.getStart(module.file);
    removals.push({ start, end: start, text: 'provideApplication(' });
    visit(receiver);
    const callback = call.arguments.at(-1);
    if (callback === undefined || !isWaitedFor(callback, { module, pure, isDead, isDeadStatement })) {
      removals.push({ start: receiver.end, end: call.end, text: ')' });
      return;
    }
    removals.push({ start: receiver.end, end: callback.getStart(module.file), text: ', ' });
    visit(callback);
    removals.push({ start: callback.end, end: call.end, text: ')' });
  };

  visit(module.file);
  removals.push(...findUnusedLocals({ module, pure, removals }));
  return {
    removals: removals.sort((left, right) => left.start - right.start || left.end - right.end),
    dropped,
    undroppable,
    handOvers: [...located.listens].map((node) => node.getStart(module.file)),
  };
}

const isWrite = (node: ts.BinaryExpression): boolean => node.operatorToken.kind === ts.SyntaxKind.EqualsToken;

/** Whether a member of the variable or field is used somewhere, which must then hold a value. */
function isReadThrough(module: ModuleSource, target: ts.Expression): boolean {
  const text = target.getText(module.file);
  let found = false;
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && node.questionDotToken === undefined && node.expression.getText(module.file) === text)
      found = true;
    if (!found) ts.forEachChild(node, visit);
  };
  visit(module.file);
  return found;
}

const isLogical = (node: ts.BinaryExpression): boolean =>
  node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken || node.operatorToken.kind === ts.SyntaxKind.BarBarToken;
