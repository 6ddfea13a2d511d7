import { ownEntry } from '../lib/own-entry.ts';
import type { CallModel, LibraryHost, LibraryModel, MemberModel, ResultModel } from '../model/boot-trace.ts';
import type { LibraryObjectId } from '../model/ids.ts';
import { toBootValue } from './boot-value.ts';
import { forEachElement } from './builtins/array.ts';
import { entriesOf } from './builtins/object-global.ts';
import { assemble } from './containers.ts';
import { dispatched } from './dispatch.ts';
import { reportEscapes } from './escapes.ts';
import { callBackPerhaps } from './functions.ts';
import { injected, provide } from './injection.ts';
import { type Machine, PERHAPS } from './machine.ts';
import { mergeValues } from './merge-values.ts';
import { effectPlace, effectSpan } from './spans.ts';
import {
  arrayOf,
  type CallSite,
  type ClassValue,
  constant,
  type ExportValue,
  type LibraryValue,
  type MethodValue,
  UNDEFINED,
  UNKNOWN,
  unknownArguments,
  type Value,
} from './value.ts';
import { valueHost } from './value-host.ts';

/** What a call of a library does to what is known: the model's table, applied. */
interface LibraryCall {
  readonly call: CallModel;
  readonly method: string;
  readonly given: readonly Value[];
  readonly site: CallSite;
  /** The object it is called on; absent for a function of the library itself. */
  readonly receiver?: LibraryValue;
  /** Kind of the object on which effects of such a function stand. */
  readonly singleton: string;
}

/** Calls an export of a modelled package; one the model is silent about gives an external value. */
export function callExport(machine: Machine, callee: ExportValue, given: readonly Value[], site: CallSite, form: 'call' | 'new'): Value {
  const call = callOf(callee.member);
  if (call === undefined || (form === 'new' && call.constructs !== true)) {
    reportEscapes(machine, given, callee, site);
    return externalResult(callee, given, site);
  }
  const method = callee.path.at(-1) ?? callee.package;
  return applyCall(machine, { call, method, given, site, singleton: callee.model.name });
}

const externalResult = (callee: ExportValue, given: readonly Value[], site: CallSite): Value => ({
  kind: 'external',
  package: callee.package,
  path: callee.path,
  called: true,
  arguments: given,
  origin: site,
});

export const callMethod = (machine: Machine, callee: MethodValue, given: readonly Value[], site: CallSite): Value =>
  applyCall(machine, {
    call: callee.call,
    method: callee.name,
    given,
    site,
    receiver: callee.receiver,
    singleton: callee.receiver.objectKind,
  });

export function callObject(machine: Machine, callee: LibraryValue, given: readonly Value[], site: CallSite): Value {
  const call = machine.models.object(callee.objectKind)?.call;
  if (call === undefined) return UNKNOWN;
  return applyCall(machine, { call, method: '', given, site, receiver: callee, singleton: callee.objectKind });
}

export const callOf = (member: MemberModel | undefined): CallModel | undefined => {
  if (member === undefined || 'property' in member) return undefined;
  return 'members' in member ? member.call : member;
};

/** What waiting for an object does, where its model says so. */
export function awaitObject(machine: Machine, object: LibraryValue, site: CallSite): Value {
  const call = machine.models.object(object.objectKind)?.awaited;
  if (call === undefined || machine.state.mode === 'exploring') return object;
  return applyCall(machine, { call, method: 'await', given: [], site, receiver: object, singleton: object.objectKind });
}

/** Runs the code of a model that starts a module. */
export function performCommand(machine: Machine, model: LibraryModel, module: Value, site: CallSite): void {
  const performs = model.command?.performs;
  if (performs !== undefined) applyCall(machine, { call: { performs }, method: 'start', given: [module], site, singleton: model.name });
}

