import { join } from '../join.ts';
import { type Machine, underGuard, unknownAt } from '../machine.ts';
import {
  arrayOf,
  type BuiltinCall,
  type BuiltinValue,
  builtin,
  type CallSite,
  type PromiseValue,
  UNDEFINED,
  UNKNOWN,
  type UnknownValue,
  unknownArguments,
  type Value,
} from '../value.ts';

export const promiseOf = (value: Value): PromiseValue => (value.kind === 'promise' ? value : { kind: 'promise', value });
export const awaited = (value: Value): Value => (value.kind === 'promise' ? value.value : value);

/** `then`, `catch` and `finally` of a promise: start-up is followed as if everything it waits for succeeds. */
export function promiseMember(machine: Machine, promise: PromiseValue, name: string): Value | undefined {
  switch (name) {
    case 'then':
      return builtin('Promise.then', ({ arguments: [callback], site }) =>
        callback === undefined || callback.kind === 'constant'
          ? promise
          : promiseOf(machine.call(callback, UNDEFINED, [promise.value], site)),
      );
    case 'catch':
      return builtin('Promise.catch', ({ arguments: [callback], site }) => {
        if (callback !== undefined) perhaps(machine, callback, [UNKNOWN], site);
        return promise;
      });
    case 'finally':
      return builtin('Promise.finally', ({ arguments: [callback], site }) => {
        if (callback !== undefined) machine.call(callback, UNDEFINED, [], site);
        return promise;
      });
    default:
      return undefined;
  }
}

const ITERATING = new Set(['forEach', 'map', 'flatMap', 'filter', 'find', 'some', 'every', 'each', 'reduce']);

/** A member of an unknown value: promises and collections call back, whoever made them. */
export function unknownMember(machine: Machine, unknown: UnknownValue, name: string, _site: CallSite): Value {
  if (name === 'then' || name === 'catch' || name === 'finally')
    return promiseMember(machine, { kind: 'promise', value: unknown }, name) ?? unknown;
  if (!ITERATING.has(name)) return unknown;
  return builtin(`unknown.${name}`, (input) => iterateUnknown(machine, name, input));
}

/** One round stands for all rounds over a collection that is not known. */
function iterateUnknown(machine: Machine, name: string, { arguments: given, site }: BuiltinCall): Value {
  const [callback, initial] = given;
  if (callback === undefined) return UNKNOWN;
  const result = perhaps(machine, callback, name === 'reduce' && initial !== undefined ? [initial] : [], site);
  if (name === 'reduce' && initial !== undefined) return join([initial, result]);
  return name === 'map' || name === 'flatMap' ? { ...arrayOf([result]), complete: false } : unknownAt(machine, site);
}

const perhaps = (machine: Machine, callback: Value, given: readonly Value[], site: CallSite): Value =>
  underGuard(machine, machine.recorder.guard(site, true), () =>
    machine.call(callback, UNDEFINED, [...given, ...unknownArguments(callback).slice(given.length)], site),
  );

/** The global `Promise`. */
export function promiseGlobal(machine: Machine): BuiltinValue {
  const all = builtin('Promise.all', ({ arguments: [list = UNKNOWN] }) =>
    list.kind === 'array' ? promiseOf({ ...list, elements: list.elements.map(awaited) }) : promiseOf(UNKNOWN),
  );
  return {
    kind: 'builtin',
    name: 'Promise',
    construct: ({ arguments: [executor = UNKNOWN], site }) => {
      const results: Value[] = [];
      const resolve = builtin('resolve', ({ arguments: [value = UNDEFINED] }) => {
        results.push(awaited(value));
        return UNDEFINED;
      });
      machine.call(executor, UNDEFINED, [resolve, builtin('reject', () => UNDEFINED)], site);
      return promiseOf(results.length === 0 ? UNKNOWN : join(results));
    },
    members: new Map<string, Value>([
      ['resolve', builtin('Promise.resolve', ({ arguments: [value = UNDEFINED] }) => promiseOf(value))],
      ['reject', builtin('Promise.reject', () => promiseOf(UNKNOWN))],
      ['all', all],
      ['allSettled', builtin('Promise.allSettled', () => promiseOf(UNKNOWN))],
      ['race', builtin('Promise.race', () => promiseOf(UNKNOWN))],
    ]),
  };
}
