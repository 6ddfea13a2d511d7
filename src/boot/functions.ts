import type { Node, Statement } from 'oxc-parser';
import type { SymbolId } from '../model/ids.ts';
import { declarePattern, memberSymbol, recordHolder } from './bindings.ts';
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
  return {
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
}

/** Evaluates a call of a function of the program. */
export function callFunction(machine: Machine, callee: FunctionValue, thisValue: Value, given: readonly Value[], site: CallSite): Value {
  const { state, limits } = machine;
  machine.recorder.call(site.caller, callee.symbol, site);
  if (callee.node.body === null) return UNKNOWN;
  if (state.stack.filter((node) => node === callee.node).length >= limits.recursion) return UNKNOWN;
  if (state.mode === 'exploring' && !mayExplore(state, callee, callee.thisValue ?? thisValue)) return UNKNOWN;
  if (state.stack.length >= limits.depth) {
    if (state.mode === 'booting') machine.recorder.limit('depth', limits.depth, site);
    return UNKNOWN;
  }

  const guards = state.guards.length;
  const statement = state.statement;
  state.stack.push(callee.node);
  state.via.push(spanOf(site));
  const result = activate(machine, callee, thisValue, [...callee.bound, ...given]);
  state.via.pop();
  state.stack.pop();
  state.statement = statement;
  state.guards.length = guards;
  return callee.node.async ? { kind: 'promise', value: result.kind === 'promise' ? result.value : result } : result;
}

const MAXIMUM_EXPLORATIONS = 4;

/** While exploring, a function of one instance or closure is entered a few times at most: enough for what its callers differ in. */
function mayExplore(state: Machine['state'], callee: FunctionValue, thisValue: Value): boolean {
  const owner = thisValue.kind === 'instance' ? thisValue : callee.scope;
  const counts = state.explored.get(owner) ?? new Map<FunctionSyntax, number>();
  state.explored.set(owner, counts);
  const count = counts.get(callee.node) ?? 0;
  counts.set(callee.node, count + 1);
  return count < MAXIMUM_EXPLORATIONS;
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
  if (home !== undefined) recordHolder(machine, memberSymbol(home.symbol, name.name), value);
}

/** Calls a function that was handed to unknown code, of which it is not known whether it is called at start-up. */
export function callBackPerhaps(machine: Machine, callback: Value, site: CallSite): void {
  const guard = machine.recorder.guard(site, true);
  underGuard(machine, guard, () => machine.call(callback, UNKNOWN, unknownArguments(callback), site));
}
