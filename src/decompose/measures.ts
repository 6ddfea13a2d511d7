import { groupBy } from '../lib/group.ts';
import type { DecompositionMeasures } from '../model/decomposition.ts';
import { type ModuleId, moduleOf, type ServiceId, type TableId } from '../model/ids.ts';
import type { Monolith } from '../model/monolith.ts';
import type { EntryPoint } from './entry-points.ts';

export interface MeasureInput {
  readonly monolith: Monolith;
  readonly entryPoints: readonly EntryPoint[];
  /** Service of each entry point, in their order; undefined stays. */
  readonly assignment: readonly (ServiceId | undefined)[];
  readonly services: readonly ServiceId[];
  readonly moduleOwners: ReadonlyMap<ModuleId, ServiceId>;
  readonly tableOwners: ReadonlyMap<TableId, ServiceId>;
  /** Modules with a verdict that some service uses. */
  readonly sharedModules: number;
}

/** The figures of one decomposition; each is a pure function below. */
export function measure(input: MeasureInput): DecompositionMeasures {
  return {
    services: input.services.length,
    largestShare: largestShare(input),
    coverage: coverage(input),
    tablesWithSeveralWriters: tablesWithSeveralWriters(input),
    entryPointsWritingAcross: entryPointsWritingAcross(input),
    transactionalPurity: transactionalPurity(input),
    crossServiceCalls: crossServiceCalls(input),
  };
}

const sourceCount = ({ modules }: Monolith): number => modules.filter(({ role }) => role === 'source').length;

/** Modules of the largest service over all source modules; 0 without services. */
export function largestShare({ monolith, moduleOwners }: Pick<MeasureInput, 'monolith' | 'moduleOwners'>): number {
  const sizes = [...groupBy(moduleOwners.values(), (service) => service).values()].map((modules) => modules.length);
  return ratio(Math.max(0, ...sizes), sourceCount(monolith));
}

/** Source modules in a service, or shared by services with a verdict, over all source modules. */
export const coverage = ({
  monolith,
  moduleOwners,
  sharedModules,
}: Pick<MeasureInput, 'monolith' | 'moduleOwners' | 'sharedModules'>): number =>
  ratio(moduleOwners.size + sharedModules, sourceCount(monolith));

export function tablesWithSeveralWriters({ entryPoints, assignment }: Pick<MeasureInput, 'entryPoints' | 'assignment'>): number {
  const writers = new Map<TableId, Set<ServiceId>>();
  entryPoints.forEach(({ own }, index) => {
    const service = assignment[index];
    if (service !== undefined) for (const table of own.writes) writers.set(table, (writers.get(table) ?? new Set()).add(service));
  });
  return [...writers.values()].filter((services) => services.size > 1).length;
}

export const entryPointsWritingAcross = ({ entryPoints, tableOwners }: Pick<MeasureInput, 'entryPoints' | 'tableOwners'>): number =>
  entryPoints.filter(({ own }) => new Set(own.writes.flatMap((table) => tableOwners.get(table) ?? [])).size > 1).length;

/** Share of transactions whose tables, read or written, stay in one service; 1 when there are none. */
export function transactionalPurity({ monolith, tableOwners }: Pick<MeasureInput, 'monolith' | 'tableOwners'>): number {
  if (monolith.transactions.length === 0) return 1;
  const tables = groupBy(monolith.accesses, ({ transaction }) => transaction);
  const pure = monolith.transactions.filter(
    ({ id }) => new Set((tables.get(id) ?? []).flatMap(({ table }) => tableOwners.get(table) ?? [])).size <= 1,
  );
  return ratio(pure.length, monolith.transactions.length);
}

/** Calls, counted by place, between modules of two services. */
export const crossServiceCalls = ({ monolith, moduleOwners }: Pick<MeasureInput, 'monolith' | 'moduleOwners'>): number =>
  monolith.calls.filter(({ from, to }) => {
    const [caller, callee] = [moduleOwners.get(moduleOf(from)), moduleOwners.get(moduleOf(to))];
    return caller !== undefined && callee !== undefined && caller !== callee;
  }).length;

/** Rounded to four places, so that figures print alike everywhere. */
const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000);
