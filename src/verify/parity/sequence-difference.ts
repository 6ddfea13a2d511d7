/** Where two sequences differ: the half-open ranges that stand for each other. */
export interface DifferingRange {
  readonly left: readonly [start: number, end: number];
  readonly right: readonly [start: number, end: number];
}

/** More differences than this are told as one. */
const MOST_EDITS = 400;

/** The ranges in which two sequences differ, in order, by the shortest way from one to the other (Myers, 1986). */
export function differingRanges(left: readonly string[], right: readonly string[]): readonly DifferingRange[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let [leftEnd, rightEnd] = [left.length, right.length];
  while (leftEnd > start && rightEnd > start && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd -= 1;
    rightEnd -= 1;
  }
  if (start === leftEnd && start === rightEnd) return [];
  const inner = shortestEdits(left.slice(start, leftEnd), right.slice(start, rightEnd));
  const all = inner ?? [{ left: [0, leftEnd - start], right: [0, rightEnd - start] } as const];
  return all.map((range) => ({
    left: [range.left[0] + start, range.left[1] + start],
    right: [range.right[0] + start, range.right[1] + start],
  }));
}

function shortestEdits(left: readonly string[], right: readonly string[]): readonly DifferingRange[] | undefined {
  const limit = Math.min(MOST_EDITS, left.length + right.length);
  const furthest = new Map<number, number>([[1, 0]]);
  const history: ReadonlyMap<number, number>[] = [];
  for (let edits = 0; edits <= limit; edits += 1) {
    history.push(new Map(furthest));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = stepFrom(furthest, diagonal, edits);
      while (x < left.length && x - diagonal < right.length && left[x] === right[x - diagonal]) x += 1;
      furthest.set(diagonal, x);
      if (x >= left.length && x - diagonal >= right.length) return walkBack(history, left.length, right.length);
    }
  }
  return undefined;
}

/** The furthest place on a diagonal after one more insertion or deletion. */
function stepFrom(furthest: ReadonlyMap<number, number>, diagonal: number, edits: number): number {
  const [below, above] = [furthest.get(diagonal - 1) ?? -1, furthest.get(diagonal + 1) ?? -1];
  return diagonal === -edits || (diagonal !== edits && below < above) ? above : below + 1;
}

function walkBack(history: readonly ReadonlyMap<number, number>[], leftLength: number, rightLength: number): readonly DifferingRange[] {
  const steps: { readonly left: [number, number]; readonly right: [number, number] }[] = [];
  let [x, y] = [leftLength, rightLength];
  for (let edits = history.length - 1; edits > 0; edits -= 1) {
    const furthest = history[edits] ?? new Map<number, number>();
    const diagonal = x - y;
    const isInsertion =
      diagonal === -edits || (diagonal !== edits && (furthest.get(diagonal - 1) ?? -1) < (furthest.get(diagonal + 1) ?? -1));
    const previousX = furthest.get(isInsertion ? diagonal + 1 : diagonal - 1) ?? 0;
    const previousY = previousX - (isInsertion ? diagonal + 1 : diagonal - 1);
    const [next] = steps;
    const [endX, endY] = isInsertion ? [previousX, previousY + 1] : [previousX + 1, previousY];
    // Edits that touch are one range.
    if (next !== undefined && next.left[0] === endX && next.right[0] === endY) {
      next.left[0] = previousX;
      next.right[0] = previousY;
    } else steps.unshift({ left: [previousX, endX], right: [previousY, endY] });
    [x, y] = [previousX, previousY];
  }
  return steps;
}
