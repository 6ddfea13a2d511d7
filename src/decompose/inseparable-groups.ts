import { addTo } from '../lib/add-to.ts';
import { compareText } from '../lib/sort.ts';
import { cosine } from './evidence.ts';
import { MERGING, profiles, type RefinementInput, sizesOf } from './group-profiles.ts';
import type { Grouping } from './own-tables.ts';

/** Merges the pair that is tied strongest, as long as one is tied too strongly to be two services. */
export function mergeInseparable(input: RefinementInput, start: Grouping): Grouping {
  const fixed = new Set(input.pinned.groups);
  let grouping = start;
  for (;;) {
    const ties = sharedHomes(input, grouping)
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

/** Share of a group's entry points that stand in modules which another group handles too. */
const EMBEDDED_SHARE = 0.67;
/** From this share of a module's entry points on a group counts as living there. */
const RESIDENT = 1 / 3;
/** A module that handles more than this share of all entry points says nothing: the application is written in one file. */
const WHOLE_APPLICATION = 0.75;

/** A group whose handlers stand in the modules of a larger one is a part of it, unless nothing else is alike. */
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
    const residents = [...byGroup].filter(([, count]) => count >= RESIDENT * total);
    for (const [group, count] of byGroup)
      for (const [host] of residents) if (host !== group) addTo(embedded, `${group}\u0000${host}`, count);
  }
  const sizes = sizesOf(grouping);
  const means = profiles(evidence, grouping);
  return [...embedded].flatMap(([pair, count]): readonly Tie[] => {
    const [small = '', large = ''] = pair.split('\u0000');
    const strength = count / (sizes.get(small) ?? 1);
    const isAlike = cosine(means.get(small) ?? new Map(), means.get(large) ?? new Map()) >= MERGING.lone;
    return strength >= EMBEDDED_SHARE && isAlike && (sizes.get(small) ?? 0) < (sizes.get(large) ?? 0) ? [{ small, large, strength }] : [];
  });
}
