import type { BootTrace } from '../../model/boot-trace.ts';
import { type ModuleId, moduleOf, nameOf } from '../../model/ids.ts';
import type { SourceSpan } from '../../model/location.ts';
import type { Sources } from './sources.ts';
import type { StartUpDecision } from './start-up.ts';

/** Where a function gets the application from. */
export interface ChosenEntry {
  readonly module: ModuleId;
  /** Export that holds the application; absent when the start-up code hands it over. */
  readonly exported?: string;
}

/**
 * The entry module that registers the slice's routes and listens, and after it modules above it, one of which may be what
 * really starts it (a module may only export the function that listens); else the module that exports the application.
 */
export function* entryCandidates(
  sources: Sources,
  trace: BootTrace,
  decision: StartUpDecision,
  { statements, modules }: { readonly statements: readonly SourceSpan[]; readonly modules: readonly ModuleId[] },
): Iterable<ChosenEntry> {
  const needed = new Set(statements.map((span) => span.file));
  const loads = (entry: ModuleId, files: Iterable<ModuleId>): boolean => {
    const loaded = loadedFrom(sources, entry);
    return [...files].every((file) => loaded.has(file));
  };
  const listening = trace.entries.find(
    ({ module }) => loads(module, needed) && decision.handedOver.some(({ span }) => loads(module, [span.file])),
  );
  if (listening !== undefined) {
    yield { module: listening.module };
    for (const module of startersOf(sources, listening.module, modules)) yield { module };
    return;
  }
  const exported = exportedApplication(sources, trace, decision);
  if (exported !== undefined) yield exported;
}

/** Modules that load another one and are loaded by none. */
function startersOf(sources: Sources, started: ModuleId, modules: readonly ModuleId[]): readonly ModuleId[] {
  const loads = new Map(modules.map((module) => [module, loadedFrom(sources, module)] as const));
  const above = modules.filter((module) => module !== started && loads.get(module)?.has(started) === true);
  return above.filter((module) => !above.some((other) => other !== module && loads.get(other)?.has(module) === true));
}

/** Every module that start-up code of an entry may load, lazily loaded ones included. */
function loadedFrom(sources: Sources, entry: ModuleId): ReadonlySet<ModuleId> {
  const loaded = new Set<ModuleId>([entry]);
  for (const id of loaded) {
    const source = sources.module(id);
    if (source === undefined) continue;
    for (const next of sources.loadedBy(source)) loaded.add(next);
    for (const each of source.inlineImports) {
      const target = sources.targetOf(id, each.specifier);
      if (target?.kind === 'module' && each.kind !== 'type') loaded.add(target.module);
    }
  }
  return loaded;
}

function exportedApplication(sources: Sources, trace: BootTrace, decision: StartUpDecision): ChosenEntry | undefined {
  const mounted = new Set(
    trace.effects.flatMap((effect) => effect.arguments).flatMap((value) => (value.kind === 'library' ? [value.object] : [])),
  );
  const roots = trace.objects.filter((object) => decision.inside.has(object.id) && !mounted.has(object.id));
  for (const root of roots) {
    for (const binding of trace.bindings.filter((each) => each.object === root.id)) {
      const module = moduleOf(binding.symbol);
      const source = sources.module(module);
      const exported = source?.localExports.find((each) => each.local === nameOf(binding.symbol));
      if (exported !== undefined) return { module, exported: exported.name };
      // `module.exports = app` is the default of what `import()` gives.
      if (source?.wholeExport === nameOf(binding.symbol)) return { module, exported: 'default' };
    }
  }
  return undefined;
}
