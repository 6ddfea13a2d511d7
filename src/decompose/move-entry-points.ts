import { addTo } from '../lib/add-to.ts';
import { compareText } from '../lib/sort.ts';
import type { TableId } from '../model/ids.ts';
import type { EntryPoint } from './entry-points.ts';
import { cosine, type Evidence } from './evidence.ts';
import { MERGING, profiles, type RefinementInput, strongestNeighbor } from './group-profiles.ts';
import type { Grouping } from './own-tables.ts';

const MAX_ROUNDS = 8;
/** How much more alike another group must be before an entry point moves there. */
const CLEARLY = 1.1;

/**
 * An entry point that writes belongs where the other writers of the same tables are, when that is clearly elsewhere and
 * the rest of its evidence agrees or nobody beside it writes them here; a table with few writers says more. One without
 * a group goes by what it writes, then by what it reads.
 */
export function moveWriters({ entryPoints, evidence, pinned }: RefinementInput, start: Grouping): Grouping {
  const writesOf = ({ own }: EntryPoint): readonly TableId[] => own.writes.filter((table) => !evidence.logTables.has(table));
  const writers = indexByTable(entryPoints.map(writesOf));
  const readers = indexByTable(entryPoints.map(({ own }) => own.reads));
  const grouping = [...start];
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const before = [...grouping];
    entryPoints.forEach((entryPoint, index) => {
      const current = grouping[index];
      if (pinned.entryPoints.has(index)) return;
      const writes = writesOf(entryPoint);
      const [tables, users] = current === undefined && writes.length === 0 ? [entryPoint.own.reads, readers] : [writes, writers];
      const ties = tiesOf(index, { tables, users, created: new Set(entryPoint.own.appends) }, grouping);
      const [best] = [...ties].sort(([left, most], [right, other]) => other - most || compareText(left, right));
      if (best === undefined || best[0] === current || best[1] <= CLEARLY * (ties.get(current ?? '') ?? 0)) return;
      const isAlone = !ties.has(current ?? '') && tables.every((table) => (users.get(table) ?? []).some((other) => other !== index));
      const likeness = (group: string | undefined): number => likenessTo(group, index, evidence, grouping);
      if (isAlone || likeness(best[0]) > likeness(current)) grouping[index] = best[0];
    });
    if (grouping.every((group, index) => group === before[index])) break;
  }
  return grouping;
}

/** An entry point that writes nothing, logs aside, moves to the group that the rest of its evidence clearly names. */
export function moveReaders({ entryPoints, evidence, pinned }: RefinementInput, start: Grouping): Grouping {
  const grouping = [...start];
  const sums = new Map([...profiles(evidence, grouping)].map(([group, weights]) => [group, new Map(weights)] as const));
  entryPoints.forEach(({ own }, index) => {
    const [group, weights] = [grouping[index], evidence.features[index]];
    if (group === undefined || weights === undefined || pinned.entryPoints.has(index)) return;
    if (own.writes.some((table) => !evidence.logTables.has(table))) return;
    const rest = sums.get(group);
    if (rest === undefined) return;
    for (const [feature, weight] of weights) addTo(rest, feature, -weight);
    const target = strongestNeighbor(weights, sums, Math.max(MERGING.small, CLEARLY * cosine(weights, rest))) ?? group;
    grouping[index] = target;
    const joined = sums.get(target);
    if (joined !== undefined) for (const [feature, weight] of weights) addTo(joined, feature, weight);
  });
  return grouping;
}

/** How alike the evidence of one entry point and that of the others of a group are. */
function likenessTo(group: string | undefined, index: number, { features }: Evidence, grouping: Grouping): number {
  const sum = new Map<string, number>();
  features.forEach((weights, other) => {
    if (group === undefined || grouping[other] !== group || other === index) return;
    for (const [feature, weight] of weights) addTo(sum, feature, weight);
  });
  return cosine(features[index] ?? new Map(), sum);
}

function indexByTable(tables: readonly (readonly TableId[])[]): ReadonlyMap<TableId, readonly number[]> {
  const users = new Map<TableId, number[]>();
  tables.forEach((names, index) => {
    for (const table of names) users.set(table, [...(users.get(table) ?? []), index]);
  });
  return users;
}

interface TableUses {
  /** Those that the entry point uses. */
  readonly tables: readonly TableId[];
  readonly users: ReadonlyMap<TableId, readonly number[]>;
  /** Those that it makes the rows of. */
  readonly created: ReadonlySet<TableId>;
}

/** Where rows begin says more about a use case than where they are changed on the way. */
const CREATION = 2;

/** For each group: the share it has of the other users of each table, the rarer the table the heavier. */
function tiesOf(index: number, { tables, users, created }: TableUses, grouping: Grouping): ReadonlyMap<string, number> {
  const ties = new Map<string, number>();
  for (const table of tables) {
    const others = (users.get(table) ?? []).filter((other) => other !== index);
    const weight = (created.has(table) ? CREATION : 1) * Math.log((grouping.length + 1) / (others.length + 1));
    for (const other of others) {
      const group = grouping[other];
      if (group !== undefined) addTo(ties, group, weight / others.length);
    }
  }
  return ties;
}
