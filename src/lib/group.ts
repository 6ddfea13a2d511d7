/** Items by key, or what `value` makes of them, both in the order of first appearance. */
export function groupBy<T, K>(items: Iterable<T>, key: (item: T) => K): Map<K, T[]>;
export function groupBy<T, K, V>(items: Iterable<T>, key: (item: T) => K, value: (item: T) => V): Map<K, V[]>;
export function groupBy<T, K>(items: Iterable<T>, key: (item: T) => K, value: (item: T) => unknown = (item) => item): Map<K, unknown[]> {
  const groups = new Map<K, unknown[]>();
  for (const item of items) {
    const name = key(item);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [value(item)]);
    else group.push(value(item));
  }
  return groups;
}
