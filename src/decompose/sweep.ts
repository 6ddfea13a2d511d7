import { addTo } from '../lib/add-to.ts';
import type { Monolith } from '../model/monolith.ts';
import type { EntryPoint } from './entry-points.ts';
import type { Evidence } from './evidence.ts';
import { buildEvidenceGraph, type WeightedGraph } from './evidence-graph.ts';
import { louvain } from './louvain.ts';
import type { Grouping } from './own-tables.ts';
import type { Pins } from './read-pins.ts';
import { refineGroups } from './refine-groups.ts';

/** The grouping most like those of all resolutions, and its nearest coarser and finer neighbors. */
export interface Sweep {
  readonly chosen: Grouping;
  readonly coarser?: Grouping;
  readonly finer?: Grouping;
}

const RESOLUTIONS = [0.4, 0.55, 0.75, 1, 1.3, 1.7, 2.2, 2.8, 3.5] as const;
const PREFERRED = RESOLUTIONS.indexOf(1);
/** Groupings whose mean agreement with the others (adjusted Rand index) differs by no more are equally typical. */
const EQUALLY_TYPICAL = 0.02;
/** A grouping whose largest service has more than this share of the entry points is taken only when there is no other. */
const LARGEST = 0.6;

export interface SweepInput {
  readonly monolith: Monolith;
  readonly entryPoints: readonly EntryPoint[];
  readonly evidence: Evidence;
}

/** Clusters at every resolution and chooses the most typical grouping. */
export function sweepResolutions({ monolith, entryPoints, evidence }: SweepInput, pins: Pins): Sweep {
  const graph = buildEvidenceGraph(entryPoints, evidence, monolith);
  const groupings = RESOLUTIONS.map((resolution) =>
    refineGroups({ entryPoints, evidence, monolith, pinned: pins }, cluster(graph, entryPoints.length, resolution, pins)),
  );
  const chosen = groupings[chooseTypical(groupings)] ?? [];
  const size = countGroups(chosen);
  const coarser = [...groupings].reverse().find((grouping) => countGroups(grouping) < size && countGroups(grouping) > 0);
  const finer = groupings.find((grouping) => countGroups(grouping) > size);
  return { chosen, ...(coarser === undefined ? {} : { coarser }), ...(finer === undefined ? {} : { finer }) };
}

function cluster(graph: WeightedGraph, count: number, resolution: number, pins: Pins): Grouping {
  const nodePins = new Map([...pins.entryPoints].flatMap(([index, group]) => (group === undefined ? [] : [[index, group] as const])));
  const membership = louvain(graph, { resolution, pins: nodePins });
  const names = new Map([...nodePins].map(([index, group]) => [membership[index], group]));
  return Array.from({ length: count }, (_, index) =>
    pins.entryPoints.has(index) ? pins.entryPoints.get(index) : (names.get(membership[index]) ?? `#${membership[index]}`),
  );
}

/**
 * The medoid: the grouping that agrees most, on average, with those of the other resolutions. Among equally typical ones
 * that with most services, for the coarser is told as an alternative; then the one nearest to plain modularity.
 */
function chooseTypical(groupings: readonly Grouping[]): number {
  const candidates = groupings.flatMap((grouping, index) => {
    const services = countGroups(grouping);
    if (services < 2 || largestGroup(grouping) > LARGEST * grouping.length) return [];
    const total = groupings.reduce((sum, other, position) => (position === index ? sum : sum + adjustedRand(grouping, other)), 0);
    return [{ index, services, agreement: total / (groupings.length - 1), distance: Math.abs(index - PREFERRED) }];
  });
  const most = Math.max(...candidates.map(({ agreement }) => agreement));
  const typical = candidates.filter(({ agreement }) => agreement >= most - EQUALLY_TYPICAL);
  const [best] = typical.sort((left, right) => right.services - left.services || left.distance - right.distance);
  return best?.index ?? PREFERRED;
}

const countGroups = (grouping: Grouping): number => new Set(grouping.filter((group) => group !== undefined)).size;

function largestGroup(grouping: Grouping): number {
  const sizes = new Map<string, number>();
  for (const group of grouping) if (group !== undefined) addTo(sizes, group, 1);
  return Math.max(0, ...sizes.values());
}

/** Agreement of two groupings beyond chance (Hubert and Arabie 1985): 1 when equal, near 0 when independent. */
export function adjustedRand(left: Grouping, right: Grouping): number {
  const pairs = (count: number): number => (count * (count - 1)) / 2;
  const both = new Map<string, number>();
  const lefts = new Map<string, number>();
  const rights = new Map<string, number>();
  left.forEach((group, index) => {
    const other = right[index];
    addTo(both, `${group}\u0000${other}`, 1);
    addTo(lefts, `${group}`, 1);
    addTo(rights, `${other}`, 1);
  });
  const sumOf = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((sum, count) => sum + pairs(count), 0);
  const total = pairs(left.length);
  const expected = total === 0 ? 0 : (sumOf(lefts) * sumOf(rights)) / total;
  const most = (sumOf(lefts) + sumOf(rights)) / 2;
  return most === expected ? 1 : (sumOf(both) - expected) / (most - expected);
}
