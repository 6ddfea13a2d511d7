import type { Node } from 'oxc-parser';
import type { SymbolId } from '../model/ids.ts';
import { type CapturedCall, capturedCalls } from './captured-calls.ts';
import type { Machine } from './machine.ts';
import type { FunctionValue } from './value.ts';

export interface UnwrappedHandler {
  /** The function that does the work. */
  readonly handler: FunctionValue;
  /** Functions of the program around it, outermost first. */
  readonly wrappers: readonly SymbolId[];
  /** The only other function that the handler calls and that was handed to the function around it. */
  readonly delegate?: SymbolId;
}

const MAXIMUM_WRAPPERS = 5;

/**
 * Finds the function inside wrappers such as `asyncHandler(fn)`: a closure that hands its own parameters on to one
 * function it was made with is a wrapper of that function.
 */
export function unwrapHandler(machine: Machine, value: FunctionValue): UnwrappedHandler {
  const wrappers: SymbolId[] = [];
  let handler = value;
  let calls = capturedCalls(machine, handler);
  while (wrappers.length < MAXIMUM_WRAPPERS) {
    const inner = onlyTarget(calls.filter((call) => handsOnParameters(handler, call)));
    if (inner === undefined || inner.node === handler.node) break;
    wrappers.push(handler.symbol);
    handler = inner;
    calls = capturedCalls(machine, handler);
  }
  const delegate = onlyTarget(calls);
  return delegate === undefined ? { handler, wrappers } : { handler, wrappers, delegate: delegate.symbol };
}

function onlyTarget(calls: readonly CapturedCall[]): FunctionValue | undefined {
  const [first] = calls;
  return first !== undefined && calls.every((call) => call.target.symbol === first.target.symbol) ? first.target : undefined;
}

/** Whether a call passes the first two parameters of the closure in order (its only one, all of them as a list, or none where it has none). */
function handsOnParameters(closure: FunctionValue, call: CapturedCall): boolean {
  const [first] = closure.node.params;
  if (first?.type === 'RestElement') return call.given.some((argument) => isList(argument, first.argument));
  if (call.given.some((argument) => argument.type === 'Identifier' && argument.name === 'arguments')) return true;
  const names = closure.node.params.slice(0, 2).map((parameter) => (parameter.type === 'Identifier' ? parameter.name : undefined));
  if (names.length === 0) return call.through === 'name' && call.given.length === 0;
  return names.every((name, index) => name !== undefined && isName(call.given[index], name));
}

const isName = (node: Node | undefined, name: string): boolean => node?.type === 'Identifier' && node.name === name;

const isList = (argument: Node, rest: Node): boolean => {
  const list = argument.type === 'SpreadElement' ? argument.argument : argument;
  return rest.type === 'Identifier' && isName(list, rest.name);
};
