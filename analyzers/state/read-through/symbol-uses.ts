import type { NameUse } from '../../../src/model/file-syntax.ts';
import { moduleOf, type SymbolId } from '../../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries, Referent } from '../../../src/model/program.ts';

/** One place that names a symbol of some module. */
export interface SymbolUse {
  readonly module: ModuleRecord;
  readonly use: NameUse;
  /** Member taken of the symbol. */
  readonly property: string | undefined;
}

/** Every use of a module-level symbol by name; undefined when a module may use it in a way that names do not show. */
export type FindUses = (symbol: SymbolId) => readonly SymbolUse[] | undefined;

/** Imports are resolved once for all questions, with the first one that needs them. */
export function createFindUses(program: ProgramQueries): FindUses {
  let importers: Importers | undefined;
  return (symbol) => {
    importers ??= findImporters(program);
    const own = program.module(moduleOf(symbol));
    const found = program.declaration(symbol);
    const name = found?.module.syntax.declarations[found.index]?.binding;
    if (own === undefined || name === undefined || importers.hidden.has(own.id)) return undefined;
    const named = [{ module: own, local: name }, ...(importers.names.get(symbol) ?? [])];
    const direct = named.flatMap(({ module, local }) =>
      module.syntax.uses
        .filter((use) => use.name === local && use.meaning === 'value')
        .map((use) => ({ module, use, property: use.property })),
    );
    const spaces = (importers.spaces.get(own.id) ?? []).flatMap(({ module, local }) =>
      module.syntax.uses
        .filter((use) => use.name === local && use.meaning === 'value')
        .map((use) => ({ module, use, exported: use.property === undefined ? undefined : program.resolveExport(own.id, use.property) })),
    );
    if (spaces.some(({ use }) => use.property === undefined || use.property === '*')) return undefined;
    const throughSpaces = spaces
      .filter(({ exported }) => exported?.kind === 'symbol' && exported.symbol === symbol)
      .map(({ module, use }) => ({ module, use, property: undefined }));
    return [...direct, ...throughSpaces];
  };
}

interface Importers {
  /** Local names that stand for a symbol of another module. */
  readonly names: ReadonlyMap<SymbolId, readonly { readonly module: ModuleRecord; readonly local: string }[]>;
  /** Local names that stand for a whole module. */
  readonly spaces: ReadonlyMap<string, readonly { readonly module: ModuleRecord; readonly local: string }[]>;
  /** Modules that some code loads without giving what it takes a name. */
  readonly hidden: ReadonlySet<string>;
}

function findImporters(program: ProgramQueries): Importers {
  const names = new Map<SymbolId, { module: ModuleRecord; local: string }[]>();
  const spaces = new Map<string, { module: ModuleRecord; local: string }[]>();
  const hidden = new Set<string>();
  for (const module of program.program.modules) {
    if (module.role !== 'source') continue;
    for (const [index, { kind, bindings }] of module.syntax.imports.entries()) {
      const target = program.resolvedImport(module.id, index)?.target;
      if (target?.kind !== 'module') continue;
      if (bindings.length === 0 && (kind === 'require' || kind === 'dynamic-import')) hidden.add(target.module);
      for (const { local, typeOnly } of bindings)
        if (!typeOnly) note(names, spaces, { module, local }, program.resolveName(module.id, 0, local));
    }
  }
  return { names, spaces, hidden };
}

function note(
  names: Map<SymbolId, { module: ModuleRecord; local: string }[]>,
  spaces: Map<string, { module: ModuleRecord; local: string }[]>,
  place: { readonly module: ModuleRecord; readonly local: string },
  referent: Referent,
): void {
  if (referent.kind === 'symbol') addTo(names, referent.symbol, place);
  if (referent.kind === 'module') addTo(spaces, referent.module, place);
}

function addTo<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
