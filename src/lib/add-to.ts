/** Adds to a number kept by key. */
export const addTo = <K>(totals: Map<K, number>, key: K, amount: number): void => {
  totals.set(key, (totals.get(key) ?? 0) + amount);
};
