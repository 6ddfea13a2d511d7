import type { ModuleId } from '../model/ids.ts';
import type { Machine } from './machine.ts';
import type { ModuleState } from './value.ts';

/** Evaluates a module as the first of a program. */
export function startModule(machine: Machine, id: ModuleId): ModuleState | undefined {
  machine.state.entry = id;
  leaveSteps(machine);
  return machine.loadModule(id);
}

/** What ran before leaves a share of the steps to what begins now. */
export function leaveSteps({ state, limits }: Machine): void {
  state.steps = Math.min(state.steps, Math.ceil(limits.steps * SPENT_AT_MOST));
}

const SPENT_AT_MOST = 1 / 2;
