import { closure } from '../lib/graph/closure.ts';
import { groupBy } from '../lib/group.ts';
import { sortedBy } from '../lib/sort.ts';
import type { RouteFact } from '../model/fact.ts';
import { type ModuleId, moduleOf } from '../model/ids.ts';
import type { PlannedRoute } from '../model/migration-plan.ts';
import type { Monolith } from '../model/monolith.ts';

/**
 * Why a route cannot move whose code start-up finds by looking through a folder: a function is one bundle, and a bundler
 * follows no computed name. Code that imports also name is in the bundle whoever else loads it.
 */
export function createLoadBlocks(monolith: Monolith): (route: RouteFact) => PlannedRoute['blockedBy'] {
  const { loads = [] } = monolith;
  if (loads.length === 0) return () => undefined;
  const imports = groupBy(
    monolith.dependencies.filter(({ kind }) => kind === 'value'),
    ({ from }) => from,
    ({ to }) => to,
  );
  const withImports = (roots: readonly ModuleId[]): ReadonlySet<ModuleId> => closure(roots, (module) => imports.get(module) ?? []);
  const imported = withImports(monolith.entries.map(({ module }) => module));
  const loaded = new Map<ModuleId, Reason>();
  const loaders = new Map<ModuleId, Reason>();
  for (const { at, modules } of loads) {
    const found = [...withImports(modules)].filter((module) => !imported.has(module));
    if (found.length > 0)
      loaders.set(at.file, { text: `${at.file} loads modules by names that it computes, which a bundle cannot follow`, at });
    for (const module of found)
      loaded.set(module, { text: `its code is loaded by a name that ${at.file} computes, which a bundle cannot follow`, at });
  }
  const reached = new Map<string, readonly ModuleId[]>(monolith.reach.map(({ entryPoint, modules }) => [entryPoint, modules]));
  return ({ id, at, handler, chain }) => {
    const own = new Set([at.file, handler.module, ...chain.flatMap(({ symbol }) => (symbol === undefined ? [] : [moduleOf(symbol)]))]);
    const others = (reached.get(id) ?? []).filter((module) => !own.has(module));
    const reasons = [
      ...sortedBy([...own, ...others], (module) => module).map((module) => loaded.get(module)),
      // Start-up code of the route's own files that only registers other routes is left out of a slice.
      ...sortedBy(others, (module) => module).map((module) => loaders.get(module)),
    ];
    return reasons.find((reason) => reason !== undefined);
  };
}

type Reason = NonNullable<PlannedRoute['blockedBy']>;
