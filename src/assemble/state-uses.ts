import type { NameUse } from '../model/file-syntax.ts';
import { moduleOf, nameOf, type SymbolId, toSymbolId } from '../model/ids.ts';
import type { ModuleRecord, ProgramQueries, Referent } from '../model/program.ts';

/**
 * Which of the given bindings each symbol uses, directly. Names are resolved once for each module: a use is never of a
 * name declared in a function around it.
 */
export function findStateUses(program: ProgramQueries, state: ReadonlySet<SymbolId>): ReadonlyMap<SymbolId, readonly SymbolId[]> {
  const uses = new Map<SymbolId, SymbolId[]>();
  if (state.size === 0) return uses;
  const names = new Set([...state].map((symbol) => nameOf(symbol).split('.')[0]));
  for (const module of program.program.modules) {
    const resolve = createResolver(program, module, names);
    for (const use of module.syntax.uses) {
      if (use.meaning !== 'value') continue;
      for (const target of resolve(use)) {
        if (!state.has(target)) continue;
        const user = program.symbolAt(module.id, codeAround(module, use.owner));
        uses.set(user, [...(uses.get(user) ?? []), target]);
      }
    }
  }
  return uses;
}

/** Symbols a use may stand for: the binding itself, and the member taken of it (a static field, an export of a namespace). */
function createResolver(
  program: ProgramQueries,
  module: ModuleRecord,
  names: ReadonlySet<string | undefined>,
): (use: NameUse) => readonly SymbolId[] {
  const imported = new Set(module.syntax.imports.flatMap(({ bindings }) => bindings.map(({ local }) => local)));
  const known = new Map<string, Referent>();
  return ({ name, property }) => {
    if (!imported.has(name) && !names.has(name)) return [];
    const referent = known.get(name) ?? program.resolveName(module.id, 0, name);
    known.set(name, referent);
    if (referent.kind === 'symbol') {
      const member = property === undefined ? [] : [toSymbolId(moduleOf(referent.symbol), `${nameOf(referent.symbol)}.${property}`)];
      return [referent.symbol, ...member];
    }
    if (referent.kind !== 'module' || property === undefined) return [];
    const exported = program.resolveExport(referent.module, property);
    return exported.kind === 'symbol' ? [exported.symbol] : [];
  };
}

/** The function whose code a use stands in: locals and parameters are part of it. */
function codeAround(module: ModuleRecord, owner: number): number {
  const { kind, parent = -1 } = module.syntax.declarations[owner] ?? {};
  const isPart = kind === 'parameter' || (kind === 'variable' && parent > 0);
  return isPart ? codeAround(module, parent) : owner;
}
