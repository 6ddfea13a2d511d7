/** Orders strings by UTF-16 code units: the same on every machine and locale. */
export const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** A sorted copy, by a text key. */
export const sortedBy = <T>(items: Iterable<T>, key: (item: T) => string): T[] => {
  const keyed = Array.from(items, (item) => ({ item, key: key(item) }));
  return keyed.sort((left, right) => compareText(left.key, right.key)).map(({ item }) => item);
};

/** Sorted, each text once. */
export const uniqueSorted = <T extends string>(items: Iterable<T>): T[] => [...new Set(items)].sort(compareText);

/**
 * Sorts any of the given lists, each text once: for many long lists of the same texts, which are compared with each other
 * once for all lists.
 */
export function createListSorter<T extends string>(lists: Iterable<readonly T[]>): (list: readonly T[]) => T[] {
  const texts = new Set<T>();
  for (const list of lists) for (const text of list) texts.add(text);
  const inOrder = uniqueSorted(texts);
  const ranks = new Map(inOrder.map((text, rank) => [text, rank]));
  return (list) =>
    Array.from(Uint32Array.from(new Set(list), (text) => ranks.get(text) ?? 0).sort()).flatMap((rank) => inOrder[rank] ?? []);
}
