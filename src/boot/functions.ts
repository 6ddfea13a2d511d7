import type { Node, Statement } from 'oxc-parser';
import type { SymbolId } from '../model/ids.ts';
import { declarePattern, recordHolder } from './bindings.ts';
import { addCall, relevantArguments } from './closure-graph.ts';
import { hoist } from './hoist.ts';
import { join } from './join.ts';
import { type Environment, type Frame, type Machine, underGuard } from './machine.ts';
import { spanOf } from './recorder.ts';
import { createScope } from './scope.ts';
import {
  arrayOf,
  type CallSite,
  type FunctionSyntax,
  type FunctionValue,
  UNDEFINED,
  UNKNOWN,
  unknownArguments,
  type Value,
} from './value.ts';

/** Makes the value of a function expression or declaration: the code with the scope around it. */
export function makeFunction(
  machine: Machine,
  node: FunctionSyntax,
  environment: Environment,
  options: {
    readonly thisValue?: Value;
    readonly home?: FunctionValue['home'];
    readonly name?: string;
    readonly enclosing?: SymbolId;
  } = {},
): FunctionValue {
  const { frame, scope } = environment;
  const name = options.name ?? (node.type === 'ArrowFunctionExpression' ? undefined : node.id?.name);
  const isArrow = node.type === 'ArrowFunctionExpression';
  const thisValue = options.thisValue ?? (isArrow ? frame.thisValue : undefined);
  const home = options.home ?? (isArrow ? frame.home : undefined);
  const made: FunctionValue = {
    kind: 'function',
    node,
    scope,
    module: frame.module,
    symbol: machine.names.ofFunction(frame.module.id, node, options.enclosing ?? frame.symbol, name),
    ...(thisValue === undefined ? {} : { thisValue }),
    ...(home === undefined ? {} : { home }),
    bound: [],
    isWrapped: false,
    properties: new Map(),
  };
  machine.state.closure?.made.push(made);
  return made;
}

/** Evaluates a call of a function of the program. */
export function callFunction(machine: Machine, callee: FunctionValue, thisValue: Value, given: readonly Value[], site: CallSite): Value {
  const { state, limits } = machine;
  machine.recorder.call(site.caller, callee.symbol, site);
  if (callee.node.body === null) return UNKNOWN;
  if (state.mode === 'exploring') return exploreCall(machine, callee, thisValue, given, site);
  const isWhollyWritten = given.length > 0 && given.every(isWritten);
  const isKnown = state.guards.length === 0 && isWhollyWritten;
  const most = state.walkers.has(callee.node) ? limits.folders : isKnown ? limits.descent : limits.recursion;
  if (countOf(state.stack, callee.node) >= most) {
    // Without known values the end of a recursion is not seen: it is where the code would end it, most often.
    if (isWhollyWritten) machine.recorder.limit('recursions', most, site);
    return UNKNOWN;
  }
  if (state.stack.length >= limits.depth) {
    machine.recorder.limit('depth', limits.depth, site);
    return UNKNOWN;
  }
  const { late } = state;
  return late?.makers.has(callee.symbol) === true && !late.isInside
    ? runOnce(machine, late, () => runFunction(machine, callee, thisValue, given, site), callee.symbol)
    : runFunction(machine, callee, thisValue, given, site);
}

/** What stands in the code as a whole: a function that descends in it comes to an end. */
const isWritten = (value: Value): boolean =>
  value.kind === 'constant' || value.kind === 'function' || value.kind === 'library' || isWhole(value);

const isWhole = (value: Value): boolean => (value.kind === 'array' || value.kind === 'object') && value.complete;

/** Makes an application for a request: the first time, and without the conditions under which a request needs it. */
function runOnce({ state }: Machine, late: NonNullable<Machine['state']['late']>, run: () => Value, maker: SymbolId): Value {
  if (late.made.has(maker)) return UNKNOWN;
  late.made.add(maker);
  late.isInside = true;
  const guards = state.guards.splice(0);
  const result = run();
  state.guards.splice(0, state.guards.length, ...guards);
  late.isInside = false;
  return result;
}

/** Calls a function of the program: its code is evaluated. */
function runFunction(machine: Machine, callee: FunctionValue, thisValue: Value, given: readonly Value[], site: CallSite): Value {
  const { state } = machine;
  const guards = state.guards.length;
  const { statement, lastStep } = state;
  if (state.mode === 'booting') state.lastStep = Math.min(lastStep, state.steps + stepsForCall(machine, lastStep - state.steps));
  state.stack.push(callee.node);
  state.via.push(spanOf(site));
  const result = activate(machine, callee, thisValue, [...callee.bound, ...given]);
  state.via.pop();
  state.stack.pop();
  state.statement = statement;
  state.lastStep = lastStep;
  state.guards.length = guards;
  return callee.node.async ? { kind: 'promise', value: result.kind === 'promise' ? result.value : result } : result;
}

/**
 * A call may take most of the steps that are left to its caller, and no more: code that multiplies (functions that call each
 * other, choices between many) is given up, and what stands behind the call is still evaluated.
 */
const stepsForCall = ({ limits }: Machine, left: number): number => Math.max(Math.floor(0.9 * left), limits.call);

/** One function may stand on the call stack so often while exploring: adapters around adapters. */
const MAXIMUM_NESTING = 8;

/**
 * While exploring, each closure is entered once for what it is given; later calls get what the first one gave. A call
 * that is not followed leads to the function's symbol.
 */
