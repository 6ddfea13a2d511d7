import { type Machine, underGuard } from './machine.ts';
import { type CallSite, type FunctionValue, UNKNOWN, unknownArguments } from './value.ts';

/**
 * Follows the functions that start-up registered, once each, with unknown arguments: only to learn which functions they
 * call through what they were made with (injected services, closures). Nothing they would register is recorded.
 */
export function exploreRegistered(machine: Machine): void {
  const { state } = machine;
  state.mode = 'exploring';
  for (const registered of state.registered) {
    state.steps = Math.max(0, machine.limits.steps - STEPS_FOR_EACH);
    underGuard(machine, machine.recorder.guard(siteOf(registered), true), () => explore(machine, registered));
  }
}

const STEPS_FOR_EACH = 50_000;

function explore(machine: Machine, registered: FunctionValue): void {
  machine.callFunction(registered, registered.thisValue ?? UNKNOWN, unknownArguments(registered), siteOf(registered));
}

/** The function itself stands for the unknown code that calls it: a call of a function by itself is no edge. */
const siteOf = (registered: FunctionValue): CallSite => ({
  module: registered.module.id,
  node: registered.node,
  caller: registered.symbol,
});
