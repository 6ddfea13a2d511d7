import type { BootGuard } from '../model/boot-trace.ts';
import { optionsOf } from './join.ts';
import { conditionsSince, type Machine } from './machine.ts';
import type { ArrayValue, ClassValue, ObjectValue, Value } from './value.ts';

/** What a condition adds to a list keeps it, however often the list is copied: `if (isTest) modules.push(Trials)`. */
export function noteAdded(machine: Machine, array: ArrayValue, given: readonly Value[]): void {
  const conditions = conditionsSince(machine, array.depth);
  if (conditions.length > 0) note(machine, given.flatMap(elementsIn), conditions);
}

/** What a choice adds, unless it is there either way: `[Books, ...(isTest ? [Trials] : [])]`, `[Books, isTest && Trials]`. */
export function noteChosen(machine: Machine, guard: BootGuard, chosen: Value, other: Value): void {
  if (machine.state.mode === 'exploring') return;
  const found = elementsIn(chosen);
  if (found.length === 0) return;
  const others = new Set(elementsIn(other));
  note(
    machine,
    found.filter((value) => !others.has(value)),
    [guard],
  );
}

/** A class that a list names outright is there in any case, whatever other lists are given it. */
export function noteListed(machine: Machine, value: Value): void {
  const { mode, listed } = machine.state;
  if (mode === 'booting' && value.kind === 'class' && conditionsSince(machine, 0).length === 0) listed.add(value);
}

/** Conditions under which lists have a value. */
export const conditionsOf = ({ state: { added, listed } }: Machine, value: Value): readonly BootGuard[] =>
  listed.has(value) ? [] : (added.get(value) ?? []);

type Added = ClassValue | ObjectValue;

function note({ state: { added } }: Machine, values: readonly Added[], conditions: readonly BootGuard[]): void {
  for (const value of values) if (!added.has(value)) added.set(value, conditions);
}

const elementsIn = (value: Value): readonly Added[] =>
  optionsOf(value)
    .flatMap((option) => (option.kind === 'array' ? option.elements : [option]))
    .filter((one): one is Added => one.kind === 'class' || one.kind === 'object');