function applyCall(machine: Machine, input: LibraryCall): Value {
  const call = input.call.withArguments?.[input.given.length] ?? input.call;
  if (call.performs !== undefined && machine.state.mode === 'booting') return call.performs(hostOf(machine, input));
  const result = resultOf(machine, call.returns ?? 'unknown', input);
  if (call.records !== undefined) recordEffect(machine, { ...input, call }, call.records, result);
  if (call.provides !== undefined) {
    const { token, with: position, as } = call.provides;
    const wanted = token === 'kept' ? input.receiver?.properties.get(KEPT) : input.given[token];
    provide(machine, wanted, position === undefined ? undefined : input.given[position], as);
  }
  if (call.makes === true) for (const value of input.given) if (value.kind === 'class') injected(machine, value, { site: input.site });
  if (call.assembles !== undefined) setUp(machine, input, input.given[call.assembles], result);
  if (call.dispatches !== undefined) return dispatched(machine, call.dispatches, input);
  if (call.delegates !== undefined) return delegated(machine, call.delegates, input);
  if (call.iterates !== undefined) return iterate(machine, input, call.iterates);
  for (const { argument, with: handed } of call.invokes ?? []) {
    const callback = argument === 'last' ? input.given.at(-1) : input.given[argument];
    if (callback === undefined || !isCallable(callback)) continue;
    const passed = handed.map((model) => resultOf(machine, model, input));
    machine.call(callback, UNKNOWN, [...passed, ...unknownArguments(callback).slice(passed.length)], input.site);
  }
  return result;
}

function setUp(machine: Machine, input: LibraryCall, root: Value | undefined, application: Value): void {
  const handed = (model: ResultModel, module: ClassValue): Value => resultOf(machine, model, { ...input, given: [module] });
  assemble(machine, { root, application, site: input.site, result: handed });
}

function delegated(machine: Machine, { to, method }: NonNullable<CallModel['delegates']>, { given, site }: LibraryCall): Value {
  const options = given[0] ?? UNKNOWN;
  const name = machine.getMember(options, method, site);
  if (name.kind !== 'constant' || typeof name.value !== 'string') return { kind: 'unknown', origin: site };
  const target = machine.getMember(options, to, site);
  const callee = machine.getMember(target, name.value, site);
  return machine.call(callee, target, unknownArguments(callee), site);
}

function iterate(
  machine: Machine,
  { given, site }: LibraryCall,
  { collection, callback }: { readonly collection: number; readonly callback: number },
): Value {
  const visit = given[callback];
  const { entries, complete } = entriesOf(given[collection] ?? UNDEFINED);
  const isList = given[collection]?.kind === 'array';
  const results: Value[] = [];
  if (visit === undefined) return { kind: 'unknown', origin: site };
  forEachElement(
    machine,
    entries.map(([, value]) => value),
    site,
    (value, index) => {
      const key = constant(isList ? index : (entries[index]?.[0] ?? ''));
      results.push(machine.call(visit, UNKNOWN, [value, key], site));
    },
  );
  if (!complete) callBackPerhaps(machine, visit, site);
  return { ...arrayOf(results, machine.state.guards.length), complete };
}

export const isCallable = (value: Value): boolean => value.kind === 'function' || value.kind === 'builtin';

/** The evaluator as the code of a model sees it. */
function hostOf(machine: Machine, input: LibraryCall): LibraryHost<Value> {
  const { given, method, receiver, site } = input;
  return {
    ...valueHost(machine, site),
    given,
    method,
    receiver,
    make: (kind, { arguments: about, inherits }) =>
      makeObject(machine, kind, about, site, inherits?.kind === 'library' ? inherits : undefined),
    record({ verb, on, arguments: told, result }) {
      const object = on ?? receiver;
      const { receiver: _receiver, ...call } = { ...input, given: told };
      recordEffect(machine, object?.kind === 'library' ? { ...call, receiver: object } : call, verb, result ?? UNDEFINED);
    },
  };
}

function recordEffect(machine: Machine, input: LibraryCall, verb: string, result: Value): void {
  const { state, recorder } = machine;
  if (state.mode === 'exploring' || isRepeatedTooOften(machine, input.site)) return;
  for (const value of input.given) registerFunctions(state, value);
  const made = result.kind === 'library' && result !== input.receiver ? result : undefined;
  const object: LibraryObjectId = input.receiver?.id ?? made?.id ?? recorder.singleton(input.singleton, input.site);
  const iteration = state.iterations.at(-1);
  recorder.effect({
    object,
    verb,
    method: input.method,
    arguments: input.given.map((value) => toBootValue(machine, value)),
    ...(made === undefined ? {} : { result: made.id }),
    at: recorder.location(effectPlace(input.site)),
    span: effectSpan(state, input.site),
    via: [...state.via],
    guards: state.guards.filter((guard) => guard !== PERHAPS),
    ...(iteration === undefined ? {} : { iteration }),
  });
}

