import { addTo } from '../lib/add-to.ts';
import { closure } from '../lib/graph/closure.ts';
import { groupBy } from '../lib/group.ts';
import { uniqueSorted } from '../lib/sort.ts';
import type { SharedModule } from '../model/decomposition.ts';
import type { StateFact } from '../model/fact.ts';
import { type ModuleId, moduleOf, nameOf, type SymbolId, type TableId } from '../model/ids.ts';
import type { ModuleSummary, Monolith } from '../model/monolith.ts';
import type { CallEdge } from '../model/program.ts';
import type { EntryPoint } from './entry-points.ts';
import type { Grouping, TableOwner } from './own-tables.ts';

export type ModulePlacement =
  | { readonly kind: 'service'; readonly group: string; readonly contested: boolean; readonly rule: string; readonly text: string }
  | {
      readonly kind: 'shared';
      readonly verdict: SharedModule['verdict'];
      readonly usedBy: readonly string[];
      readonly rule: string;
      readonly text: string;
    };

export interface ModulePlacementInput {
  readonly monolith: Monolith;
  readonly entryPoints: readonly EntryPoint[];
  readonly grouping: Grouping;
  readonly owners: ReadonlyMap<TableId, TableOwner>;
}

/** From this share of a module's users on it belongs to them. */
const NEARLY_EXCLUSIVE = 0.9;
/** Share of users and of data together from which a module that touches tables belongs to a service others call. */
const DOMINANT = 0.5;
/** Longest module that each slice gets its own copy of. */
const COPY_LINES = 150;

/** Places every source module: with the service that reaches it, or as shared code with a verdict. */
export function placeModules(input: ModulePlacementInput): ReadonlyMap<ModuleId, ModulePlacement> {
  const { monolith } = input;
  const sources = monolith.modules.filter(({ role }) => role === 'source');
  const users = countUsers(input);
  const sizes = countMembers(input.grouping);
  const touched = tablesTouched(input);
  const state = groupBy(monolith.state, ({ symbol }) => moduleOf(symbol));
  const composition = findComposition(input);
  const placements = new Map<ModuleId, ModulePlacement>();
  for (const module of sources) {
    const counts = users.get(module.id);
    if (counts !== undefined && !composition.has(module.id))
      placements.set(
        module.id,
        placeReached(module, { counts, sizes, touched: touched.get(module.id), state: state.get(module.id) ?? [] }),
      );
  }
  for (const id of composition)
    placements.set(id, shared('monolith', [], 'start-up-only', 'it puts the application together from the modules of all services'));
  placeImported(monolith, sources, placements, state);
  const booted = reachableFromEntries(monolith);
  for (const { id } of sources)
    if (!placements.has(id))
      placements.set(
        id,
        booted.has(id)
          ? shared('monolith', [], 'start-up-only', 'runs only when the application starts; no entry point reaches it')
          : shared('monolith', [], 'not-reached', 'no entry point reaches it and start-up code does not import it'),
      );
  return placements;
}

/**
 * Modules that only put the application together: they import those of the entry points, directly or not, and no
 * entry point of a service has its own work in them. Middleware written there runs for all and makes nobody its owner.
 */
function findComposition({ monolith, entryPoints, grouping }: ModulePlacementInput): ReadonlySet<ModuleId> {
  const own = new Set(entryPoints.flatMap((entryPoint, index) => (grouping[index] === undefined ? [] : entryPoint.own.modules)));
  const importers = groupBy(
    monolith.dependencies.filter(({ kind }) => kind === 'value'),
    ({ to }) => to,
    ({ from }) => from,
  );
  const sources = new Set(monolith.modules.filter(({ role }) => role === 'source').map(({ id }) => id));
  const above = closure(
    entryPoints.map(({ home }) => home),
    (module) => importers.get(module) ?? [],
  );
  return new Set([...above].filter((module) => sources.has(module) && !own.has(module)));
}

const shared = (verdict: SharedModule['verdict'], usedBy: readonly string[], rule: string, text: string): ModulePlacement => ({
  kind: 'shared',
  verdict,
  usedBy,
  rule,
  text,
});

