import { addTo } from '../lib/add-to.ts';
import { compareText } from '../lib/sort.ts';
import type { EntryPoint } from './entry-points.ts';
import type { FeatureWeights } from './evidence.ts';
import { MERGING, ownersIn, profiles, type RefinementInput, sizesOf, strongestNeighbor } from './group-profiles.ts';
import { mergeInseparable } from './inseparable-groups.ts';
import { moveReaders, moveWriters } from './move-entry-points.ts';
import type { Grouping } from './own-tables.ts';

const MAX_ROUNDS = 8;
/** The one group of an application whose data cannot be seen. */
const UNDIVIDED = '#';
/** A group of fewer entry points is small. */
const SMALL = 3;
/** A group of fewer routes is taken in by one that is much like it. */
const FEW_ROUTES = 5;

/** Moves writers to the owners of what they write, then merges what cannot be separated or is too small, until nothing changes. */
export function refineGroups(input: RefinementInput, start: Grouping): Grouping {
  if (!seesData(input)) {
    const undivided = start.length < SMALL ? undefined : UNDIVIDED;
    return start.map((group, index) => (input.pinned.entryPoints.has(index) ? group : undivided));
  }
  let grouping = start;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = mergeSmallGroups(input, mergeInseparable(input, moveReaders(input, moveWriters(input, grouping))));
    if (next.every((group, index) => group === grouping[index])) return next;
    grouping = next;
  }
  return grouping;
}

/**
 * Smallest first: few entry points or routes, or neither a table nor state of its own. What stands on nothing and has no
 * neighbor dissolves: its entry points stay.
 */
function mergeSmallGroups(input: RefinementInput, start: Grouping): Grouping {
  let grouping = start;
  for (;;) {
    const merge = findMerge(input, grouping);
    if (merge === undefined) return grouping;
    grouping = grouping.map((group) => (group === merge.group ? merge.neighbor : group));
  }
}

interface Merge {
  readonly group: string;
  /** Absent: the group dissolves. */
  readonly neighbor: string | undefined;
}

function findMerge(input: RefinementInput, grouping: Grouping): Merge | undefined {
  const { entryPoints, evidence, pinned } = input;
  const sizes = sizesOf(grouping);
  const means = profiles(evidence, grouping);
  const ofRoutes = grouping.map((group, index) => (entryPoints[index]?.kind === 'route' ? group : undefined));
  const routes = sizesOf(ofRoutes);
  // Where its routes would go tells more than what its events and schedules touch.
  const routeMeans = profiles(evidence, ofRoutes);
  const seen = new Set(grouping.filter((_, index) => touchesData(entryPoints[index])));
  const standing = standingGroups(input, grouping, seen);
  const bySize = [...sizes]
    .filter(([group]) => !pinned.groups.includes(group))
    .sort(([left, size], [right, other]) => size - other || compareText(left, right));
  for (const [group, size] of bySize) {
    const answers = routes.get(group) ?? 0;
    const minimum = neededLikeness({ size, routes: answers, stands: standing.has(group) });
    if (minimum === undefined) continue;
    const neighbor = strongestNeighbor(routeMeans.get(group) ?? means.get(group), others(means, group), minimum);
    if (neighbor === undefined && standing.has(group)) continue;
    const isWeak = size < SMALL || answers < 2 || !seen.has(group);
    if (isWeak || size + (sizes.get(neighbor ?? '') ?? 0) <= MERGING.largest * entryPoints.length) return { group, neighbor };
  }
  return undefined;
}

/** Groups with a table or state of their own; where writes could not be read, touching any table is enough. */
function standingGroups(
  input: RefinementInput,
  grouping: Grouping,
  seen: ReadonlySet<string | undefined>,
): ReadonlySet<string | undefined> {
  const owners = [...ownersIn(input, grouping).values()].map(({ group }) => group);
  return new Set([...owners, ...groupsWithState(input, grouping), ...(knowsOwnership(input) ? [] : seen)]);
}

/** How alike a neighbor must be to take in a group: the less there is of it, the less; undefined for a group of its own. */
function neededLikeness({ size, routes, stands }: { size: number; routes: number; stands: boolean }): number | undefined {
  if (size < 2 || routes < 2 || !stands) return MERGING.lone;
  if (size < SMALL) return MERGING.small;
  return routes < FEW_ROUTES ? MERGING.few : undefined;
}

/** Whether any table access was read. Without one nothing tells where data could be cut, and names alone are no reason. */
const seesData = ({ entryPoints }: RefinementInput): boolean => entryPoints.some(touchesData);

const touchesData = (entryPoint: EntryPoint | undefined): boolean =>
  entryPoint !== undefined && entryPoint.own.reads.length + entryPoint.own.writes.length > 0;

/** Where the writes of most changing routes were not read (a library without an analyzer), owning no table says nothing. */
function knowsOwnership({ entryPoints }: RefinementInput): boolean {
  const changing = entryPoints.filter(({ id, kind }) => kind === 'route' && /^(POST|PUT|PATCH|DELETE) /.test(id));
  return changing.filter(({ own }) => own.writes.length > 0).length * 2 >= changing.length;
}

/** Groups that are the main users of some state in memory: a variable their functions reach, or the session middleware in front of them. */
function groupsWithState({ entryPoints, monolith }: RefinementInput, grouping: Grouping): ReadonlySet<string> {
  const reached = new Map(monolith.reach.map(({ entryPoint, state }) => [entryPoint as string, state]));
  const sessions = new Set<string>(monolith.routes.filter(({ chain }) => chain.some(({ role }) => role === 'session')).map(({ id }) => id));
  const users = new Map<string, Map<string, number>>();
  entryPoints.forEach(({ id }, index) => {
    const group = grouping[index];
    if (group === undefined) return;
    for (const symbol of [...(reached.get(id) ?? []), ...(sessions.has(id) ? ['session'] : [])]) {
      const counts = users.get(symbol) ?? new Map<string, number>();
      addTo(counts, group, 1);
      users.set(symbol, counts);
    }
  });
  return new Set([...users.values()].flatMap(mainUser));
}

/** The group with most uses of one piece of state; nobody on a tie. */
function mainUser(counts: ReadonlyMap<string, number>): readonly string[] {
  const most = Math.max(...counts.values());
  const leaders = [...counts].filter(([, count]) => count === most).map(([group]) => group);
  return leaders.length === 1 ? leaders : [];
}

const others = (all: ReadonlyMap<string, FeatureWeights>, group: string): ReadonlyMap<string, FeatureWeights> =>
  new Map([...all].filter(([name]) => name !== group));
