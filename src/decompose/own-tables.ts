import { addTo } from '../lib/add-to.ts';
import type { TableId } from '../model/ids.ts';
import type { Monolith } from '../model/monolith.ts';
import type { EntryPoint } from './entry-points.ts';

/** Group of each entry point, in their order; undefined stays in the monolith. A group becomes a service. */
export type Grouping = readonly (string | undefined)[];

export interface TableOwner {
  readonly group: string;
  /** Writing and reading entry points by group. */
  readonly writers: ReadonlyMap<string, number>;
  readonly readers: ReadonlyMap<string, number>;
  /** Which rule decided. */
  readonly rule: 'pinned' | 'writers' | 'readers' | 'foreign-key';
}

export interface OwnershipInput {
  readonly entryPoints: readonly EntryPoint[];
  readonly grouping: Grouping;
  readonly monolith: Monolith;
  /** Group of a table, where a person fixed it. */
  readonly pins: ReadonlyMap<string, string>;
  /** Tables that most writers only add rows to beside their real work: adding a row does not make an owner. */
  readonly logTables: ReadonlySet<string>;
}

/**
 * One owner for each table: the group with most entry points that write it; ties by readers, one that reads little else
 * counting most, then by the owner of the table its foreign keys lead to, then by first entry point. A table that no entry point touches follows its foreign keys, or has no
 * owner. A pin is told as such only where it differs from what the rules say.
 */
export function ownTables(input: OwnershipInput): ReadonlyMap<TableId, TableOwner> {
  const { pins, monolith, logTables } = input;
  const writers = countByTable(input, ({ own }) => own.writes);
  const owning = countByTable(input, ({ own }) => own.writes.filter((table) => !logTables.has(table) || !own.appends.includes(table)));
  const readers = countByTable(input, ({ own }) => own.reads);
  const attention = countByTable(
    input,
    ({ own }) => own.reads,
    ({ own }) => 1 / own.reads.length,
  );
  const countsOf = (id: TableId): Counts => ({
    writers: writers.get(id) ?? new Map(),
    owning: owning.get(id) ?? new Map(),
    readers: readers.get(id) ?? new Map(),
    attention: attention.get(id) ?? new Map(),
  });
  const natural = decideOwners(monolith, countsOf, new Map());
  if (pins.size === 0) return natural;
  const pinned = decideOwners(monolith, countsOf, pins);
  return new Map(
    [...pinned].map(([id, owner]) => {
      const unforced = natural.get(id);
      return [id, unforced?.group === owner.group ? unforced : owner] as const;
    }),
  );
}

function decideOwners(
  monolith: Monolith,
  countsOf: (id: TableId) => Counts,
  pins: ReadonlyMap<string, string>,
): ReadonlyMap<TableId, TableOwner> {
  const owners = new Map<TableId, TableOwner>();
  const undecided = new Map<TableId, readonly string[]>();
  for (const { id } of monolith.tables) {
    const { owning, attention, ...counts } = countsOf(id);
    const pin = pins.get(id);
    const leaders = leadersOf(leadersOf(users(counts), owning), attention);
    const [leader] = leaders;
    if (pin !== undefined) owners.set(id, { group: pin, ...counts, rule: 'pinned' });
    else if (leader !== undefined && leaders.length === 1)
      owners.set(id, { group: leader, ...counts, rule: owning.size > 0 ? 'writers' : 'readers' });
    else undecided.set(id, leaders);
  }
  followForeignKeys(undecided, owners, monolith, countsOf);
  return new Map(
    monolith.tables.flatMap(({ id }) => {
      const owner = owners.get(id);
      return owner === undefined ? [] : [[id, owner] as const];
    }),
  );
}

interface Counts extends Pick<TableOwner, 'writers' | 'readers'> {
  /** Writers whose write makes an owner. */
  readonly owning: ReadonlyMap<string, number>;
  /** Readers, each by the share that the table has of the tables it reads. */
  readonly attention: ReadonlyMap<string, number>;
}

function countByTable(
  { entryPoints, grouping }: OwnershipInput,
  tablesOf: (entryPoint: EntryPoint) => readonly TableId[],
  weigh: (entryPoint: EntryPoint) => number = () => 1,
): ReadonlyMap<TableId, Map<string, number>> {
  const counts = new Map<TableId, Map<string, number>>();
  entryPoints.forEach((entryPoint, index) => {
    const group = grouping[index];
    if (group === undefined) return;
    for (const table of tablesOf(entryPoint)) {
      const byGroup = counts.get(table) ?? new Map<string, number>();
      addTo(byGroup, group, weigh(entryPoint));
      counts.set(table, byGroup);
    }
  });
  return counts;
}

/** Groups that touch a table, in the order of their first entry point: the same whatever the groups are called. */
const users = ({ writers, readers }: Pick<Counts, 'writers' | 'readers'>): readonly string[] => [
  ...new Set([...writers.keys(), ...readers.keys()]),
];

function leadersOf(candidates: readonly string[], counts: ReadonlyMap<string, number>): readonly string[] {
  const most = Math.max(0, ...candidates.map((candidate) => counts.get(candidate) ?? 0));
  return candidates.filter((candidate) => most - (counts.get(candidate) ?? 0) < 1e-9);
}

/** Passes until nothing changes: a chain of child tables settles one link at a time. Left-over ties go to the first group. */
function followForeignKeys(
  undecided: Map<TableId, readonly string[]>,
  owners: Map<TableId, TableOwner>,
  monolith: Monolith,
  countsOf: (id: TableId) => Counts,
): void {
  const parents = new Map(monolith.tables.map(({ id, references }) => [id, references.map(({ table }) => table)]));
  for (let settled = true; settled; ) {
    settled = false;
    for (const [id, candidates] of undecided) {
      const groups = (parents.get(id) ?? []).flatMap((parent) => owners.get(parent)?.group ?? []);
      const group = groups.find((owner) => candidates.length === 0 || candidates.includes(owner));
      if (group === undefined) continue;
      owners.set(id, toOwner(group, countsOf(id), 'foreign-key'));
      undecided.delete(id);
      settled = true;
    }
  }
  for (const [id, [first]] of undecided) if (first !== undefined) owners.set(id, toOwner(first, countsOf(id), 'readers'));
}

const toOwner = (group: string, { writers, readers }: Counts, rule: TableOwner['rule']): TableOwner => ({ group, writers, readers, rule });
