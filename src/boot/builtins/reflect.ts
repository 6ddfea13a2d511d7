import { join } from '../join.ts';
import { type BuiltinCall, builtin, constant, UNDEFINED, UNKNOWN, type Value } from '../value.ts';

/** `Reflect` with the metadata functions that decorators of the program keep their tables in. */
export function reflectGlobal(): Value {
  const tables = new Map<unknown, Map<string, Value>>();
  const entry = (
    { arguments: given }: BuiltinCall,
    from: number,
  ): { readonly table: Map<string, Value>; readonly key: string } | undefined => {
    const [key, target, member] = [given[from - 1], given[from], given[from + 1]];
    if (key === undefined || target === undefined) return undefined;
    const owner = identityOf(target);
    const table = tables.get(owner) ?? new Map<string, Value>();
    tables.set(owner, table);
    return { table, key: `${keyText(key)}\n${member === undefined ? '' : keyText(member)}` };
  };
  const read = (input: BuiltinCall): Value => {
    for (let target = input.arguments[1]; target !== undefined; target = parentOf(target)) {
      const found = entry({ ...input, arguments: [input.arguments[0] ?? UNDEFINED, target, ...input.arguments.slice(2)] }, 1);
      const value = found?.table.get(found.key);
      if (value !== undefined) return value;
    }
    return UNDEFINED;
  };
  const define = builtin('Reflect.defineMetadata', ({ arguments: [key = UNDEFINED, value = UNDEFINED, ...target], site, thisValue }) => {
    const found = entry({ arguments: [key, ...target], site, thisValue }, 1);
    found?.table.set(found.key, value);
    return UNDEFINED;
  });
  const has = builtin('Reflect.hasMetadata', (input) => constant(read(input) !== UNDEFINED));
  const members: readonly (readonly [string, Value])[] = [
    ['defineMetadata', define],
    ['getMetadata', builtin('Reflect.getMetadata', read)],
    ['getOwnMetadata', builtin('Reflect.getOwnMetadata', read)],
    ['hasMetadata', has],
    ['hasOwnMetadata', has],
    ['getPrototypeOf', builtin('Reflect.getPrototypeOf', ({ arguments: [value = UNKNOWN] }) => parentOf(value) ?? join([UNKNOWN]))],
  ];
  return { kind: 'builtin', name: 'Reflect', members: new Map(members) };
}

const keyText = (value: Value): string => (value.kind === 'constant' ? String(value.value) : value.kind);

/** A class and its prototype keep what they are; every view of a prototype shares its members. */
function identityOf(value: Value): unknown {
  if (value.kind === 'object') return value.properties;
  return value.kind === 'instance' ? value.class.prototype : value;
}

const parentOf = (value: Value): Value | undefined => (value.kind === 'class' ? value.superClass : undefined);
