import { createClosureGraph } from './closure-graph.ts';
import type { Machine } from './machine.ts';
import { type CallSite, type FunctionValue, UNKNOWN, unknownArguments } from './value.ts';

/**
 * Follows the functions that start-up registered, with unknown arguments: only to learn which functions they call through
 * what they were made with (injected services, closures). Nothing they would register is recorded. They are followed
 * twice: what one request leaves behind (a hook that it adds, a service that it replaces) the next one runs.
 */
export function exploreRegistered(machine: Machine): void {
  const { state, recorder } = machine;
  const { closures } = state;
  state.mode = 'exploring';
  recorder.explore();
  state.closures = createClosureGraph();
  exploreAll(machine, () => undefined);
  state.closures = closures;
  exploreAll(machine, ({ symbol }, site) => recorder.partly(symbol, site));
}

function exploreAll(machine: Machine, onPartly: (registered: FunctionValue, site: CallSite) => void): void {
  const { state, recorder } = machine;
  for (const registered of state.registered) {
    // Everything a request does is done under conditions, more than start-up knows: what that left stays possible.
    state.guards.push(...Array.from({ length: MORE_GUARDS }, () => recorder.guard(siteOf(registered), true)));
    let isWhole = follow(machine, () => explore(machine, registered));
    for (let count = 0; count < MAXIMUM_DEFERRED && state.deferred.length > 0; count++) {
      const deferred = state.deferred.shift();
      if (deferred !== undefined && !follow(machine, deferred)) isWhole = false;
    }
    if (!isWhole || state.deferred.length > 0) onPartly(registered, siteOf(registered));
    state.deferred.length = 0;
    state.guards.length = 0;
  }
}

/** Values that start-up made under conditions have fewer than this number. */
const MORE_GUARDS = 64;
const STEPS_FOR_EACH = 50_000;
/** Code that calls ever new functions of its own making has no end. */
const MAXIMUM_DEFERRED = 30;

/** Whether code was followed within its number of steps. */
function follow({ state, limits }: Machine, run: () => void): boolean {
  state.steps = Math.max(0, limits.steps - STEPS_FOR_EACH);
  run();
  return state.steps <= limits.steps;
}

function explore(machine: Machine, registered: FunctionValue): void {
  machine.callFunction(registered, registered.thisValue ?? UNKNOWN, unknownArguments(registered), siteOf(registered));
}

/** The function itself stands for the unknown code that calls it: a call of a function by itself is no edge. */
const siteOf = (registered: FunctionValue): CallSite => ({
  module: registered.module.id,
  node: registered.node,
  caller: registered.symbol,
});
