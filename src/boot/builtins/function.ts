import { nameOf } from '../../model/ids.ts';
import type { Machine } from '../machine.ts';
import {
  type BuiltinValue,
  builtin,
  constant,
  type ExportValue,
  type FunctionValue,
  type MethodValue,
  objectOf,
  UNDEFINED,
  type Value,
} from '../value.ts';

/** A member of a function: `call`, `apply`, `bind`, or what the program assigned to it. */
export function functionMember(
  machine: Machine,
  callee: FunctionValue | BuiltinValue | MethodValue | ExportValue,
  name: string,
): Value | undefined {
  const assigned = callee.kind === 'function' ? callee.properties.get(name) : undefined;
  if (assigned !== undefined) return assigned;
  switch (name) {
    case 'call':
      return builtin('Function.call', ({ arguments: [thisValue = UNDEFINED, ...rest], site }) =>
        machine.call(callee, thisValue, rest, site),
      );
    case 'apply':
      return builtin('Function.apply', ({ arguments: [thisValue = UNDEFINED, list], site }) =>
        machine.call(callee, thisValue, list?.kind === 'array' ? list.elements : [], site),
      );
    case 'bind':
      return builtin('Function.bind', ({ arguments: [thisValue = UNDEFINED, ...rest] }) =>
        callee.kind === 'function' ? { ...callee, thisValue: callee.thisValue ?? thisValue, bound: [...callee.bound, ...rest] } : callee,
      );
    case 'name':
      if (callee.kind === 'function') return constant(nameOf(callee.symbol).split('.').at(-1) ?? '');
      return callee.kind === 'export' ? undefined : constant(callee.name);
    case 'prototype': {
      if (callee.kind !== 'function') return undefined;
      const prototype = objectOf();
      callee.properties.set('prototype', prototype);
      return prototype;
    }
    default:
      return undefined;
  }
}
