import { recordHolder } from './bindings.ts';
import { arrayMember } from './builtins/array.ts';
import { functionMember } from './builtins/function.ts';
import { objectMember } from './builtins/object.ts';
import { promiseMember, unknownMember } from './builtins/promise.ts';
import { stringMember } from './builtins/string.ts';
import { withDefaults } from './fold.ts';
import { join } from './join.ts';
import { awaitObject, exportMember, libraryMember } from './library.ts';
import { isOlder, type Machine, mayStay, unknownAt } from './machine.ts';
import { exportOf } from './module-exports.ts';
import {
  type ArrayValue,
  type CallSite,
  type ClassValue,
  constant,
  type ExternalValue,
  type InstanceValue,
  isMissing,
  type LibraryValue,
  type ObjectValue,
  UNDEFINED,
  type UnknownValue,
  type Value,
} from './value.ts';

/** Reads a member of any value. */
export function getMember(machine: Machine, object: Value, name: string, site: CallSite): Value {
  const unknown = (): UnknownValue => unknownAt(machine, site);
  switch (object.kind) {
    case 'object':
      return (
        readObject(machine, object, object, name, site) ??
        objectMember(object, name) ??
        (object.complete ? UNDEFINED : join([...(object.unnamed ?? []), unknown()]))
      );
    case 'instance':
      return readInstance(machine, object, name, site) ?? unknown();
    case 'class':
      return readStatic(machine, object, name, site) ?? UNDEFINED;
    case 'array':
      return arrayMember(machine, object, name) ?? (object.complete ? UNDEFINED : unknown());
    case 'function':
      return functionMember(machine, object, name) ?? UNDEFINED;
    case 'namespace':
      return exportOf(object.module, name) ?? UNDEFINED;
    case 'library':
      return (
        promisedMember(machine, object, name, site) ??
        libraryMember(machine, object, name, site) ??
        unknownMember(machine, unknown(), name, site)
      );
    case 'method':
      return functionMember(machine, object, name) ?? unknown();
    case 'export':
      return INDIRECTION.has(name) ? (functionMember(machine, object, name) ?? unknown()) : exportMember(machine, object, name, site);
    case 'external':
      return externalMember(machine, object, name, site);
    case 'builtin':
      return object.members?.get(name) ?? functionMember(machine, object, name) ?? unknown();
    case 'promise':
      return promiseMember(machine, object, name) ?? getMember(machine, object.value, name, site);
    case 'union':
      return readOptions(machine, object.options, name, site);
    case 'environment': {
      const known = withDefaults(object);
      return known.kind === 'environment' ? (stringMember(machine, known, name) ?? unknown()) : getMember(machine, known, name, site);
    }
    case 'constant':
    case 'template':
    case 'pattern':
      return stringMember(machine, object, name) ?? unknown();
    default:
      return unknownMember(machine, unknown(), name, site);
  }
}

const INDIRECTION: ReadonlySet<string> = new Set(['call', 'apply', 'bind']);

function readOptions(machine: Machine, options: readonly Value[], name: string, site: CallSite): Value {
  const present = options.filter((option) => !(option.kind === 'constant' && (option.value === undefined || option.value === null)));
  return join(present.map((option) => getMember(machine, option, name, site)));
}

function externalMember(machine: Machine, object: ExternalValue, name: string, site: CallSite): Value {
  if (object.called && (name === 'then' || name === 'catch' || name === 'finally')) {
    return unknownMember(machine, unknownAt(machine, site), name, site);
  }
  return { ...object, path: [...object.path, ...(object.called ? ['()'] : []), name], called: false, arguments: [] };
}

function readObject(machine: Machine, object: ObjectValue, receiver: Value, name: string, site: CallSite): Value | undefined {
  const own = object.properties.get(name);
  if (own !== undefined) {
    const value = readProperty(machine, own, receiver, site);
    // Another request may have stored under a name that is not known.
    return object.unnamed === undefined || machine.state.mode === 'booting' ? value : join([value, ...object.unnamed]);
  }
  const { prototype } = object;
  if (prototype?.kind === 'object') return readObject(machine, prototype, receiver, name, site);
  return prototype === undefined ? undefined : getMember(machine, prototype, name, site);
}

function readInstance(machine: Machine, object: InstanceValue, name: string, site: CallSite): Value | undefined {
  const own = object.properties.get(name);
  if (own !== undefined) return readProperty(machine, own, object, site);
  const inherited = findInherited(object.class, name);
  if (inherited !== undefined) return readProperty(machine, inherited, object, site);
  if (name === 'constructor') return object.class;
  return object.base === undefined ? undefined : getMember(machine, object.base, name, site);
}