type Counts = ReadonlyMap<string, number>;

/** Entry points by group that run code of each module. Those that stay in the monolith do not count. */
function countUsers({ entryPoints, grouping }: ModulePlacementInput): ReadonlyMap<ModuleId, Counts> {
  const users = new Map<ModuleId, Map<string, number>>();
  entryPoints.forEach(({ all, own }, index) => {
    const group = grouping[index];
    if (group === undefined) return;
    for (const module of new Set([...all.modules, ...own.modules])) {
      const counts = users.get(module) ?? new Map<string, number>();
      addTo(counts, group, 1);
      users.set(module, counts);
    }
  });
  return users;
}

function countMembers(grouping: Grouping): Counts {
  const sizes = new Map<string, number>();
  for (const group of grouping) if (group !== undefined) addTo(sizes, group, 1);
  return sizes;
}

/** For each module: how many of its functions that entry points run touch, directly or through what they call, tables of each group. */
function tablesTouched({ monolith, entryPoints, owners }: ModulePlacementInput): ReadonlyMap<ModuleId, Counts> {
  // What a module is handed to run (the body of a transaction) is the work of those who hand it over.
  const isHandedOver = ({ from, to }: CallEdge): boolean => nameOf(to).includes('<function') && moduleOf(from) !== moduleOf(to);
  const callers = groupBy(
    monolith.calls.filter((call) => !isHandedOver(call)),
    ({ to }) => to,
  );
  const reached = new Set(entryPoints.flatMap(({ all }) => all.symbols));
  const roots = new Map<string, Set<SymbolId>>();
  for (const { table, symbol } of monolith.accesses) {
    const group = owners.get(table)?.group;
    if (group !== undefined) roots.set(group, (roots.get(group) ?? new Set()).add(symbol));
  }
  const touched = new Map<ModuleId, Map<string, number>>();
  for (const [group, symbols] of roots)
    for (const symbol of closure(symbols, (symbol) => (callers.get(symbol) ?? []).map(({ from }) => from))) {
      if (!reached.has(symbol)) continue;
      const counts = touched.get(moduleOf(symbol)) ?? new Map<string, number>();
      addTo(counts, group, 1);
      touched.set(moduleOf(symbol), counts);
    }
  return touched;
}

interface ReachedModule {
  readonly counts: Counts;
  readonly sizes: Counts;
  readonly touched: Counts | undefined;
  readonly state: readonly StateFact[];
}

function placeReached(module: ModuleSummary, { counts, sizes, touched, state }: ReachedModule): ModulePlacement {
  const usedBy = uniqueSorted(counts.keys());
  const total = sum(counts);
  // A small service that always uses a module counts as much as a large one that does.
  const rates = shares(new Map([...counts].map(([group, count]) => [group, count / (sizes.get(group) ?? 1)])));
  const user = leader(rates);
  const userCount = counts.get(user.group) ?? 0;
  if (user.share >= NEARLY_EXCLUSIVE) {
    const contested = userCount < total;
    return {
      kind: 'service',
      group: user.group,
      contested,
      rule: contested ? 'nearly-exclusive-reach' : 'exclusive-reach',
      text: contested
        ? `${userCount} of ${total} entry points that reach it are the service's own`
        : 'only entry points of the service reach it',
    };
  }
  if (touched !== undefined) {
    const data = shares(touched);
    const scores = new Map(
      [...new Set([...rates.keys(), ...data.keys()])].map((group) => [group, ((rates.get(group) ?? 0) + (data.get(group) ?? 0)) / 2]),
    );
    const best = leader(scores);
    const share = Math.round((data.get(best.group) ?? 0) * 100);
    if (best.share >= DOMINANT)
      return {
        kind: 'service',
        group: best.group,
        contested: true,
        rule: 'accesses-owned-tables',
        text: `${share} % of its table work is on the service's tables; ${counts.get(best.group) ?? 0} of ${total} entry points that reach it are the service's own`,
      };
    return shared(
      'monolith',
      usedBy,
      'serves-many-domains',
      `it works on the tables of ${data.size} services: a slice takes the functions that it runs; split the file before phase 6`,
    );
  }
  return placeStateless(module, usedBy, state);
}

