import type { Machine } from './machine.ts';
import type { CallSite, ExternalValue, LibraryValue, Value } from './value.ts';

/** Tells of library objects that are handed to code of packages of which nothing is known. */
export function reportEscapes(
  machine: Machine,
  given: readonly Value[],
  callee: Pick<ExternalValue, 'package' | 'path'>,
  site: CallSite,
): void {
  if (machine.state.mode === 'exploring') return;
  for (const value of given) {
    const object = libraryObject(value, 2);
    if (object === undefined) continue;
    const into = [callee.package, ...callee.path.filter((name) => name !== 'default')].join('.');
    const code = machine.models.registers(object.objectKind) ? 'object-escapes' : 'client-escapes';
    machine.recorder.escape(code, { object: object.objectKind, into }, site);
  }
}

/** A library object that a value is, or holds so many levels below. */
export function libraryObject(value: Value, depth: number): LibraryValue | undefined {
  if (value.kind === 'library') return value;
  if (depth === 0) return undefined;
  const members = value.kind === 'object' ? [...value.properties.values()] : value.kind === 'array' ? value.elements : [];
  for (const member of members) {
    const found = libraryObject(member, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
