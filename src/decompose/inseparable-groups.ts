import { addTo } from '../lib/add-to.ts';
import { compareText, uniqueSorted } from '../lib/sort.ts';
import { toTableId } from '../model/ids.ts';
import { cosine } from './evidence.ts';
import { tablesByTransaction } from './evidence-graph.ts';
import { MERGING, ownersIn, profiles, type RefinementInput, sizesOf } from './group-profiles.ts';
import type { Grouping } from './own-tables.ts';

/** Merges the pair that is tied strongest, as long as one is tied too strongly to be two services. */
export function mergeInseparable(input: RefinementInput, start: Grouping): Grouping {
  const fixed = new Set(input.pinned.groups);
  let grouping = start;
  for (;;) {
    const ties = [...sharedTransactions(input, grouping), ...sharedHomes(input, grouping)]
      .filter(({ small, large }) => !fixed.has(small) && small !== large)
      .sort(
        (left, right) => right.strength - left.strength || compareText(left.small, right.small) || compareText(left.large, right.large),
      );
    const [tie] = ties;
    if (tie === undefined) return grouping;
    grouping = grouping.map((group) => (group === tie.small ? tie.large : group));
  }
}

/** Why `small` should be one with `large`; strength from 0 to 1. */
interface Tie {
  readonly small: string;
  readonly large: string;
  readonly strength: number;
}

/** From this share on of the writers of a group that write, in one transaction, tables of another, a cut makes sagas of them. */
const SAGA_SHARE = 0.25;

function sharedTransactions(input: RefinementInput, grouping: Grouping): readonly Tie[] {
  const { entryPoints, evidence, monolith } = input;
  const owners = ownersIn(input, grouping);
  const written = tablesByTransaction(monolith);
  const crossing = new Map<string, number>();
  const writers = new Map<string, number>();
  const sizes = sizesOf(grouping);
  entryPoints.forEach(({ own }, index) => {
    const group = grouping[index];
    if (group === undefined) return;
    if (own.writes.length > 0) addTo(writers, group, 1);
    const groups = own.transactions.map((id) =>
      uniqueSorted(
        (written.get(id) ?? [])
          .filter((table) => !evidence.logTables.has(table))
          .flatMap((table) => owners.get(toTableId(table))?.group ?? []),
      ),
    );
    const pairs = new Set(
      groups.flatMap((touched) => touched.flatMap((left, position) => touched.slice(position + 1).map((right) => `${left}\u0000${right}`))),
    );
    for (const pair of pairs) addTo(crossing, pair, 1);
  });
  return [...crossing].flatMap(([pair, count]): readonly Tie[] => {
    const [left = '', right = ''] = pair.split('\u0000');
    const [leftSize, rightSize] = [sizes.get(left) ?? 0, sizes.get(right) ?? 0];
    const [small, large] = leftSize <= rightSize ? [left, right] : [right, left];
    const strength = count / Math.max(1, Math.min(writers.get(left) ?? 0, writers.get(right) ?? 0));
    return strength >= SAGA_SHARE && leftSize + rightSize <= MERGING.largest * entryPoints.length ? [{ small, large, strength }] : [];
  });
}

/** Share of a group's entry points that stand in modules where another group has more. */
const EMBEDDED_SHARE = 0.67;
/** A module that handles more than this share of all entry points says nothing: the application is written in one file. */
const WHOLE_APPLICATION = 0.75;

function sharedHomes({ entryPoints, evidence }: RefinementInput, grouping: Grouping): readonly Tie[] {
  const counts = new Map<string, Map<string, number>>();
  entryPoints.forEach(({ home }, index) => {
    const group = grouping[index];
    const byGroup = counts.get(home) ?? new Map<string, number>();
    if (group !== undefined) addTo(byGroup, group, 1);
    counts.set(home, byGroup);
  });
  const embedded = new Map<string, number>();
  for (const byGroup of counts.values()) {
    const total = [...byGroup.values()].reduce((sum, count) => sum + count, 0);
    if (total > WHOLE_APPLICATION * entryPoints.length) continue;
    const [host] = [...byGroup].sort(([left, most], [right, other]) => other - most || compareText(left, right));
    for (const [group, count] of byGroup) if (host !== undefined && group !== host[0]) addTo(embedded, `${group}\u0000${host[0]}`, count);
  }
  const sizes = sizesOf(grouping);
  const means = profiles(evidence, grouping);
  return [...embedded].flatMap(([pair, count]): readonly Tie[] => {
    const [small = '', large = ''] = pair.split('\u0000');
    const strength = count / (sizes.get(small) ?? 1);
    const isAlike = cosine(means.get(small) ?? new Map(), means.get(large) ?? new Map()) >= MERGING.small;
    return strength >= EMBEDDED_SHARE && isAlike && (sizes.get(small) ?? 0) < (sizes.get(large) ?? 0) ? [{ small, large, strength }] : [];
  });
}