function placeStateless({ lines }: ModuleSummary, usedBy: readonly string[], state: readonly StateFact[]): ModulePlacement {
  const [held] = state;
  if (held !== undefined)
    return shared('monolith', usedBy, 'shared-state', `${usedBy.length} services use state it keeps: ${held.summary}`);
  return lines <= COPY_LINES
    ? shared('copy', usedBy, 'small-stateless', `${lines} lines without state or tables, used by ${usedBy.length} services`)
    : shared('library', usedBy, 'large-stateless', `${lines} lines without state or tables, used by ${usedBy.length} services`);
}

/** Modules that are imported but in which no entry point runs a function: constants, types, classes of errors. */
function placeImported(
  monolith: Monolith,
  sources: readonly ModuleSummary[],
  placements: Map<ModuleId, ModulePlacement>,
  state: ReadonlyMap<ModuleId, readonly StateFact[]>,
): void {
  const summaries = new Map(sources.map((module) => [module.id, module]));
  const users = new Map([...placements].map(([id, placement]) => [id, new Set(usersOf(placement))]));
  const atRunTime = new Set<ModuleId>();
  const imports = groupBy(monolith.dependencies, ({ from }) => from);
  const pending = [...users.keys()];
  for (let from = pending.pop(); from !== undefined; from = pending.pop()) {
    const groups = users.get(from) ?? new Set();
    for (const { to, kind } of imports.get(from) ?? []) {
      if (placements.has(to) || !summaries.has(to)) continue;
      const runs = kind === 'value' && (placements.has(from) || atRunTime.has(from));
      const known = users.get(to) ?? new Set<string>();
      const before = known.size + (atRunTime.has(to) ? 0.5 : 0);
      for (const group of groups) known.add(group);
      if (runs) atRunTime.add(to);
      users.set(to, known);
      if (known.size + (atRunTime.has(to) ? 0.5 : 0) !== before || !users.has(to)) pending.push(to);
    }
  }
  for (const [id, groups] of users) {
    const summary = summaries.get(id);
    if (placements.has(id) || summary === undefined || groups.size === 0) continue;
    placements.set(id, placeByImporters(summary, uniqueSorted(groups), atRunTime.has(id), state.get(id) ?? []));
  }
}

function placeByImporters(module: ModuleSummary, usedBy: readonly string[], runs: boolean, state: readonly StateFact[]): ModulePlacement {
  const [only] = usedBy;
  if (usedBy.length === 1 && only !== undefined)
    return { kind: 'service', group: only, contested: false, rule: 'imported-only-here', text: 'only modules of the service import it' };
  return runs
    ? placeStateless(module, usedBy, state)
    : shared('contract', usedBy, 'types-only', `only its types are used, by ${usedBy.length} services`);
}

const usersOf = (placement: ModulePlacement): readonly string[] => (placement.kind === 'service' ? [placement.group] : placement.usedBy);

function reachableFromEntries({ entries, dependencies }: Monolith): ReadonlySet<ModuleId> {
  const imports = groupBy(dependencies, ({ from }) => from);
  return closure(
    entries.map(({ module }) => module),
    (module) => (imports.get(module) ?? []).flatMap(({ kind, to }) => (kind === 'value' ? [to] : [])),
  );
}

const sum = (counts: Counts): number => [...counts.values()].reduce((total, count) => total + count, 0);

const shares = (counts: Counts): Counts => {
  const total = sum(counts);
  return new Map([...counts].map(([group, count]) => [group, count / total]));
};

/** The largest share; on a tie the group whose entry point comes first, whatever it is called. */
function leader(values: Counts): { readonly group: string; readonly share: number } {
  let best = { group: '', share: -1 };
  for (const [group, share] of values) if (share > best.share + 1e-12) best = { group, share };
  return best;
}
