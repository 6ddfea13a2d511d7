/** Everything that can be reached from the roots, the roots included. */
export function closure<T>(roots: Iterable<T>, next: (item: T) => readonly T[]): ReadonlySet<T> {
  const seen = new Set<T>();
  const pending = [...roots];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    if (seen.has(item)) continue;
    seen.add(item);
    for (const following of next(item)) if (!seen.has(following)) pending.push(following);
  }
  return seen;
}