/** A call that recursion or nested loops reach ever again registers without end. */
function isRepeatedTooOften({ state, limits, recorder }: Machine, site: CallSite): boolean {
  const count = (state.recorded.get(site.node) ?? 0) + 1;
  state.recorded.set(site.node, count);
  if (count > limits.registrations) recorder.limit('registrations', limits.registrations, site);
  return count > limits.registrations;
}

/** Functions that the library keeps, to call them later. */
export function registerFunctions(state: Machine['state'], value: Value, depth = 0): void {
  if (depth > 4) return;
  if (value.kind === 'function') state.registered.add(value);
  if (value.kind === 'array') for (const element of value.elements) registerFunctions(state, element, depth + 1);
  if (value.kind === 'object') for (const member of value.properties.values()) registerFunctions(state, member, depth + 1);
  if (value.kind === 'union') for (const option of value.options) registerFunctions(state, option, depth + 1);
}

function resultOf(machine: Machine, model: ResultModel, input: LibraryCall): Value {
  if (model === 'self') return input.receiver ?? UNKNOWN;
  if (model === 'unknown') return { kind: 'unknown', origin: input.site };
  if (model === 'undefined') return UNDEFINED;
  if (model === 'named') return injected(machine, constant(input.method), { site: input.site });
  if ('object' in model) {
    const made = makeObject(machine, model.object, input.given, input.site);
    const kept = model.keeps === undefined ? undefined : input.given[model.keeps];
    if (made.kind === 'library' && kept !== undefined) made.properties.set(KEPT, kept);
    return made;
  }
  if ('argument' in model) return input.given[model.argument] ?? UNDEFINED;
  if ('wraps' in model) {
    const wrapped = input.given[model.wraps] ?? UNDEFINED;
    return wrapped.kind === 'function' ? { ...wrapped, isWrapped: true } : wrapped;
  }
  if ('instanceOf' in model) return injected(machine, input.given[model.instanceOf], { site: input.site });
  if ('merges' in model)
    return mergeValues(model.merges === 'list' ? listed(input.given[0]) : input.given, model.first === 'wins' ? 'first' : 'last');
  return constant(model.constant);
}

/** The hidden member that holds the argument which an object keeps. */
const KEPT = '[[kept]]';

const listed = (value: Value | undefined): readonly Value[] => (value?.kind === 'array' && value.complete ? value.elements : [UNKNOWN]);

/** Objects made while exploring are of a request, not of the application. */
export function makeObject(machine: Machine, kind: string, given: readonly Value[], site: CallSite, parent?: LibraryValue): Value {
  if (machine.state.mode === 'exploring') return { kind: 'unknown', origin: site };
  const id = machine.recorder.object(
    kind,
    given.map((value) => toBootValue(machine, value)),
    site,
  );
  return { kind: 'library', id, objectKind: kind, properties: new Map(), ...(parent === undefined ? {} : { parent }) };
}

/** A member of a library object: what the program assigned to it, or what the model says; `undefined` when it says nothing. */
export function libraryMember(machine: Machine, object: LibraryValue, name: string, site: CallSite): Value | undefined {
  const assigned = assignedMember(object, name);
  if (assigned !== undefined) return assigned;
  const members = machine.models.object(object.objectKind)?.members;
  const member = members === undefined ? undefined : (ownEntry(members, name) ?? members['*']);
  if (member === undefined) return undefined;
  if ('property' in member) {
    const value = resultOf(machine, member.property, {
      call: {},
      method: name,
      given: [],
      site,
      receiver: object,
      singleton: object.objectKind,
    });
    // What is registered later is another one.
    if (member.property !== 'named') object.properties.set(name, value);
    return value;
  }
  const call = callOf(member);
  return call === undefined ? undefined : { kind: 'method', receiver: object, name, call };
}

function assignedMember(object: LibraryValue, name: string): Value | undefined {
  for (let current: LibraryValue | undefined = object; current !== undefined; current = current.parent) {
    const found = current.properties.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A member of a modelled package. */
export function exportMember(machine: Machine, object: ExportValue, name: string, site: CallSite): Value {
  const path = [...object.path, name];
  const member = machine.models.member(object.model, path);
  if (member !== undefined && 'property' in member) {
    return resultOf(machine, member.property, { call: {}, method: name, given: [], site, singleton: object.model.name });
  }
  return { kind: 'export', model: object.model, package: object.package, path, ...(member === undefined ? {} : { member }) };
}
