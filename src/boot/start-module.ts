import type { ModuleId } from '../model/ids.ts';
import type { Machine } from './machine.ts';
import type { ModuleState } from './value.ts';

/** Evaluates a module as the first of a program; what ran before leaves it a share of the steps. */
export function startModule({ state, limits, loadModule }: Machine, id: ModuleId): ModuleState | undefined {
  state.entry = id;
  state.steps = Math.min(state.steps, Math.ceil(limits.steps * SPENT_AT_MOST));
  return loadModule(id);
}

const SPENT_AT_MOST = 2 / 3;
