import { sortedBy, uniqueSorted } from '../lib/sort.ts';
import type { Decomposition, Reason, ServiceCandidate, SharedModule } from '../model/decomposition.ts';
import type { EntryPointId, ModuleId, RouteId, ServiceId, SymbolId, TableId } from '../model/ids.ts';
import type { Monolith } from '../model/monolith.ts';
import type { EntryPoint } from './entry-points.ts';
import { findCuts } from './find-cuts.ts';
import { measure } from './measures.ts';
import { nameGroups, type ServiceName } from './name-groups.ts';
import { type Grouping, ownTables, type TableOwner } from './own-tables.ts';
import { type ModulePlacement, placeModules } from './place-modules.ts';
import type { ModulePin, Pins } from './read-pins.ts';

export interface SettleInput {
  readonly monolith: Monolith;
  readonly entryPoints: readonly EntryPoint[];
  readonly logTables: ReadonlySet<string>;
  readonly grouping: Grouping;
  readonly pins: Pins;
}

/** Gives every table and module of a grouping its place, names the services, and says what the cut costs. */
export function settle({ monolith, entryPoints, logTables, grouping, pins }: SettleInput): Omit<Decomposition, 'alternatives'> {
  const owners = ownTables({ entryPoints, grouping, monolith, pins: pins.tables, logTables });
  const names = nameGroups({ entryPoints, grouping, owners, fixed: new Set(pins.groups), fallback: fallbackName(monolith.name) });
  const placements = placeModules({ monolith, entryPoints, grouping, owners });
  const placed = applyPins(placements, pins.modules);
  const idOf = (group: string): ServiceId => names.get(group)?.id ?? (group as ServiceId);
  const tableOwners = new Map([...owners].map(([table, { group }]) => [table, idOf(group)] as const));
  const moduleOwners = new Map(
    [...placed].flatMap(([module, { placement }]) => (placement.kind === 'service' ? [[module, idOf(placement.group)] as const] : [])),
  );
  const shared = [...placed].flatMap(([module, { placement, pinned }]) =>
    placement.kind === 'shared' ? [toShared(module, placement, pinned, idOf)] : [],
  );
  const assignment = grouping.map((group) => (group === undefined ? undefined : idOf(group)));
  const services = sortedBy(
    [...names].map(([group, name]) => describeService({ group, name, monolith, entryPoints, grouping, owners, placed })),
    ({ id }) => id,
  );
  return {
    services,
    shared: sortedBy(shared, ({ module }) => module),
    cuts: findCuts({ monolith, moduleOwners, tableOwners, reached: symbolsByService(entryPoints, assignment) }),
    measures: measure({
      monolith,
      entryPoints,
      assignment,
      services: services.map(({ id }) => id),
      moduleOwners,
      tableOwners,
      sharedModules: shared.filter(({ usedBy }) => usedBy.length > 0).length,
    }),
  };
}

/** `pinned`: a person placed it, elsewhere than the method would. */
interface PlacedModule {
  readonly placement: ModulePlacement;
  readonly pinned: boolean;
}

function applyPins(
  placements: ReadonlyMap<ModuleId, ModulePlacement>,
  pins: ReadonlyMap<ModuleId, ModulePin>,
): ReadonlyMap<ModuleId, PlacedModule> {
  return new Map(
    [...placements].map(([module, placement]) => {
      const pin = pins.get(module);
      return [
        module,
        pin === undefined || agrees(placement, pin) ? { placement, pinned: false } : { placement: toPinned(placement, pin), pinned: true },
      ];
    }),
  );
}

const agrees = (placement: ModulePlacement, pin: ModulePin): boolean =>
  pin.kind === 'service'
    ? placement.kind === 'service' && placement.group === pin.group
    : placement.kind === 'shared' && placement.verdict === pin.verdict;

function toPinned(placement: ModulePlacement, pin: ModulePin): ModulePlacement {
  const rule = 'pinned-by-plan';
  const text = 'banyan.plan.yaml places it here';
  if (pin.kind === 'service') return { kind: 'service', group: pin.group, contested: true, rule, text };
  const usedBy = placement.kind === 'shared' ? placement.usedBy : [placement.group];
  return { kind: 'shared', verdict: pin.verdict, usedBy, rule, text };
}

function toShared(
  module: ModuleId,
  { verdict, usedBy, rule, text }: Extract<ModulePlacement, { kind: 'shared' }>,
  pinned: boolean,
  idOf: (group: string) => ServiceId,
): SharedModule {
  return { module, verdict, usedBy: uniqueSorted(usedBy.map(idOf)), reason: { rule: pinned ? 'pinned-by-plan' : rule, text } };
}

interface ServiceInput extends Omit<SettleInput, 'pins' | 'logTables'> {
  readonly group: string;
  readonly name: ServiceName;
  readonly owners: ReadonlyMap<TableId, TableOwner>;
  readonly placed: ReadonlyMap<ModuleId, PlacedModule>;
}

