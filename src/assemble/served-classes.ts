import { groupBy } from '../lib/group.ts';
import { remember } from '../lib/remember.ts';
import { uniqueSorted } from '../lib/sort.ts';
import type { TableAccessFact } from '../model/fact.ts';
import { type ModuleId, moduleOf, nameOf, type SymbolId } from '../model/ids.ts';
import type { ProgramQueries } from '../model/program.ts';

/** The classes, of those that accesses hold for, whose instances an entry point works with. */
export type ServedClasses = (symbols: readonly SymbolId[], modules: readonly ModuleId[]) => readonly SymbolId[];

/**
 * A method of a base class serves another table for each subclass. Which of them an entry point works with, the classes say
 * that its code names: its controller's field is of that class. Where that names none, the modules that register it are
 * asked, and where these do not know either, all count.
 */
export function createServedClasses(program: ProgramQueries, accesses: readonly TableAccessFact[]): ServedClasses {
  const bySymbol = groupBy(
    accesses.filter(({ receiver }) => receiver !== undefined),
    ({ symbol }) => symbol,
    ({ receiver }) => receiver,
  );
  const receivers = new Set([...bySymbol.values()].flat());
  const namedIn = remember((module: ModuleId) => namedClasses(program, module, receivers));
  const namedBy = (symbol: SymbolId): readonly SymbolId[] => namedIn(moduleOf(symbol)).get(outermost(symbol)) ?? [];
  return (symbols, modules) => {
    const inherited = symbols.filter((symbol) => bySymbol.has(symbol));
    if (inherited.length === 0) return [];
    const near = new Set(symbols.flatMap(namedBy));
    const far = new Set(modules.flatMap((module) => [...namedIn(module).values()].flat()));
    const chosen = inherited.flatMap((symbol) => {
      const possible = (bySymbol.get(symbol) ?? []).flatMap((receiver) => receiver ?? []);
      const [first = possible] = [near, far].map((known) => possible.filter((one) => known.has(one))).filter((found) => found.length > 0);
      return first;
    });
    return uniqueSorted(chosen);
  };
}

/** `Books.find` stands in `Books`. */
const outermost = (symbol: SymbolId): string => nameOf(symbol).split('.')[0] ?? '';

/** Classes that each outermost declaration of a module names, itself included. */
function namedClasses(
  program: ProgramQueries,
  id: ModuleId,
  receivers: ReadonlySet<SymbolId | undefined>,
): ReadonlyMap<string, readonly SymbolId[]> {
  const found = new Map<string, SymbolId[]>();
  const { uses = [], declarations = [] } = program.module(id)?.syntax ?? {};
  const add = (name: string, symbol: SymbolId): void => {
    const known = found.get(name);
    if (known === undefined) found.set(name, [symbol]);
    else known.push(symbol);
  };
  for (const [index, { kind, name }] of declarations.entries()) {
    const symbol = kind === 'class' ? program.symbolAt(id, index) : undefined;
    if (symbol !== undefined && receivers.has(symbol)) add(name.split('.')[0] ?? '', symbol);
  }
  for (const { name, owner, at } of uses) {
    const referent = program.resolveName(id, owner, name, at);
    if (referent.kind === 'symbol' && receivers.has(referent.symbol)) add(declarations[owner]?.name.split('.')[0] ?? '', referent.symbol);
  }
  return found;
}
