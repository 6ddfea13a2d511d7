import { sortedBy, uniqueSorted } from '../lib/sort.ts';
import type { Decomposition, DecompositionAlternative } from '../model/decomposition.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Monolith } from '../model/monolith.ts';
import type { Outcome } from '../model/outcome.ts';
import type { PlanFile } from '../model/plan-file.ts';
import { collectEntryPoints } from './entry-points.ts';
import { weighEvidence } from './evidence.ts';
import type { Grouping } from './own-tables.ts';
import { NO_PINS, readPins } from './read-pins.ts';
import { type SettleInput, settle } from './settle.ts';
import { sweepResolutions } from './sweep.ts';

/**
 * Proposes where the monolith could be cut. Assignments of the plan file are obeyed; only what is new is placed.
 * The method stands in `docs/decomposition.md`. Same input, same value.
 */
export function decompose(monolith: Monolith, planFile: PlanFile | undefined): Outcome<Decomposition> {
  const entryPoints = collectEntryPoints(monolith);
  const evidence = weighEvidence(entryPoints);
  const input = { monolith, entryPoints, evidence };
  const context: Context = { monolith, entryPoints, logTables: evidence.logTables };
  const pins = planFile === undefined ? { value: NO_PINS, diagnostics: [] } : readPins(planFile, monolith, entryPoints);
  const free = sweepResolutions(input, NO_PINS);
  const { chosen } = planFile === undefined ? free : sweepResolutions(input, pins.value);
  const proposal = settle({ ...context, grouping: chosen, pins: pins.value });
  return {
    value: { ...proposal, alternatives: describeAlternatives(context, free) },
    diagnostics: [...pins.diagnostics, ...findSharedWriters(proposal, context)],
  };
}

type Context = Omit<SettleInput, 'grouping' | 'pins'>;

function describeAlternatives(
  context: Context,
  { coarser, finer }: { readonly coarser?: Grouping; readonly finer?: Grouping },
): readonly DecompositionAlternative[] {
  const describe = (granularity: 'coarser' | 'finer', grouping: Grouping | undefined): readonly DecompositionAlternative[] => {
    if (grouping === undefined) return [];
    const { services, measures } = settle({ ...context, grouping, pins: NO_PINS });
    return [{ granularity, services: services.map(({ id, modules }) => ({ id, modules })), measures }];
  };
  return [...describe('coarser', coarser), ...describe('finer', finer)];
}

function findSharedWriters({ services }: Pick<Decomposition, 'services'>, { monolith, entryPoints }: Context): readonly Diagnostic[] {
  const serviceOf = new Map(services.flatMap(({ id, routes, triggers }) => [...routes, ...triggers].map((entry) => [entry as string, id])));
  const writers = new Map<string, Set<string>>();
  for (const { id, own } of entryPoints) {
    const service = serviceOf.get(id);
    if (service !== undefined) for (const table of own.writes) writers.set(table, (writers.get(table) ?? new Set()).add(service));
  }
  const places = new Map(monolith.tables.map(({ id, at }) => [id as string, at]));
  return sortedBy(writers, ([table]) => table)
    .filter(([, names]) => names.size > 1)
    .map(([table, names]): Diagnostic => {
      const at = places.get(table);
      return { code: 'shared-writer', data: { table, services: uniqueSorted(names) }, ...(at === undefined ? {} : { at }) };
    });
}
