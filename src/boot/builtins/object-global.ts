import { groupBy } from '../../lib/group.ts';
import { join } from '../join.ts';
import type { Machine } from '../machine.ts';
import { exportNames, exportOf } from '../module-exports.ts';
import { arrayOf, type BuiltinCall, builtin, constant, objectOf, UNDEFINED, UNKNOWN, type Value } from '../value.ts';

interface Entries {
  readonly entries: readonly (readonly [string, Value])[];
  readonly complete: boolean;
}

/** The members of a value that can be listed. */
export function entriesOf(value: Value): Entries {
  switch (value.kind) {
    case 'object':
      return { entries: [...value.properties], complete: value.complete };
    case 'instance':
      return { entries: [...value.properties], complete: true };
    case 'array':
      return { entries: value.elements.map((element, index) => [String(index), element]), complete: value.complete };
    case 'class':
      return { entries: [...value.statics], complete: true };
    case 'namespace':
      return { entries: exportNames(value.module).map((name) => [name, exportOf(value.module, name) ?? UNKNOWN]), complete: true };
    case 'constant':
      return { entries: [], complete: true };
    case 'union':
      return entriesOfOptions(value.options);
    default:
      return { entries: [], complete: false };
  }
}

/** One of several objects: every member that one of them has, with all values that it may have. */
function entriesOfOptions(options: readonly Value[]): Entries {
  const listed = options
    .filter(({ kind }) => kind !== 'constant')
    .map((option) => (option.kind === 'object' ? entriesOf(option) : NOTHING));
  const values = groupBy(
    listed.flatMap(({ entries }) => entries),
    ([name]) => name,
    ([, value]) => value,
  );
  return { entries: [...values].map(([name, known]) => [name, join(known)]), complete: listed.every(({ complete }) => complete) };
}

const NOTHING: Entries = { entries: [], complete: false };

/** The global `Object`. */
export function objectGlobal(machine: Machine): Value {
  const list = (value: Value, element: (entry: readonly [string, Value]) => Value): Value => {
    const { entries, complete } = entriesOf(value);
    return { ...arrayOf(entries.map(element), machine.state.guards.length), complete };
  };
  const define = (name: string, call: (input: BuiltinCall) => Value): [string, Value] => [name, builtin(`Object.${name}`, call)];
  const first = (input: BuiltinCall): Value => input.arguments[0] ?? UNDEFINED;
  return {
    kind: 'builtin',
    name: 'Object',
    call: first,
    construct: () => objectOf([], machine.state.guards.length),
    members: new Map<string, Value>([
      define('keys', (input) => list(first(input), ([name]) => constant(name))),
      define('getOwnPropertyNames', (input) => ownNames(first(input))),
      define('values', (input) => list(first(input), ([, value]) => value)),
      define('entries', (input) => list(first(input), ([name, value]) => arrayOf([constant(name), value]))),
      define('fromEntries', (input) => fromEntries(first(input))),
      define('assign', (input) => assign(machine, input)),
      define('create', (input) => create(machine, first(input))),
      define('setPrototypeOf', (input) => setPrototype(first(input), input.arguments[1])),
      define('getPrototypeOf', (input) => prototypeOf(first(input))),
      define('defineProperty', (input) => defineProperty(machine, input)),
      define('freeze', first),
      define('seal', first),
    ]),
  };
}

/** Copies the members of the sources into the target, which may be a library object or a function. */
function assign(machine: Machine, { arguments: [target = UNDEFINED, ...sources], site }: BuiltinCall): Value {
  for (const source of sources) {
    const { entries, complete } = entriesOf(source);
    for (const [name, value] of entries) machine.setMember(target, name, value, site);
    if (!complete && target.kind === 'object') target.complete = false;
  }
  return target;
}

function fromEntries(value: Value): Value {
  if (value.kind !== 'array') return UNKNOWN;
  const made = objectOf();
  made.complete = value.complete;
  for (const entry of value.elements) {
    const [name, member] = entry.kind === 'array' ? entry.elements : [];
    if (name?.kind === 'constant' && member !== undefined) made.properties.set(String(name.value), member);
    else made.complete = false;
  }
  return made;
}

function create(machine: Machine, prototype: Value): Value {
  const made = objectOf([], machine.state.guards.length);
  if (prototype.kind !== 'constant') made.prototype = prototype;
  return made;
}

function setPrototype(target: Value, prototype: Value | undefined): Value {
  if (target.kind === 'object' && prototype?.kind !== 'object' && prototype !== undefined) target.prototype = prototype;
  if (target.kind === 'object' && prototype?.kind === 'object' && !inherits(prototype, target)) target.prototype = prototype;
  return target;
}

const inherits = (object: Value | undefined, ancestor: Value): boolean =>
  object !== undefined && (object === ancestor || (object.kind === 'object' && inherits(object.prototype, ancestor)));

function prototypeOf(value: Value): Value {
  if (value.kind === 'instance') return { kind: 'object', properties: value.class.prototype, complete: true, depth: 0 };
  return value.kind === 'object' ? (value.prototype ?? UNKNOWN) : UNKNOWN;
}

const ownNames = (value: Value): Value => {
  const { entries, complete } = entriesOf(value);
  return { ...arrayOf(entries.map(([name]) => constant(name))), complete };
};

/** `Object.defineProperty(exports, '__esModule', { value: true })` and getters of compiled re-exports. */
function defineProperty(machine: Machine, { arguments: [target = UNDEFINED, name, descriptor], site }: BuiltinCall): Value {
  if (name?.kind !== 'constant' || descriptor?.kind !== 'object') return target;
  const getter = descriptor.properties.get('get');
  const value = getter?.kind === 'function' ? { kind: 'accessor' as const, get: getter } : (descriptor.properties.get('value') ?? UNKNOWN);
  machine.setMember(target, String(name.value), value, site);
  return target;
}

/** What `table[name]` may be where the name is not known: any member; nothing for an object without any. */
export function anyMember(object: Value): Value | undefined {
  if (object.kind !== 'object') return undefined;
  const members = [...entriesOf(object).entries.map(([, value]) => value), ...(object.unnamed ?? [])];
  return members.length === 0 ? undefined : join([...members, UNKNOWN]);
}
