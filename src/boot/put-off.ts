import type { Machine, MachineState } from './machine.ts';

/** Keeps code for later, under the conditions and on the way on which start-up came to it. */
export function putOff({ state }: Machine, body: () => void): void {
  const resume = contextOf(state);
  state.waiting.push(() => resume(body));
}

/** Runs what was put off, in order; what each puts off runs before the next. */
export function settle({ state }: Machine): void {
  const waiting = state.waiting;
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) next();
}

/** Remembers where start-up is; the function runs code as if it were there again, what that puts off included. */
function contextOf(state: MachineState): (body: () => void) => void {
  const kept = placeOf(state);
  return (body) => {
    const present = placeOf(state);
    const { waiting } = state;
    goTo(state, kept);
    state.waiting = [];
    body();
    for (let next = state.waiting.shift(); next !== undefined; next = state.waiting.shift()) next();
    state.waiting = waiting;
    goTo(state, present);
  };
}

type Place = Pick<MachineState, (typeof LISTS)[number] | 'statement'>;

const LISTS = ['guards', 'via', 'iterations', 'stack'] as const;

const placeOf = ({ guards, via, iterations, stack, statement }: MachineState): Place => ({
  guards: [...guards],
  via: [...via],
  iterations: [...iterations],
  stack: [...stack],
  statement,
});

function goTo(state: MachineState, place: Place): void {
  for (const name of LISTS) refill<unknown>(state[name], place[name]);
  state.statement = place.statement;
}

function refill<T>(list: T[], elements: readonly T[]): void {
  list.splice(0, list.length, ...elements);
}
