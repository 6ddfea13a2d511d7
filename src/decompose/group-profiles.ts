import { addTo } from '../lib/add-to.ts';
import { uniqueSorted } from '../lib/sort.ts';
import type { TableId } from '../model/ids.ts';
import type { Monolith } from '../model/monolith.ts';
import type { EntryPoint } from './entry-points.ts';
import { cosine, type Evidence, type FeatureWeights } from './evidence.ts';
import { type Grouping, ownTables, type TableOwner } from './own-tables.ts';
import type { Pins } from './read-pins.ts';

/** What groups are refined on. */
export interface RefinementInput {
  readonly entryPoints: readonly EntryPoint[];
  readonly evidence: Evidence;
  readonly monolith: Monolith;
  readonly pinned: Pins;
}

/** Similarity at which a small group is alike enough to be taken in by another, and the most two merged groups may hold. */
export const MERGING = {
  /** Of a single entry point, or a group with less than two routes or that stands on nothing. */
  lone: 0.03,
  /** Of a group of a few entry points with data of its own. */
  small: 0.1,
  /** Of a group of a few routes. */
  few: 0.2,
  /** Share of all entry points. */
  largest: 0.45,
} as const;

/** Owners of the tables under a grouping. */
export const ownersIn = (
  { entryPoints, monolith, pinned, evidence }: RefinementInput,
  grouping: Grouping,
): ReadonlyMap<TableId, TableOwner> => ownTables({ entryPoints, grouping, monolith, pins: pinned.tables, logTables: evidence.logTables });

/** Entry points in each group. */
export function sizesOf(grouping: Grouping): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const group of grouping) if (group !== undefined) addTo(sizes, group, 1);
  return sizes;
}

/** Mean evidence of each group. */
export function profiles({ features }: Evidence, grouping: Grouping): ReadonlyMap<string, FeatureWeights> {
  const sums = new Map<string, Map<string, number>>();
  features.forEach((weights, index) => {
    const group = grouping[index];
    if (group === undefined) return;
    const sum = sums.get(group) ?? new Map<string, number>();
    for (const [feature, weight] of weights) addTo(sum, feature, weight);
    sums.set(group, sum);
  });
  return sums;
}

/** The group most like the given evidence, when it is at least that alike. */
export function strongestNeighbor(
  own: FeatureWeights = new Map(),
  candidates: ReadonlyMap<string, FeatureWeights>,
  minimum: number,
): string | undefined {
  let best: { readonly name: string; readonly similarity: number } | undefined;
  for (const name of uniqueSorted(candidates.keys())) {
    const similarity = cosine(own, candidates.get(name) ?? new Map());
    if (similarity >= minimum && similarity > (best?.similarity ?? 0)) best = { name, similarity };
  }
  return best?.name;
}
