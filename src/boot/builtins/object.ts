import { builtin, constant, type ObjectValue, UNKNOWN, type Value } from '../value.ts';

/** Members that every object inherits. */
export function objectMember(object: ObjectValue, name: string): Value | undefined {
  if (name !== 'hasOwnProperty') return undefined;
  return builtin('Object.hasOwnProperty', ({ arguments: [key] }) => {
    if (key?.kind !== 'constant') return UNKNOWN;
    const isOwn = object.properties.has(String(key.value));
    return isOwn || object.complete ? constant(isOwn) : UNKNOWN;
  });
}
