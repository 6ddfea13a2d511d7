import { moduleOf, nameOf, type SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';

/** Functions of the binding's own module that use it without changing it, in source order. */
export function readersOf(program: ProgramQueries, symbol: SymbolId, writers: ReadonlySet<SymbolId>): readonly SymbolId[] {
  const module = program.module(moduleOf(symbol));
  if (module === undefined) return [];
  const [name, field] = nameOf(symbol).split('.');
  const readers = new Set<SymbolId>();
  for (const use of module.syntax.uses) {
    if (use.name !== name || use.meaning !== 'value' || (field !== undefined && use.property !== field)) continue;
    const reader = functionAround(program, module.id, use.owner);
    if (reader !== undefined && !writers.has(reader)) readers.add(reader);
  }
  return [...readers];
}

const functionKinds: ReadonlySet<string> = new Set(['function', 'method', 'constructor', 'getter', 'setter', 'arrow']);

/** The innermost function a use stands in; none for start-up code. */
function functionAround(program: ProgramQueries, module: ReturnType<typeof moduleOf>, owner: number): SymbolId | undefined {
  const declarations = program.module(module)?.syntax.declarations ?? [];
  for (let index = owner; index > 0; index = declarations[index]?.parent ?? -1) {
    const declaration = declarations[index];
    if (declaration !== undefined && (functionKinds.has(declaration.kind) || declaration.returns !== undefined))
      return program.symbolAt(module, index);
  }
  return undefined;
}
