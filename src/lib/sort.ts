/** Orders strings by UTF-16 code units: the same on every machine and locale. */
export const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** A sorted copy, by a text key. */
export const sortedBy = <T>(items: Iterable<T>, key: (item: T) => string): T[] => {
  const keyed = Array.from(items, (item) => ({ item, key: key(item) }));
  return keyed.sort((left, right) => compareText(left.key, right.key)).map(({ item }) => item);
};

/** Sorted, each text once. */
export const uniqueSorted = <T extends string>(items: Iterable<T>): T[] => [...new Set(items)].sort(compareText);
