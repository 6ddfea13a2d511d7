import type { FunctionValue, Scope, Value } from './value.ts';

const MOST_NAMES = 10;
const MOST_CALLS = 3;

/**
 * What the calls that made a function were given, by name, as far as it is a text, a class, a value of a package, or holds
 * such: the schema of `validate(schema)`, the role of `allow('librarian')`.
 */
export function capturedValues({ scope }: FunctionValue): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  let calls = 0;
  for (let current: Scope | undefined = scope; current !== undefined && calls < MOST_CALLS; current = current.parent) {
    if (current.role !== 'function') continue;
    calls += 1;
    let names = 0;
    for (const [name, { value }] of current.bindings) {
      if (++names > MOST_NAMES) break;
      if (value !== undefined && name !== 'arguments' && !found.has(name) && (isText(value) || isTelling(value, 2))) found.set(name, value);
    }
  }
  return found;
}

const isText = (value: Value): boolean => value.kind === 'constant' && typeof value.value === 'string';

function isTelling(value: Value, depth: number): boolean {
  switch (value.kind) {
    case 'external':
      return value.called;
    case 'class':
      return true;
    case 'array':
      return depth > 0 && value.elements.some((element) => isText(element) || isTelling(element, depth - 1));
    case 'object':
      return depth > 0 && [...value.properties.values()].some((member) => isTelling(member, depth - 1));
    default:
      return false;
  }
}
