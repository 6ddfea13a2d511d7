/** Computes when first asked, and gives that answer from then on. */
export function once<Value>(compute: () => Value): () => Value {
  const known = remember((_only: undefined) => compute());
  return () => known(undefined);
}

/** Computes once for each key. */
export function remember<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key) as Value;
  };
}
