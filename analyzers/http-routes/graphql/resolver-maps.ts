import type { LibraryHost } from '../../../src/model/boot-trace.ts';

/**
 * Records each function of a map of resolvers, or of a list of such maps: `Query.orders`, `Order.items`. What a scalar or
 * an enumeration is made of has no functions of the program.
 */
export function recordResolvers<Value>(host: LibraryHost<Value>, resolvers: Value | undefined, on?: Value): void {
  if (resolvers === undefined) return;
  const seen = host.see(resolvers);
  if (seen.kind === 'array' || seen.kind === 'union') {
    for (const one of optionsOf(host, resolvers)) recordResolvers(host, one, on);
    if (seen.kind === 'array' && !seen.complete) host.unclear();
    return;
  }
  const types = host.members(resolvers);
  if (!types.complete) host.unclear();
  for (const [type, fields] of types.entries) {
    if (!host.isObject(fields)) continue;
    for (const [field, value] of host.members(fields).entries) recordField(host, `${type}.${field}`, value, on);
  }
}

const optionsOf = <Value>(host: LibraryHost<Value>, value: Value): readonly Value[] => host.elements(value).values;

/** A resolver, or an object of `subscribe` and `resolve`. */
export function recordField<Value>(host: LibraryHost<Value>, name: string, value: Value, on?: Value): void {
  const functions = host.isObject(value) ? ['subscribe', 'resolve'].flatMap((part) => host.member(value, part) ?? []) : [value];
  const [first] = functions;
  if (first === undefined || host.see(first).kind === 'constant') return;
  host.record({ verb: 'operation', arguments: [host.constant(name), ...functions], ...(on === undefined ? {} : { on }) });
}