function exploreCall(machine: Machine, callee: FunctionValue, thisValue: Value, given: readonly Value[], site: CallSite): Value {
  const { state, limits } = machine;
  const caller = state.closure;
  const closure = state.closures.called(callee, thisValue, callee.bound.length === 0 ? given : [...callee.bound, ...given]);
  const handed = (): readonly FunctionValue[] => functionsIn(relevantArguments(callee.node, given, callee.bound.length));
  if (closure.state === 'new') {
    if (state.stack.length >= limits.depth || countOf(state.stack, callee.node) >= MAXIMUM_NESTING) {
      state.deferred.push(() => exploreCall(machine, callee, thisValue, given, site));
      addCall(caller, closure, site);
      return UNKNOWN;
    }
    if (state.steps > limits.steps) {
      for (const { symbol } of [callee, ...handed()]) addCall(caller, symbol, site);
      return UNKNOWN;
    }
    closure.state = 'running';
    state.closure = closure;
    const result = closure.isMerged
      ? runFunction(machine, { ...callee, bound: [] }, thisValue, unknownArguments(callee), site)
      : runFunction(machine, callee, thisValue, given, site);
    state.closures.finish(closure, result);
    state.closure = caller;
  }
  addCall(caller, closure, site);
  // What it was given is not seen to be called there: it is as if the caller called it.
  if (closure.isCut) for (const { symbol } of handed()) addCall(caller, symbol, site);
  if (closure.isMerged) for (const callback of handed()) machine.call(callback, UNKNOWN, unknownArguments(callback), site);
  return closure.result ?? UNKNOWN;
}

function countOf(stack: readonly FunctionSyntax[], wanted: FunctionSyntax): number {
  let count = 0;
  for (const node of stack) if (node === wanted) count += 1;
  return count;
}

/** Functions among arguments, and in plain objects and lists given as arguments. */
function functionsIn(given: readonly Value[]): readonly FunctionValue[] {
  const found: FunctionValue[] = [];
  for (const value of given) collectFunctions(value, 0, found);
  return found;
}

/** Into one list: most values are tables without any function, and are looked through at each call they are given to. */
function collectFunctions(value: Value, depth: number, found: FunctionValue[]): void {
  if (value.kind === 'function') found.push(value);
  else if (value.kind === 'union') for (const option of value.options) collectFunctions(option, depth, found);
  else if (depth === 2) return;
  else if (value.kind === 'array') for (const element of value.elements) collectFunctions(element, depth + 1, found);
  else if (value.kind === 'object') for (const property of value.properties.values()) collectFunctions(property, depth + 1, found);
}

function activate(machine: Machine, callee: FunctionValue, thisValue: Value, given: readonly Value[]): Value {
  const scope = createScope('function', callee.scope);
  const frame: Frame = {
    module: callee.module,
    symbol: callee.symbol,
    thisValue: callee.thisValue ?? thisValue,
    ...(callee.home === undefined ? {} : { home: callee.home }),
    returns: [],
    yields: [],
  };
  const environment: Environment = { scope, frame };
  if (callee.node.type !== 'ArrowFunctionExpression') declareFunctionNames(machine, callee, environment, given);
  bindParameters(machine, callee, environment, given);

  const { body } = callee.node;
  if (body === null) return UNKNOWN;
  if (body.type !== 'BlockStatement') {
    machine.state.statement = body;
    return machine.evaluate(body, environment);
  }
  const statements = body.body as readonly Statement[];
  hoist(machine, statements, environment);
  const completion = machine.executeAll(statements, environment);
  if (callee.node.generator) return arrayOf(frame.yields, machine.state.guards.length);
  if (completion === 'normal' || frame.returns.length === 0) frame.returns.push(completion === 'throw' ? UNKNOWN : UNDEFINED);
  return join(frame.returns);
}

function declareFunctionNames(machine: Machine, callee: FunctionValue, environment: Environment, given: readonly Value[]): void {
  const depth = machine.state.guards.length;
  environment.scope.bindings.set('arguments', { value: arrayOf(given, depth), depth });
  const ownName = callee.node.type === 'FunctionExpression' ? callee.node.id?.name : undefined;
  if (ownName !== undefined) environment.scope.bindings.set(ownName, { value: callee, depth });
}

function bindParameters(machine: Machine, callee: FunctionValue, environment: Environment, given: readonly Value[]): void {
  callee.node.params.forEach((parameter, index) => {
    const value = given[index] ?? UNDEFINED;
    switch (parameter.type) {
      case 'RestElement':
        declarePattern(machine, parameter.argument, arrayOf(given.slice(index), machine.state.guards.length), environment, 'parameter');
        return;
      case 'TSParameterProperty':
        bindParameterProperty(machine, parameter.parameter, value, environment);
        return;
      default:
        declarePattern(machine, parameter, value, environment, 'parameter');
    }
  });
}

/** `constructor(private readonly orders: Orders)`: a parameter and a field. */
function bindParameterProperty(machine: Machine, parameter: Node, given: Value, environment: Environment): void {
  const name = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  declarePattern(machine, parameter, given, environment, 'parameter');
  if (name.type !== 'Identifier') return;
  const value = environment.scope.bindings.get(name.name)?.value ?? UNKNOWN;
  const { thisValue, home } = environment.frame;
  if (thisValue.kind === 'instance') thisValue.properties.set(name.name, value);
  if (home !== undefined) recordHolder(machine, home.symbol, name.name, value);
}

/** Calls a function that was handed to unknown code, of which it is not known whether it is called at start-up. */
export function callBackPerhaps(machine: Machine, callback: Value, site: CallSite): void {
  const guard = machine.recorder.guard(site, true);
  underGuard(machine, guard, () => machine.call(callback, UNKNOWN, unknownArguments(callback), site));
}
