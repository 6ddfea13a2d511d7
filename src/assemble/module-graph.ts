import { compareText, sortedBy, uniqueSorted } from '../lib/sort.ts';
import type { ModuleId } from '../model/ids.ts';
import type { ModuleDependency, ModuleSummary } from '../model/monolith.ts';
import type { Program } from '../model/program.ts';

/** One dependency for each pair of modules, at the first import that decides its kind; sorted by pair. */
export function moduleDependencies(program: Program): readonly ModuleDependency[] {
  const byPair = new Map<string, ModuleDependency>();
  for (const { from, target, typeOnly, at } of program.imports) {
    if (target.kind !== 'module' || target.module === from) continue;
    const pair = `${from}\u0000${target.module}`;
    const known = byPair.get(pair);
    if (known === undefined || (known.kind === 'type' && !typeOnly))
      byPair.set(pair, { from, to: target.module, kind: typeOnly ? 'type' : 'value', at });
  }
  return [...byPair].sort(([left], [right]) => compareText(left, right)).map(([, dependency]) => dependency);
}

export function moduleSummaries(program: Program): readonly ModuleSummary[] {
  const packages = new Map<ModuleId, Set<string>>();
  for (const { from, target, typeOnly } of program.imports) {
    if (target.kind !== 'package' || typeOnly) continue;
    const known = packages.get(from);
    if (known === undefined) packages.set(from, new Set([target.package]));
    else known.add(target.package);
  }
  const summaries = program.modules.map(({ id, syntax, role }) => ({
    id,
    lines: syntax.lineStarts.length,
    role,
    packages: uniqueSorted(packages.get(id) ?? []),
  }));
  return sortedBy(summaries, (summary) => summary.id);
}
