import { ownEntry } from '../../lib/own-entry.ts';
import { roundsOver } from '../alike-rounds.ts';
import { joinArray } from '../fold.ts';
import { callBackPerhaps } from '../functions.ts';
import { isSame, join, truthOf } from '../join.ts';
import { noteAdded } from '../list-conditions.ts';
import { isOlder, type Machine } from '../machine.ts';
import {
  type ArrayValue,
  addElements,
  arrayOf,
  type BuiltinCall,
  builtin,
  type CallSite,
  constant,
  UNDEFINED,
  UNKNOWN,
  type Value,
} from '../value.ts';

type Method = (machine: Machine, array: ArrayValue, input: BuiltinCall) => Value;

/** A member of an array whose elements are known as far as they are. */
export function arrayMember(machine: Machine, array: ArrayValue, name: string): Value | undefined {
  if (name === 'length') return array.complete ? constant(array.elements.length) : UNKNOWN;
  const method = ownEntry(METHODS, name);
  if (method !== undefined) return builtin(`Array.${name}`, (input) => method(machine, array, input));
  const index = Number(name);
  return Number.isInteger(index) ? array.elements[index] : undefined;
}

/** Calls a function for each element, in order, and remembers which round it is; for elements that are alike once. */
export function forEachElement(
  machine: Machine,
  elements: readonly Value[],
  site: CallSite,
  visit: (element: Value, index: number) => void,
): void {
  const { state, limits, recorder } = machine;
  roundsOver(machine, elements).forEach((element, index) => {
    if (index >= limits.iterations || element === undefined) return;
    state.iterations.push(index);
    visit(element, index);
    state.iterations.pop();
  });
  if (elements.length > limits.iterations) recorder.limit('iterations', limits.iterations, site);
}

function mapElements(machine: Machine, array: ArrayValue, input: BuiltinCall): Value[] {
  const callback = input.arguments[0] ?? UNKNOWN;
  const results: Value[] = array.elements.map(() => UNKNOWN);
  forEachElement(machine, array.elements, input.site, (element, index) => {
    results[index] = machine.call(callback, input.arguments[1] ?? UNKNOWN, [element, constant(index), array], input.site);
  });
  return results;
}

function like(array: ArrayValue, elements: Iterable<Value>, complete = array.complete): ArrayValue {
  const made = arrayOf(elements, array.depth);
  made.complete &&= complete;
  return made;
}

const spread = (values: readonly Value[]): Value[] =>
  values.flatMap((value) => (value.kind === 'array' ? value.elements : value.kind === 'unknown' ? [] : [value]));

const METHODS: Readonly<Record<string, Method>> = {
  forEach(machine, array, input) {
    mapElements(machine, array, input);
    if (!array.complete) callBackPerhaps(machine, input.arguments[0] ?? UNKNOWN, input.site);
    return UNDEFINED;
  },
  map: (machine, array, input) => like(array, mapElements(machine, array, input)),
  flatMap: (machine, array, input) => like(array, spread(mapElements(machine, array, input))),
  flat: (_machine, array) => like(array, spread(array.elements)),
  filter(machine, array, input) {
    const truths = mapElements(machine, array, input).map(truthOf);
    const isKnown = truths.every((truth) => truth !== undefined);
    return like(
      array,
      array.elements.filter((_, index) => truths[index] !== false),
      array.complete && isKnown,
    );
  },
  find(machine, array, input) {
    const truths = mapElements(machine, array, input).map(truthOf);
    const first = truths.indexOf(true);
    const possible = array.elements.filter((_, index) => truths[index] !== false && (first === -1 || index <= first));
    return possible.length === 0 ? (array.complete ? UNDEFINED : UNKNOWN) : join(possible);
  },
  some(machine, array, input) {
    const truths = mapElements(machine, array, input).map(truthOf);
    if (truths.includes(true)) return constant(true);
    return array.complete && truths.every((truth) => truth === false) ? constant(false) : UNKNOWN;
  },
  every(machine, array, input) {
    const truths = mapElements(machine, array, input).map(truthOf);
    if (truths.includes(false)) return constant(false);
    return array.complete && truths.every((truth) => truth === true) ? constant(true) : UNKNOWN;
  },
  reduce(machine, array, input) {
    const [callback = UNKNOWN, ...initial] = input.arguments;
    let result = initial[0] ?? array.elements[0] ?? UNKNOWN;
    const rest = initial.length > 0 ? array.elements : array.elements.slice(1);
    forEachElement(machine, rest, input.site, (element, index) => {
      result = machine.call(callback, UNKNOWN, [result, element, constant(index), array], input.site);
    });
    return result;
  },
  push(machine, array, input) {
    noteAdded(machine, array, input.arguments);
    addElements(array, input.arguments);
    return constant(array.elements.length);
  },
  unshift(machine, array, input) {
    noteAdded(machine, array, input.arguments);
    const [first] = array.elements;
    if (isOlder(machine, array.depth) && first !== undefined) {
      array.elements[0] = join([first, ...input.arguments.slice(0, 1)]);
      addElements(array, input.arguments);
    } else addElements(array, [...input.arguments, ...array.elements.splice(0)]);
    return constant(array.elements.length);
  },
  pop: (machine, array) => (isOlder(machine, array.depth) ? join(array.elements) : (array.elements.pop() ?? UNDEFINED)),
  shift: (machine, array) => (isOlder(machine, array.depth) ? join(array.elements) : (array.elements.shift() ?? UNDEFINED)),
  concat: (_machine, array, input) =>
    like(
      array,
      [...array.elements, ...spread(input.arguments)],
      array.complete && input.arguments.every((value) => value.kind !== 'unknown'),
    ),
  slice(_machine, array, input) {
    const [start, end] = input.arguments.map((value) => (value.kind === 'constant' ? Number(value.value) : undefined));
    return like(array, array.elements.slice(start ?? 0, end));
  },
  reverse(_machine, array) {
    array.elements.reverse();
    return array;
  },
  sort: (_machine, array) => array,
  join(_machine, array, input) {
    const separator = input.arguments[0];
    const text = separator?.kind === 'constant' ? String(separator.value) : ',';
    return array.complete ? joinArray(array.elements, text) : UNKNOWN;
  },
  includes(_machine, array, input) {
    const wanted = input.arguments[0] ?? UNDEFINED;
    if (wanted.kind !== 'constant') return UNKNOWN;
    if (array.elements.some((element) => isSame(element, wanted))) return constant(true);
    return array.complete && array.elements.every((element) => element.kind === 'constant') ? constant(false) : UNKNOWN;
  },
  indexOf(_machine, array, input) {
    const wanted = input.arguments[0] ?? UNDEFINED;
    const isKnown = array.complete && [wanted, ...array.elements].every((element) => element.kind === 'constant');
    return isKnown ? constant(array.elements.findIndex((element) => isSame(element, wanted))) : UNKNOWN;
  },
  at(_machine, array, input) {
    const index = input.arguments[0];
    return index?.kind === 'constant' ? (array.elements.at(Number(index.value)) ?? UNDEFINED) : UNKNOWN;
  },
  keys: (_machine, array) =>
    like(
      array,
      array.elements.map((_, index) => constant(index)),
    ),
  values: (_machine, array) => like(array, array.elements),
  entries: (_machine, array) =>
    like(
      array,
      array.elements.map((element, index) => arrayOf([constant(index), element])),
    ),
};
