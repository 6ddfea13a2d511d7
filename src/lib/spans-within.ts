interface Placed {
  readonly span: { readonly start: number; readonly end: number };
}

/** Finds those of a list that stand inside a span, in the order of the list, without going through all of them. */
export function createSpansWithin<T extends Placed>(items: readonly T[]): (span: Placed['span']) => readonly T[] {
  const order = items.map((_, index) => index).sort((left, right) => startOf(items, left) - startOf(items, right) || left - right);
  return ({ start, end }) => {
    const found: number[] = [];
    for (let position = firstFrom(items, order, start); position < order.length; position++) {
      const index = order[position] ?? 0;
      const item = items[index];
      if (item === undefined || item.span.start > end) break;
      if (item.span.end <= end) found.push(index);
    }
    return found.sort((left, right) => left - right).flatMap((index) => items[index] ?? []);
  };
}

const startOf = (items: readonly Placed[], index: number): number => items[index]?.span.start ?? 0;

/** The first position in the order whose item starts at a place or behind it. */
function firstFrom(items: readonly Placed[], order: readonly number[], start: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(items, order[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