/** A method or accessor of a class, its own or inherited. */
function findInherited(owner: ClassValue, name: string): Value | undefined {
  for (let current: Value | undefined = owner; current?.kind === 'class'; current = current.superClass) {
    const found = current.prototype.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function readStatic(machine: Machine, owner: ClassValue, name: string, site: CallSite): Value | undefined {
  if (name === 'name') return constant(owner.name);
  for (let current: Value | undefined = owner; current !== undefined; ) {
    if (current.kind !== 'class') return getMember(machine, current, name, site);
    const found = current.statics.get(name);
    if (found !== undefined) return readProperty(machine, found, owner, site);
    current = current.superClass;
  }
  if (name !== 'prototype') return undefined;
  return { kind: 'object', properties: owner.prototype, complete: true, depth: 0 };
}

function readProperty(machine: Machine, value: Value, receiver: Value, site: CallSite): Value {
  if (value.kind !== 'accessor') return value;
  return value.get === undefined ? UNDEFINED : machine.callFunction(value.get, receiver, [], site);
}

/** Assigns a member of any value; under a condition the old value stays possible. */
/** `create(…).then((app) => …)`: models tell what a call gives in the end, not that it is promised. */
function promisedMember(machine: Machine, object: LibraryValue, name: string, site: CallSite): Value | undefined {
  const members = machine.models.object(object.objectKind)?.members ?? {};
  if (!PROMISED.has(name) || Object.hasOwn(members, name) || object.properties.has(name)) return undefined;
  return promiseMember(machine, { kind: 'promise', value: awaitObject(machine, object, site) }, name);
}

const PROMISED: ReadonlySet<string> = new Set(['then', 'catch', 'finally']);

export function setMember(machine: Machine, object: Value, name: string, value: Value, site: CallSite): void {
  switch (object.kind) {
    case 'object':
      if (!callSetter(machine, object.properties.get(name), object, value, site))
        store(machine, object.properties, object.depth, name, value);
      return;
    case 'instance': {
      const setter = object.properties.get(name) ?? findInherited(object.class, name);
      if (callSetter(machine, setter, object, value, site)) return;
      store(machine, object.properties, object.depth, name, value);
      recordHolder(machine, holderOf(object.class, name).symbol, name, value);
      return;
    }
    case 'array':
      setElement(machine, object, name, value);
      return;
    case 'class':
      store(machine, object.statics, outermost(machine), name, value);
      recordHolder(machine, object.symbol, name, value);
      return;
    case 'function':
    case 'library':
      store(machine, object.properties, outermost(machine), name, value);
      return;
    case 'union':
      for (const option of object.options) setMember(machine, option, name, value, site);
      return;
    default:
  }
}

/** The class of the chain that declares a field, else the instance's own. */
function holderOf(owner: ClassValue, name: string): ClassValue {
  for (let current: Value | undefined = owner; current?.kind === 'class'; current = current.superClass) {
    if (current.fields.some((field) => field.key.type === 'Identifier' && field.key.name === name)) return current;
  }
  return owner;
}

function callSetter(machine: Machine, known: Value | undefined, receiver: Value, value: Value, site: CallSite): boolean {
  if (known?.kind !== 'accessor' || known.set === undefined) return false;
  machine.callFunction(known.set, receiver, [value], site);
  return true;
}

function store(machine: Machine, properties: Map<string, Value>, depth: number, name: string, value: Value): void {
  const old = properties.get(name);
  const isConditional = old !== undefined && !isMissing(old) && old.kind !== 'unknown' && mayStay(machine, depth, old, value);
  properties.set(name, isConditional ? join([value, old]) : value);
}

/** What is not told apart by its guards: start-up replaces it, a request may. */
const outermost = ({ state }: Machine): number => (state.mode === 'exploring' ? 0 : state.guards.length);

function setElement(machine: Machine, { elements, depth }: ArrayValue, name: string, value: Value): void {
  const index = Number(name);
  if (name === 'length' && value.kind === 'constant' && value.value === 0) {
    if (!isOlder(machine, depth)) elements.length = 0;
  } else if (Number.isInteger(index) && index >= 0 && index <= elements.length) {
    const old = elements[index];
    elements[index] = old !== undefined && isOlder(machine, depth) ? join([value, old]) : value;
  }
}
