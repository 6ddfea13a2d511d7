import { once } from '../../../src/lib/remember.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries } from '../../../src/model/program.ts';

/** How the program uses its classes. */
export interface ClassUses {
  readonly isExtended: (symbol: SymbolId) => boolean;
  /** The module-level constants that hold the instances of a class; undefined for an instance made anywhere else. */
  readonly instancesOf: (symbol: SymbolId) => readonly (SymbolId | undefined)[];
}

/** Goes through the program once, when the first question is asked. */
export function createClassUses(program: ProgramQueries): ClassUses {
  const uses = once(() => collect(program));
  return {
    isExtended: (symbol) => uses().extended.has(symbol),
    instancesOf: (symbol) => uses().instances.get(symbol) ?? [],
  };
}

function collect(program: ProgramQueries) {
  const extended = new Set<SymbolId>();
  const instances = new Map<SymbolId, (SymbolId | undefined)[]>();
  for (const module of program.program.modules) {
    for (const { extends: base, parent } of module.syntax.declarations) {
      const referent = base === undefined ? undefined : program.resolveExpression(module.id, Math.max(parent, 0), base);
      if (referent?.kind === 'symbol') extended.add(referent.symbol);
    }
    const holders = constantsOf(program, module);
    for (const [index, call] of module.syntax.calls.entries()) {
      if (call.kind !== 'new') continue;
      const made = program.resolveExpression(module.id, call.owner, call.callee);
      if (made.kind !== 'symbol') continue;
      const known = instances.get(made.symbol);
      if (known === undefined) instances.set(made.symbol, [holders.get(index)]);
      else known.push(holders.get(index));
    }
  }
  return { extended, instances };
}

/** Module-level constants by the call that makes their value. */
function constantsOf(program: ProgramQueries, module: ModuleRecord): ReadonlyMap<number, SymbolId> {
  const constants = new Map<number, SymbolId>();
  for (const [index, { kind, parent, mutability, initializer }] of module.syntax.declarations.entries()) {
    if (kind !== 'variable' || parent !== 0 || mutability !== 'const' || initializer?.kind !== 'call') continue;
    if (!constants.has(initializer.call)) constants.set(initializer.call, program.symbolAt(module.id, index));
  }
  return constants;
}
