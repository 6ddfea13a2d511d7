import { Project } from 'ts-morph';
import type { ModuleId } from '../../model/ids.ts';
import type { ImportTarget, ProgramQueries } from '../../model/program.ts';
import { type Item, type ModuleSource, readModule } from './module-source.ts';

/** The monolith's modules, parsed when first asked for, and what their names lead to. Shared by all slices. */
export interface Sources {
  module(id: ModuleId): ModuleSource | undefined;
  /** What an import of a module leads to. */
  targetOf(module: ModuleId, specifier: string): ImportTarget | undefined;
  /** What a module-level name stands for, imports and re-exports followed. */
  resolveName(module: ModuleSource, name: string): Resolved;
  resolveExport(module: ModuleId, name: string): Resolved;
  /** Modules that run when this one is loaded, in order: imports that exist at run time. */
  loadedBy(module: ModuleSource): readonly ModuleId[];
}

export type Resolved =
  | { readonly kind: 'items'; readonly module: ModuleSource; readonly name: string; readonly items: readonly Item[] }
  | { readonly kind: 'package'; readonly name: string; readonly path: readonly string[] }
  | { readonly kind: 'module'; readonly module: ModuleId }
  | { readonly kind: 'unknown' };

const UNKNOWN: Resolved = { kind: 'unknown' };

export function createSources(program: ProgramQueries, readSource: (path: ModuleId) => string | undefined): Sources {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
    compilerOptions: { allowJs: true },
  });
  const parsed = new Map<ModuleId, ModuleSource | undefined>();
  const targets = new Map<string, ImportTarget>();
  for (const each of program.program.imports) {
    if (each.specifier !== undefined) targets.set(`${each.from} ${each.specifier}`, each.target);
  }

  const module = (id: ModuleId): ModuleSource | undefined => {
    if (!parsed.has(id)) {
      const written = program.module(id)?.syntax.imports;
      const text = written === undefined ? undefined : readSource(id);
      const specifierAt = (start: number): string | undefined => written?.find((each) => each.span.start === start)?.specifier;
      parsed.set(id, text === undefined ? undefined : readModule(project, id, { text, specifierAt }));
    }
    return parsed.get(id);
  };
  const targetOf = (from: ModuleId, specifier: string): ImportTarget | undefined => targets.get(`${from} ${specifier}`);

  const resolveTarget = (from: ModuleId, specifier: string, imported: string, seen: ReadonlySet<string>): Resolved => {
    const target = targetOf(from, specifier);
    switch (target?.kind) {
      case 'module':
        return imported === '*' ? { kind: 'module', module: target.module } : exported(target.module, imported, seen);
      case 'package':
        return { kind: 'package', name: target.package, path: imported === '*' ? [] : [imported] };
      case 'builtin':
        return { kind: 'package', name: target.name.replace(/^node:/, ''), path: imported === '*' ? [] : [imported] };
      default:
        return UNKNOWN;
    }
  };

  const named = (source: ModuleSource, name: string, seen: ReadonlySet<string>): Resolved => {
    const items = source.bindings.get(name);
    if (items !== undefined) return { kind: 'items', module: source, name, items };
    const imported = source.imports.get(name);
    return imported === undefined ? UNKNOWN : resolveTarget(source.id, imported.specifier, imported.imported, seen);
  };

  const exported = (id: ModuleId, name: string, seen: ReadonlySet<string>): Resolved => {
    const key = `${id} ${name}`;
    const source = module(id);
    if (source === undefined || seen.has(key)) return UNKNOWN;
    const next = new Set(seen).add(key);
    const local = source.localExports.find((each) => each.name === name);
    if (local !== undefined) return named(source, local.local, next);
    const direct = source.reExports.find((each) => each.name === name);
    if (direct !== undefined) return resolveTarget(id, direct.specifier, direct.imported, next);
    if (name === 'default') return UNKNOWN;
    for (const star of source.reExports.filter((each) => each.name === '*')) {
      const found = resolveTarget(id, star.specifier, name, next);
      if (found.kind === 'items' || found.kind === 'module') return found;
    }
    return UNKNOWN;
  };

  return {
    module,
    targetOf,
    resolveName: (source, name) => named(source, name, new Set()),
    resolveExport: (id, name) => exported(id, name, new Set()),
    loadedBy: (source) => loadedBy(source, targetOf),
  };
}

function loadedBy(source: ModuleSource, targetOf: Sources['targetOf']): readonly ModuleId[] {
  const values = new Set(source.references.filter((each) => each.scope === 'module' && each.meaning === 'value').map((each) => each.name));
  const exportedNames = new Set(source.localExports.map((each) => each.local));
  const isLoaded = (names: readonly { readonly local: string; readonly typeOnly: boolean }[]): boolean =>
    names.length === 0 || names.some((each) => !each.typeOnly && (values.has(each.local) || exportedNames.has(each.local)));
  const places = [
    ...source.importStatements.filter((each) => !each.typeOnly && isLoaded(each.names)),
    ...source.reExports.filter((each) => !each.statement.isTypeOnly),
    ...source.inlineImports.filter((each) => each.kind === 'require' && each.isEager),
  ].sort((left, right) => left.start - right.start);
  const found = places.map((each) => targetOf(source.id, each.specifier));
  return [...new Set(found.flatMap((target) => (target?.kind === 'module' ? [target.module] : [])))];
}