function describeService(input: ServiceInput): ServiceCandidate {
  const { group, name, monolith, entryPoints, grouping, owners, placed } = input;
  const members = entryPoints.filter((_, index) => grouping[index] === group);
  const modules = [...placed].filter(([, { placement }]) => placement.kind === 'service' && placement.group === group);
  const tables = [...owners].filter(([, owner]) => owner.group === group);
  const contested =
    modules.filter(([, { placement }]) => placement.kind === 'service' && placement.contested).length +
    tables.filter(([, { writers }]) => [...writers.keys()].some((writer) => writer !== group)).length;
  const owned = modules.length + tables.length;
  return {
    id: name.id,
    title: name.title,
    modules: uniqueSorted(modules.map(([module]) => module)),
    tables: uniqueSorted(tables.map(([table]) => table)),
    routes: uniqueSorted(members.filter(({ kind }) => kind === 'route').map(({ id }) => id as RouteId)),
    triggers: uniqueSorted(members.filter(({ kind }) => kind === 'trigger').flatMap(({ id, aliases }) => [id as EntryPointId, ...aliases])),
    reasons: [
      ...describeMembers(members, name, new Set(grouping.filter((other) => other !== undefined)).size),
      ...tables.map(([table, owner]) => describeTable(table, owner, monolith)),
      ...describeModules(modules.map(([module, { placement }]) => [module, placement] as const)),
    ],
    confidence: owned === 0 ? 0 : Math.round((1 - contested / owned) * 100) / 100,
  };
}

function describeMembers(members: readonly EntryPoint[], name: ServiceName, services: number): readonly Reason[] {
  const [strongest] = name.words;
  const named = strongest === undefined ? 0 : members.filter(({ tokens }) => tokens.has(strongest.word)).length;
  const word: readonly Reason[] =
    strongest === undefined || members.length === 0
      ? []
      : [
          {
            rule: 'shared-words',
            text: `${named} of its ${members.length} entry points have the word "${strongest.word}" in path, file or function`,
          },
        ];
  const whole = services === 1 ? [describeWhole(members)] : [];
  return [...whole, ...word];
}

/** Why there is no second service. */
function describeWhole(members: readonly EntryPoint[]): Reason {
  const hasData = members.some(({ own }) => own.reads.length + own.writes.length > 0);
  const text = hasData
    ? `its ${members.length} entry points share their data too closely for a second service: moving all or staying are the choices`
    : `no table access of its ${members.length} entry points could be read, so nothing tells where data could be cut`;
  return { rule: hasData ? 'one-aggregate' : 'no-data-seen', text };
}

function describeTable(table: TableId, { writers, readers, group, rule }: TableOwner, monolith: Monolith): Reason {
  const at = monolith.accesses.find((access) => access.table === table && access.operation !== 'read')?.at;
  const how = rule === 'foreign-key' ? `owns ${table} by foreign key` : `owns ${table}`;
  const figures =
    writers.size > 0
      ? `${shareOf(writers, group)} that write it are its own`
      : readers.size > 0
        ? `no entry point writes it; ${shareOf(readers, group)} that read it are its own`
        : 'no entry point uses it';
  return { rule: rule === 'pinned' ? 'pinned-by-plan' : 'owns-table', text: `${how}: ${figures}`, ...(at === undefined ? {} : { at }) };
}

const shareOf = (counts: ReadonlyMap<string, number>, group: string): string => {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return `${counts.get(group) ?? 0} of ${total} entry ${total === 1 ? 'point' : 'points'}`;
};

/** One sentence for each rule that placed modules here. */
function describeModules(modules: readonly (readonly [ModuleId, ModulePlacement])[]): readonly Reason[] {
  const rules = uniqueSorted(modules.map(([, { rule }]) => rule));
  return rules.map((rule) => {
    const placed = modules.filter(([, placement]) => placement.rule === rule);
    const [first] = placed;
    const example = first === undefined ? '' : `, such as ${first[0]}: ${first[1].text}`;
    return { rule, text: `${placed.length} ${placed.length === 1 ? 'module' : 'modules'}${example}` };
  });
}

function symbolsByService(
  entryPoints: readonly EntryPoint[],
  assignment: readonly (ServiceId | undefined)[],
): ReadonlyMap<ServiceId, ReadonlySet<SymbolId>> {
  const reached = new Map<ServiceId, Set<SymbolId>>();
  entryPoints.forEach(({ all }, index) => {
    const service = assignment[index];
    if (service === undefined) return;
    const symbols = reached.get(service) ?? new Set<SymbolId>();
    for (const symbol of all.symbols) symbols.add(symbol);
    reached.set(service, symbols);
  });
  return reached;
}

const fallbackName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'application';
