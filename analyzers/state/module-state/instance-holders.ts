import type { DeclarationSyntax } from '../../../src/model/file-syntax.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries } from '../../../src/model/program.ts';

/** Module-level bindings and static fields that hold an instance, by class, base classes included. */
export function instanceHolders(program: ProgramQueries): ReadonlyMap<SymbolId, readonly SymbolId[]> {
  const holders = new Map<SymbolId, SymbolId[]>();
  for (const module of program.program.modules) {
    if (module.role !== 'source') continue;
    for (const [index, declaration] of module.syntax.declarations.entries()) {
      if (!isHeldByModule(module, declaration)) continue;
      const holder = program.symbolAt(module.id, index);
      for (const held of classesOf(program, module, declaration)) {
        const known = holders.get(held);
        if (known === undefined) holders.set(held, [holder]);
        else known.push(holder);
      }
    }
  }
  return holders;
}

const isHeldByModule = ({ syntax }: ModuleRecord, { kind, parent, isStatic }: DeclarationSyntax): boolean =>
  (kind === 'variable' && parent === 0) ||
  (kind === 'field' && isStatic === true) ||
  (kind === 'object-member' && syntax.declarations[parent]?.parent === 0);

/** The class of `new OrderService()`, and what it extends. */
function classesOf(program: ProgramQueries, module: ModuleRecord, { initializer, parent }: DeclarationSyntax): readonly SymbolId[] {
  if (initializer?.kind !== 'call' || module.syntax.calls[initializer.call]?.kind !== 'new') return [];
  const made = program.resolveExpression(module.id, Math.max(parent, 0), module.syntax.calls[initializer.call]?.callee ?? initializer);
  return made.kind === 'symbol' ? withBases(program, made.symbol, 0) : [];
}

function withBases(program: ProgramQueries, symbol: SymbolId, depth: number): readonly SymbolId[] {
  const found = program.declaration(symbol);
  const declaration = found?.module.syntax.declarations[found.index];
  if (found === undefined || declaration?.extends === undefined || depth > 6) return [symbol];
  const base = program.resolveExpression(found.module.id, declaration.parent, declaration.extends);
  return base.kind === 'symbol' ? [symbol, ...withBases(program, base.symbol, depth + 1)] : [symbol];
}
