import { sortedBy } from '../lib/sort.ts';
import type { SharedModule } from '../model/decomposition.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { type ModuleId, toModuleId } from '../model/ids.ts';
import type { Monolith } from '../model/monolith.ts';
import type { Outcome } from '../model/outcome.ts';
import type { PlanFile } from '../model/plan-file.ts';
import type { EntryPoint } from './entry-points.ts';

/** What a person fixed in the plan file, as far as it still exists. Groups are the names of services. */
export interface Pins {
  /** Service of an entry point, by its index; undefined: it stays. */
  readonly entryPoints: ReadonlyMap<number, string | undefined>;
  readonly tables: ReadonlyMap<string, string>;
  readonly modules: ReadonlyMap<ModuleId, ModulePin>;
  /** Every service of the file, with or without members; sorted. */
  readonly groups: readonly string[];
}

export type ModulePin =
  | { readonly kind: 'service'; readonly group: string }
  | { readonly kind: 'shared'; readonly verdict: SharedModule['verdict'] };

export const NO_PINS: Pins = { entryPoints: new Map(), tables: new Map(), modules: new Map(), groups: [] };

/** Reads assignments as pins; those of modules, tables and routes that no longer exist become diagnostics. */
export function readPins(planFile: PlanFile, monolith: Monolith, entryPoints: readonly EntryPoint[]): Outcome<Pins> {
  return {
    value: {
      entryPoints: pinEntryPoints(planFile, monolith, entryPoints),
      tables: new Map(Object.entries(planFile.services).flatMap(([group, { tables }]) => tables.map((table) => [table, group] as const))),
      modules: pinModules(planFile),
      groups: sortedBy(Object.keys(planFile.services), (name) => name),
    },
    diagnostics: findMissing(planFile, monolith),
  };
}

/** A route or trigger goes where the file lists it; an unlisted trigger with the module that handles it. */
function pinEntryPoints(
  { services, stay }: PlanFile,
  monolith: Monolith,
  entryPoints: readonly EntryPoint[],
): ReadonlyMap<number, string | undefined> {
  const groups = new Map<string, string | undefined>(stay.routes.map((route) => [route, undefined]));
  const modules = new Map<string, string>();
  for (const [group, { routes, triggers, modules: listed }] of Object.entries(services)) {
    for (const id of [...routes, ...(triggers ?? [])]) groups.set(id, group);
    for (const module of listed) modules.set(module, group);
  }
  const triggers = new Set<string>(monolith.triggers.map(({ id }) => id));
  const pins = new Map<number, string | undefined>();
  entryPoints.forEach(({ id, aliases, home }, index) => {
    const group = modules.get(home);
    const listed = [id, ...aliases].find((name) => groups.has(name));
    if (listed !== undefined) pins.set(index, groups.get(listed));
    else if (triggers.has(id) && group !== undefined) pins.set(index, group);
  });
  return pins;
}

function pinModules({ services, shared, stay }: PlanFile): ReadonlyMap<ModuleId, ModulePin> {
  const pins = new Map<ModuleId, ModulePin>();
  for (const module of stay.modules) pins.set(toModuleId(module), { kind: 'shared', verdict: 'monolith' });
  for (const [module, verdict] of Object.entries(shared)) pins.set(toModuleId(module), { kind: 'shared', verdict });
  for (const [group, { modules }] of Object.entries(services))
    for (const module of modules) pins.set(toModuleId(module), { kind: 'service', group });
  return pins;
}

/** The place "stay" and "shared" stand for in a diagnostic's `service`. */
function findMissing({ services, shared, stay }: PlanFile, monolith: Monolith): readonly Diagnostic[] {
  const modules = new Set<string>(monolith.modules.map(({ id }) => id));
  const tables = new Set<string>(monolith.tables.map(({ id }) => id));
  const routes = new Set<string>(monolith.routes.map(({ id }) => id));
  const lists = [
    ...Object.entries(services).map(([service, lists]) => ({ service, ...lists })),
    { service: 'shared', modules: Object.keys(shared), tables: [], routes: [] },
    { service: 'stay', tables: [], ...stay },
  ];
  return lists.flatMap(({ service, ...listed }) => [
    ...listed.modules
      .filter((module) => !modules.has(module))
      .map((module): Diagnostic => ({ code: 'plan-module-missing', data: { service, module } })),
    ...listed.tables
      .filter((table) => !tables.has(table))
      .map((table): Diagnostic => ({ code: 'plan-table-missing', data: { service, table } })),
    ...listed.routes
      .filter((route) => !routes.has(route))
      .map((route): Diagnostic => ({ code: 'plan-route-missing', data: { service, route } })),
  ]);
}
