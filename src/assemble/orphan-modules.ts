import type { BootTrace } from '../model/boot-trace.ts';
import type { ModuleId } from '../model/ids.ts';
import type { ModuleDependency, ModuleSummary } from '../model/monolith.ts';

/** Source modules that nothing imports and that start-up does not run: madge's orphans without the entries. */
export function findOrphanModules(
  modules: readonly ModuleSummary[],
  dependencies: readonly ModuleDependency[],
  trace: BootTrace,
): readonly ModuleId[] {
  const used = new Set<ModuleId>([...dependencies.map(({ to }) => to), ...trace.entries.map(({ module }) => module), ...trace.evaluated]);
  return modules.filter(({ id, role }) => role === 'source' && !used.has(id)).map(({ id }) => id);
}
