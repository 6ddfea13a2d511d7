import type { CallModel } from '../model/boot-trace.ts';
import { constructClass } from './classes.ts';
import { noteApplied } from './decorators.ts';
import { libraryObject, reportEscapes } from './escapes.ts';
import { callBackPerhaps } from './functions.ts';
import { join } from './join.ts';
import { callExport, callMethod, callObject, isCallable } from './library.ts';
import { type Machine, underGuard, unknownAt } from './machine.ts';
import {
  type CallSite,
  type ExternalValue,
  type FunctionValue,
  type ObjectValue,
  objectOf,
  UNDEFINED,
  UNKNOWN,
  type Value,
} from './value.ts';

/** Evaluates a call of any value. */
export function call(machine: Machine, callee: Value, thisValue: Value, given: readonly Value[], site: CallSite): Value {
  switch (callee.kind) {
    case 'function':
      return machine.callFunction(callee, thisValue, given, site);
    case 'builtin':
      return callee.call?.({ thisValue, arguments: given, site }) ?? unknownAt(machine, site);
    case 'method':
      if (machine.state.mode === 'exploring' && isSilent(callee.call)) runCallbacks(machine, given, site);
      return callMethod(machine, callee, given, site);
    case 'library':
      return callObject(machine, callee, given, site);
    case 'export':
      return noteApplied(machine, callee, given, site) ? UNDEFINED : callExport(machine, callee, given, site, 'call');
    case 'namespace':
      return callNamespace(machine, callee, thisValue, given, site);
    case 'external':
      return callExternal(machine, callee, given, site);
    case 'union':
      return callOptions(machine, callee.options, (option) => call(machine, option, thisValue, given, site), site);
    case 'unknown':
      if (mayRegister(machine, thisValue, given)) machine.recorder.unknownCall(site);
      return callUnknown(machine, given, site);
    default:
      return unknownAt(machine, site);
  }
}

/** A model that says nothing of what a method does, as `client.transaction(async (inner) => …)`, does not say either that it calls nothing back. */
const isSilent = (model: CallModel): boolean =>
  (model.returns ?? 'unknown') === 'unknown' && Object.keys(model).every((key) => key === 'returns' || key === 'constructs');

/** A method that no model knows, or whose name is computed, on something that registers: a function given to it may be a handler. */
const mayRegister = ({ state, models }: Machine, receiver: Value, given: readonly Value[]): boolean =>
  state.mode === 'booting' && receiver.kind === 'library' && models.registers(receiver.objectKind) && given.some(isCallable);

/** Evaluates `new` of any value. */
export function construct(machine: Machine, callee: Value, given: readonly Value[], site: CallSite): Value {
  switch (callee.kind) {
    case 'class':
      return constructClass(machine, callee, given, site);
    case 'function':
      return constructFunction(machine, callee, given, site);
    case 'builtin':
      return callee.construct?.({ thisValue: UNKNOWN, arguments: given, site }) ?? unknownAt(machine, site);
    case 'export':
      return callExport(machine, callee, given, site, 'new');
    case 'external':
      return callExternal(machine, callee, given, site);
    case 'union':
      return callOptions(machine, callee.options, (option) => construct(machine, option, given, site), site);
    case 'unknown':
      return callUnknown(machine, given, site);
    default:
      return unknownAt(machine, site);
  }
}

/** A module called as a function: its default export, as bundlers and old transpilers arrange it. */
function callNamespace(machine: Machine, callee: Value, thisValue: Value, given: readonly Value[], site: CallSite): Value {
  const main = machine.getMember(callee, 'default', site);
  return main.kind === 'namespace' ? UNKNOWN : call(machine, main, thisValue, given, site);
}

/** One of several functions is called: each is, under the condition that it is the one. */
function callOptions(machine: Machine, options: readonly Value[], run: (option: Value) => Value, site: CallSite): Value {
  const callable = options.filter((option) => option.kind !== 'constant');
  const guard = machine.recorder.guard(site, true);
  if (callable.length === 1) return join(callable.map(run));
  return join(callable.map((option) => underGuard(machine, guard, () => run(option))));
}

/** `new` of an ordinary function: an object whose prototype is the function's. */
function constructFunction(machine: Machine, callee: FunctionValue, given: readonly Value[], site: CallSite): Value {
  const made: ObjectValue = objectOf([], machine.state.guards.length);
  made.prototype = machine.getMember(callee, 'prototype', site);
  const result = machine.callFunction(callee, made, given, site);
  return result.kind === 'object' || result.kind === 'library' || result.kind === 'instance' ? result : made;
}

function callExternal(machine: Machine, callee: ExternalValue, given: readonly Value[], site: CallSite): Value {
  if (noteApplied(machine, callee, given, site)) return UNDEFINED;
  reportEscapes(machine, given, callee, site);
  runCallbacks(machine, given, site);
  return { kind: 'external', package: callee.package, path: callee.path, called: true, arguments: given, origin: site };
}

function callUnknown(machine: Machine, given: readonly Value[], site: CallSite): Value {
  const isBooting = machine.state.mode === 'booting';
  if (isBooting && given.some((value) => libraryObject(value, 1) !== undefined)) machine.recorder.unknownCall(site);
  runCallbacks(machine, given, site);
  return unknownAt(machine, site);
}

/**
 * A function handed to unknown code is called back at start-up, perhaps, when nobody uses the call's result
 * (`client.connect(() => listen())`); where the result is used, the function is more likely wrapped in it.
 */
function runCallbacks(machine: Machine, given: readonly Value[], site: CallSite): void {
  if (machine.state.mode === 'booting' && !machine.state.discarded.has(site.node)) return;
  for (const value of given) {
    // The methods of a collection that is handed over are its own, and no callbacks.
    const candidates =
      value.kind === 'object'
        ? [...value.properties.values()].flatMap(functionsIn).filter(({ kind }) => kind === 'function')
        : functionsIn(value);
    for (const candidate of candidates) if (isCallable(candidate)) callBackPerhaps(machine, candidate, site);
  }
}

/** A function, or the functions of a list: `start({ loaders: [database, routes] })`. */
const functionsIn = (value: Value): readonly Value[] => {
  if (value.kind === 'array') return value.elements.filter(({ kind }) => kind === 'function');
  return value.kind === 'function' || value.kind === 'builtin' ? [value] : [];
};
