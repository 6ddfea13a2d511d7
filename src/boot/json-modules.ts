import type { LoadForm, Value } from './value.ts';
import { arrayOf, constant, objectOf } from './value.ts';

/** Longer files are data, not settings. */
const LONGEST = 200_000;

/** Values of JSON files as modules, each made once; `undefined` for any other file, and for one that cannot be read. */
export function jsonModules(readText: (path: string) => string | undefined): (path: string, form: LoadForm) => Value | undefined {
  const known = new Map<string, JsonModule | undefined>();
  return (path, form) => {
    if (!known.has(path)) known.set(path, path.endsWith('.json') ? readModule(readText(path)) : undefined);
    return known.get(path)?.[form];
  };
}

type JsonModule = Readonly<Record<LoadForm, Value>>;

function readModule(text: string | undefined): JsonModule | undefined {
  const parsed = text === undefined || text.length > LONGEST ? undefined : parse(text);
  if (parsed === undefined) return undefined;
  const value = toValue(parsed.value);
  return { require: value, import: objectOf([...(value.kind === 'object' ? value.properties : []), ['default', value]]) };
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function toValue(json: unknown): Value {
  if (Array.isArray(json)) return arrayOf(json.map(toValue));
  if (typeof json === 'object' && json !== null) return objectOf(Object.entries(json).map(([name, value]) => [name, toValue(value)]));
  return typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean' || json === null
    ? constant(json)
    : { kind: 'unknown' };
}
