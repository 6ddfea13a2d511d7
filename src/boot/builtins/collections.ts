import { isSame, join } from '../join.ts';
import { isOlder, type Machine } from '../machine.ts';
import { type ArrayValue, arrayOf, type BuiltinCall, builtin, constant, objectOf, UNDEFINED, UNKNOWN, type Value } from '../value.ts';

/** `Map` and `Set`: an object whose methods share one list of entries. Their iteration order is insertion order. */
export function collectionGlobals(machine: Machine): readonly (readonly [string, Value])[] {
  const make = (name: 'Map' | 'Set'): Value => ({
    kind: 'builtin',
    name,
    construct: (input) => (name === 'Map' ? makeMap(machine, input) : makeSet(machine, input)),
  });
  return [
    ['Map', make('Map')],
    ['Set', make('Set')],
    ['WeakMap', make('Map')],
    ['WeakSet', make('Set')],
  ];
}

/** What start-up put into a collection may be gone when a request comes. */
const membership = (machine: Machine, isKnown: boolean): Value => (isKnown && machine.state.mode === 'booting' ? constant(true) : UNKNOWN);

function makeMap(machine: Machine, { arguments: [initial] }: BuiltinCall): Value {
  const list = initial?.kind === 'array' ? initial.elements : [];
  const entries: ArrayValue = arrayOf(
    list.filter((entry) => entry.kind === 'array'),
    machine.state.guards.length,
  );
  const find = (key: Value | undefined): ArrayValue | undefined =>
    entries.elements.find(
      (entry): entry is ArrayValue =>
        entry.kind === 'array' &&
        key !== undefined &&
        key.kind !== 'unknown' &&
        entry.elements[0] !== undefined &&
        isSame(entry.elements[0], key),
    );
  const isWhole = initial === undefined || (initial.kind === 'array' && initial.complete && entries.elements.length === list.length);
  /** A key that nothing was set under, where all keys are known. */
  const isAbsent = (key: Value | undefined): boolean =>
    isWhole &&
    key?.kind === 'constant' &&
    entries.elements.every((entry) => entry.kind === 'array' && entry.elements[0]?.kind === 'constant');
  const made = objectOf([], machine.state.guards.length);
  return withMethods(made, entries, {
    set: ({ arguments: [key = UNDEFINED, value = UNDEFINED] }) => {
      const known = find(key);
      if (known === undefined) entries.elements.push(arrayOf([key, value]));
      else known.elements[1] = isOlder(machine, made.depth) ? join([value, ...known.elements.slice(1)]) : value;
      return made;
    },
    get: ({ arguments: [key] }) => {
      const found = find(key)?.elements[1];
      if (machine.state.mode === 'booting' && (found !== undefined || isAbsent(key))) return found ?? UNDEFINED;
      // Under a key that is not known stands any of the values; one that is known may have been set under such a key.
      return join([...entries.elements.flatMap((entry) => valueUnder(entry, key)), found ?? UNKNOWN]);
    },
    has: ({ arguments: [key] }) => membership(machine, find(key) !== undefined),
    values: () => arrayOf(entries.elements.map((entry) => (entry.kind === 'array' ? (entry.elements[1] ?? UNKNOWN) : UNKNOWN))),
    keys: () => arrayOf(entries.elements.map((entry) => (entry.kind === 'array' ? (entry.elements[0] ?? UNKNOWN) : UNKNOWN))),
    entries: () => arrayOf(entries.elements),
    forEach: ({ arguments: [callback = UNKNOWN], site }) => {
      for (const entry of entries.elements) {
        const [key = UNKNOWN, value = UNKNOWN] = entry.kind === 'array' ? entry.elements : [];
        machine.call(callback, UNDEFINED, [value, key, made], site);
      }
      return UNDEFINED;
    },
  });
}

/** The value of an entry, where the wanted key or its own is not known. */
function valueUnder(entry: Value, wanted: Value | undefined): readonly Value[] {
  if (entry.kind !== 'array') return [];
  const [key, value = UNKNOWN] = entry.elements;
  return wanted?.kind === 'constant' && key?.kind === 'constant' ? [] : [value];
}

function makeSet(machine: Machine, { arguments: [initial] }: BuiltinCall): Value {
  const entries: ArrayValue = arrayOf([], machine.state.guards.length);
  const add = (value: Value): void => {
    if (!entries.elements.some((known) => isSame(known, value))) entries.elements.push(value);
  };
  if (initial?.kind === 'array') initial.elements.forEach(add);
  const made = objectOf([], machine.state.guards.length);
  return withMethods(made, entries, {
    add: ({ arguments: [value = UNDEFINED] }) => {
      add(value);
      return made;
    },
    has: ({ arguments: [value = UNDEFINED] }) =>
      membership(
        machine,
        entries.elements.some((known) => isSame(known, value)),
      ),
    values: () => arrayOf(entries.elements),
    forEach: (input) => machine.call(machine.getMember(entries, 'forEach', input.site), entries, input.arguments, input.site),
  });
}

/** The hidden member that `for…of` and spread read. */
const ITERATED = '[[elements]]';

function withMethods(
  made: ReturnType<typeof objectOf>,
  entries: ArrayValue,
  methods: Readonly<Record<string, (input: BuiltinCall) => Value>>,
): Value {
  made.properties.set(ITERATED, entries);
  for (const [name, method] of Object.entries(methods)) made.properties.set(name, builtin(name, method));
  made.complete = false;
  return made;
}

/** The elements that iteration over a value gives; `undefined` when they are not known. */
export function iterated(value: Value): ArrayValue | undefined {
  if (value.kind === 'array') return value;
  const hidden = value.kind === 'object' ? value.properties.get(ITERATED) : undefined;
  return hidden?.kind === 'array' ? hidden : undefined;
}
