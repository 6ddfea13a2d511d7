import { addTo } from '../lib/add-to.ts';
import { compareText, uniqueSorted } from '../lib/sort.ts';
import type { TableId } from '../model/ids.ts';
import { cosine, type FeatureWeights } from './evidence.ts';
import { MERGING, ownersIn, profiles, type RefinementInput, sizesOf } from './group-profiles.ts';
import { mergeInseparable } from './inseparable-groups.ts';
import type { Grouping, TableOwner } from './own-tables.ts';

const MAX_ROUNDS = 8;
/** The one group of an application whose data cannot be seen. */
const UNDIVIDED = '#';
/** A group of fewer entry points is small. */
const SMALL = 3;

/** Moves writers to the owners of what they write, then merges what cannot be separated or is too small, until nothing changes. */
export function refineGroups(input: RefinementInput, start: Grouping): Grouping {
  if (!seesData(input)) {
    const undivided = start.length < SMALL ? undefined : UNDIVIDED;
    return start.map((group, index) => (input.pinned.entryPoints.has(index) ? group : undivided));
  }
  let grouping = start;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = mergeSmallGroups(input, mergeInseparable(input, moveWriters(input, grouping)));
    if (next.every((group, index) => group === grouping[index])) return next;
    grouping = next;
  }
  return grouping;
}

/**
 * An entry point that writes only what other groups own, logs aside, belongs to the one that owns most of it; one
 * without a group goes by what it writes, then by what it reads.
 */
function moveWriters(input: RefinementInput, start: Grouping): Grouping {
  const { entryPoints, evidence, pinned } = input;
  let grouping = start;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const owners = ownersIn(input, grouping);
    const next = entryPoints.map(({ own }, index) => {
      const current = grouping[index];
      if (pinned.entryPoints.has(index)) return current;
      const writes = own.writes.filter((table) => !evidence.logTables.has(table));
      return ownerOf(current === undefined && writes.length === 0 ? own.reads : writes, owners, current);
    });
    if (next.every((group, index) => group === grouping[index])) return grouping;
    grouping = next;
  }
  return grouping;
}

function ownerOf(tables: readonly TableId[], owners: ReadonlyMap<TableId, TableOwner>, current: string | undefined): string | undefined {
  const counts = new Map<string, number>();
  for (const table of tables) {
    const owner = owners.get(table)?.group;
    if (owner !== undefined) addTo(counts, owner, 1);
  }
  if (counts.size === 0 || (current !== undefined && counts.has(current))) return current;
  return [...counts].sort(([left, most], [right, other]) => other - most || compareText(left, right))[0]?.[0];
}

/**
 * Smallest first: few entry points, or neither a table nor state of its own. What stands on nothing and has no neighbor
 * dissolves: its entry points stay.
 */
function mergeSmallGroups(input: RefinementInput, start: Grouping): Grouping {
  const { entryPoints, evidence, pinned } = input;
  const fixed = new Set(pinned.groups);
  const isOwnershipKnown = knowsOwnership(input);
  let grouping = start;
  for (;;) {
    const owners = new Set([...ownersIn(input, grouping).values()].map(({ group }) => group));
    const stateful = groupsWithState(input, grouping);
    const sizes = sizesOf(grouping);
    const means = profiles(evidence, grouping);
    const standing = (group: string): boolean => !isOwnershipKnown || owners.has(group) || stateful.has(group);
    const merge = [...sizes]
      .filter(([group, size]) => !fixed.has(group) && (size < SMALL || !standing(group)))
      .sort(([left, size], [right, other]) => size - other || compareText(left, right))
      .map(([group, size]) => ({ group, size, neighbor: strongestNeighbor(group, means, minimumFor(size, standing(group))) }))
      .find(({ group, size, neighbor }) => {
        if (neighbor === undefined) return !standing(group);
        return size < SMALL || size + (sizes.get(neighbor) ?? 0) <= MERGING.largest * entryPoints.length;
      });
    if (merge === undefined) return grouping;
    grouping = grouping.map((group) => (group === merge.group ? merge.neighbor : group));
  }
}

/** Whether any table access was read. Without one nothing tells where data could be cut, and names alone are no reason. */
const seesData = ({ entryPoints }: RefinementInput): boolean => entryPoints.some(({ own }) => own.reads.length + own.writes.length > 0);

/** Where the writes of most changing routes were not read (a library without an analyzer), having no table says nothing. */
function knowsOwnership({ entryPoints }: RefinementInput): boolean {
  const changing = entryPoints.filter(({ id, kind }) => kind === 'route' && /^(POST|PUT|PATCH|DELETE) /.test(id));
  return changing.filter(({ own }) => own.writes.length > 0).length * 2 >= changing.length;
}

const minimumFor = (size: number, standing: boolean): number => (size < 2 || !standing ? MERGING.lone : MERGING.small);

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

function strongestNeighbor(group: string, all: ReadonlyMap<string, FeatureWeights>, minimum: number): string | undefined {
  const own = all.get(group) ?? new Map<string, number>();
  let best: { readonly name: string; readonly similarity: number } | undefined;
  for (const name of uniqueSorted(all.keys())) {
    if (name === group) continue;
    const similarity = cosine(own, all.get(name) ?? new Map());
    if (similarity >= minimum && similarity > (best?.similarity ?? 0)) best = { name, similarity };
  }
  return best?.name;
}
