import { remember } from '../../../src/lib/remember.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries } from '../../../src/model/program.ts';
import { type CallSite, type Declared, declared } from '../flow/code-value.ts';

/** Classes of the program: their members, and the calls of `super` in their constructors. */
export interface ClassIndex {
  /** Every class of the source modules. */
  readonly all: readonly Declared[];
  member(symbol: SymbolId, name: string, side: 'instance' | 'static'): Declared | undefined;
  members(symbol: SymbolId): readonly Declared[];
  constructorOf(symbol: SymbolId): Declared | undefined;
  parameters(callable: Declared): readonly Declared[];
  superCalls(symbol: SymbolId): readonly CallSite[];
  /** The class around a declaration. */
  around(module: ModuleRecord, owner: number): Declared | undefined;
}

export function createClassIndex(program: ProgramQueries): ClassIndex {
  const members = remember((symbol: SymbolId) => childrenOf(program, symbol));
  const superCalls = remember((module: ModuleRecord) =>
    module.syntax.calls.flatMap((call, index) => (call.callee.kind === 'super' ? [{ module, index, call }] : [])),
  );
  const index: ClassIndex = {
    all: program.program.modules.flatMap((module) => (module.role === 'source' ? classesOf(program, module) : [])),
    members,
    member: (symbol, name, side) => {
      const found = members(symbol).filter(
        ({ declaration }) =>
          declaration.kind !== 'constructor' && (declaration.isStatic === true) === (side === 'static') && declaration.binding === name,
      );
      const field = found.find(({ declaration }) => declaration.returns !== undefined) ?? found[0];
      return field ?? (side === 'instance' ? parameterProperty(index, symbol, name) : undefined);
    },
    constructorOf: (symbol) => members(symbol).find(({ declaration }) => declaration.kind === 'constructor'),
    parameters: (callable) => childrenOf(program, callable.symbol).filter(({ declaration }) => declaration.kind === 'parameter'),
    superCalls: (symbol) => {
      const found = index.constructorOf(symbol);
      return found === undefined ? [] : superCalls(found.module).filter(({ call }) => call.owner === found.index);
    },
    around: (module, owner) => {
      const { declarations } = module.syntax;
      for (let at = owner; at > 0; at = declarations[at]?.parent ?? -1)
        if (declarations[at]?.kind === 'class') return declared(program, program.symbolAt(module.id, at));
      return undefined;
    },
  };
  return index;
}

const childrenOf = (program: ProgramQueries, symbol: SymbolId): readonly Declared[] =>
  program.childrenOf(symbol).flatMap((child) => declared(program, child) ?? []);

const classesOf = (program: ProgramQueries, module: ModuleRecord): readonly Declared[] =>
  module.syntax.declarations.flatMap((declaration, index) =>
    declaration.kind === 'class' ? [{ symbol: program.symbolAt(module.id, index), module, index, declaration }] : [],
  );

/** `constructor(private readonly books: Books)` makes a field. */
function parameterProperty(index: ClassIndex, symbol: SymbolId, name: string): Declared | undefined {
  const found = index.constructorOf(symbol);
  return found === undefined
    ? undefined
    : index.parameters(found).find(({ declaration }) => declaration.isParameterProperty === true && declaration.binding === name);
}
