import type { ModuleId } from '../../model/ids.ts';
import type { Marked } from './mark.ts';
import type { ModuleSource } from './module-source.ts';
import type { Sources } from './sources.ts';

/**
 * Which modules an importer must load for their effect, in place of an import of which no name is left: those with
 * start-up code that no kept import loads any more.
 */
export function createLoadedFor(
  sources: Sources,
  marked: Marked,
  entry: ModuleId,
): (from: ModuleId, specifier: string) => readonly ModuleId[] {
  const starting = modulesWithStartUp(sources, marked);
  const reached = reachedByUse(sources, marked, entry);
  const startsBelow = new Map<ModuleId, boolean>();
  const hasStartUpBelow = (id: ModuleId): boolean => {
    const known = startsBelow.get(id);
    if (known !== undefined) return known;
    startsBelow.set(id, false);
    const source = sources.module(id);
    const has = starting.has(id) || (source !== undefined && sources.loadedBy(source).some(hasStartUpBelow));
    startsBelow.set(id, has);
    return has;
  };
  const needed = (id: ModuleId, seen: Set<ModuleId>): readonly ModuleId[] => {
    if (seen.has(id) || !marked.running.has(id)) return [];
    seen.add(id);
    if (marked.modules.has(id)) return !reached.has(id) && hasStartUpBelow(id) ? [id] : [];
    const source = sources.module(id);
    return source === undefined ? [] : sources.loadedBy(source).flatMap((next) => needed(next, seen));
  };
  return (from, specifier) => {
    const target = sources.targetOf(from, specifier);
    const source = sources.module(from);
    const isLoaded =
      target?.kind === 'module' && source !== undefined && marked.running.has(from) && sources.loadedBy(source).includes(target.module);
    return isLoaded ? needed(target.module, new Set([from])) : [];
  };
}

function modulesWithStartUp(sources: Sources, marked: Marked): ReadonlySet<ModuleId> {
  const starting = new Set([...marked.startUp].map((item) => item.module));
  for (const id of marked.running) {
    const bare = sources.module(id)?.importStatements.some((each) => each.names.length === 0 && marked.specifiers.has(each.statement));
    if (bare === true) starting.add(id);
  }
  return starting;
}

/** Modules that run because kept imports of running modules name them. */
function reachedByUse(sources: Sources, marked: Marked, entry: ModuleId): ReadonlySet<ModuleId> {
  const reached = new Set<ModuleId>([entry]);
  for (const id of reached) {
    const source = sources.module(id);
    if (source === undefined) continue;
    const loaded = new Set(sources.loadedBy(source));
    for (const specifier of usedSpecifiers(source, marked)) {
      const target = sources.targetOf(id, specifier);
      if (target?.kind === 'module' && loaded.has(target.module)) reached.add(target.module);
    }
    for (const each of source.inlineImports) {
      const target = sources.targetOf(id, each.specifier);
      if (target?.kind === 'module' && each.kind !== 'type') reached.add(target.module);
    }
  }
  return reached;
}

const usedSpecifiers = (source: ModuleSource, marked: Marked): readonly string[] => [
  ...source.importStatements
    .filter((each) => each.names.some((name) => !name.typeOnly && marked.specifiers.has(name.node)))
    .map((each) => each.specifier),
  ...source.reExports.filter((each) => marked.specifiers.has(each.node)).map((each) => each.specifier),
];
