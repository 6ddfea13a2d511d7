import { placeOf } from '../lib/place.ts';
import { once, remember } from '../lib/remember.ts';
import { createSpansWithin } from '../lib/spans-within.ts';
import { type ModuleId, moduleOf, nameOf, type SymbolId } from '../model/ids.ts';
import type { Span } from '../model/location.ts';
import type { CallEdge, PlacedCall, Program, ProgramQueries, ResolvedImport } from '../model/program.ts';
import type { Binding, Evaluator } from './evaluator.ts';
import { declarationAt, type LinkedFile } from './linked-file.ts';
import { moduleBinding } from './lookup.ts';
import { referentOfBinding, referentOfExpression, referentOfValue } from './referent.ts';
import { symbolOf } from './symbol-of.ts';

/** Answers questions about a program from indexes that are built once, the rare ones on first use. */
export function createProgramQueries(program: Program, e: Evaluator): ProgramQueries {
  const modules = new Map(program.modules.map((module) => [module.id, module]));
  const imports = new Map<ModuleId, Map<number, ResolvedImport>>();
  for (const one of program.imports) {
    const table = imports.get(one.from) ?? new Map<number, ResolvedImport>();
    imports.set(one.from, table.set(one.index, one));
  }
  const from = indexEdges(program.calls, (edge) => edge.from);
  const to = indexEdges(program.calls, (edge) => edge.to);
  const file = (id: ModuleId) => e.files.get(id);
  const calls = remember((id: ModuleId) => createSpansWithin(modules.get(id)?.syntax.calls ?? []));
  const declarations = remember((id: ModuleId) => createSpansWithin(modules.get(id)?.syntax.declarations ?? []));
  const comparisons = remember((id: ModuleId) =>
    createSpansWithin((modules.get(id)?.syntax.comparisons ?? []).map((comparison) => ({ comparison, span: spanAt(comparison.at) }))),
  );
  const tests = remember((id: ModuleId) =>
    createSpansWithin((modules.get(id)?.syntax.tests ?? []).map((test) => ({ test, span: spanAt(test.at) }))),
  );
  const names = remember(indexNames);
  const sourceCalls = once(() =>
    program.modules.flatMap((module) =>
      module.role === 'source' ? module.syntax.calls.map((call, index): PlacedCall => ({ module, index, call })) : [],
    ),
  );
  const find = remember((symbol: SymbolId) => findDeclaration(e, names, symbol));

  return {
    program,
    module: (id) => modules.get(id),
    location: (id, offset) => ({ file: id, ...placeOf(file(id)?.syntax.lineStarts ?? [0], offset) }),
    symbolAt: (id, index) => symbolOf(known(file(id), id), index),
    declaration: (symbol) => {
      const found = find(symbol);
      const module = found && modules.get(found.file.id);
      return found && module && { module, index: found.index };
    },
    resolveExport: (id, name) => {
      const module = file(id);
      return module === undefined ? { kind: 'unknown' } : referentOfBinding(e, exportedName(e, module, name));
    },
    resolveName: (id, owner, name, offset) => {
      const module = file(id);
      return module === undefined ? { kind: 'unknown' } : referentOfBinding(e, nameBinding(e, module, owner, name, offset));
    },
    resolveExpression: (id, owner, expression) => {
      const module = file(id);
      return module === undefined ? { kind: 'unknown' } : referentOfExpression(e, module, owner, expression);
    },
    typeOfExpression: (id, owner, expression) => {
      const module = file(id);
      return module === undefined ? { kind: 'unknown' } : referentOfValue(e.expression(module, owner, expression));
    },
    resolvedImport: (id, index) => imports.get(id)?.get(index),
    sourceCalls,
    callsWithin: (id, span) => calls(id)(span),
    comparisonsWithin: (id, span) => comparisons(id)(span).map(({ comparison }) => comparison),
    testsWithin: (id, span) => tests(id)(span).map(({ test }) => test),
    declarationsWithin: (id, span) => declarations(id)(span),
    callsFrom: (symbol) => from.get(symbol) ?? [],
    callsTo: (symbol) => to.get(symbol) ?? [],
    childrenOf: (symbol) => {
      const found = find(symbol);
      return found === undefined ? [] : [...new Set((found.file.children[found.index] ?? []).map((child) => symbolOf(found.file, child)))];
    },
    parentOf: (symbol) => {
      const found = find(symbol);
      const parent = found === undefined ? -1 : declarationAt(found.file, found.index).parent;
      return found === undefined || parent < 0 ? undefined : symbolOf(found.file, parent);
    },
  };
}

const spanAt = (offset: number): Span => ({ start: offset, end: offset });

const known = (file: LinkedFile | undefined, id: ModuleId): LinkedFile => {
  if (file === undefined) throw new RangeError(`no module ${id}`);
  return file;
};

function exportedName(e: Evaluator, module: LinkedFile, name: string): Binding {
  const binding = moduleBinding(e, module, name, 'value');
  return binding.kind === 'unknown' ? moduleBinding(e, module, name, 'type') : binding;
}

function nameBinding(e: Evaluator, module: LinkedFile, owner: number, name: string, offset: number | undefined): Binding {
  const binding = e.lookup(module, owner, name, 'value', offset);
  if (binding.kind !== 'global' && binding.kind !== 'unknown') return binding;
  const typed = e.lookup(module, owner, name, 'type', offset);
  return typed.kind === 'global' || typed.kind === 'unknown' ? binding : typed;
}

function indexEdges(edges: readonly CallEdge[], key: (edge: CallEdge) => SymbolId): Map<SymbolId, CallEdge[]> {
  const index = new Map<SymbolId, CallEdge[]>();
  for (const edge of edges) {
    const list = index.get(key(edge));
    if (list === undefined) index.set(key(edge), [edge]);
    else list.push(edge);
  }
  // A list that grew has room for many more.
  for (const [symbol, list] of index) if (list.length > 1) index.set(symbol, list.slice());
  return index;
}

/** Among declarations of one name: one with a body, else a value, else the first. */
function findDeclaration(
  e: Evaluator,
  namesOf: (file: LinkedFile) => ReadonlyMap<string, number>,
  symbol: SymbolId,
): { readonly file: LinkedFile; readonly index: number } | undefined {
  const file = e.files.get(moduleOf(symbol));
  const index = file === undefined ? undefined : namesOf(file).get(nameOf(symbol));
  return file === undefined || index === undefined ? undefined : { file, index };
}

function indexNames(file: LinkedFile): Map<string, number> {
  const table = new Map<string, number>();
  const rank = (index: number): number => {
    const { kind, returns } = declarationAt(file, index);
    if (returns !== undefined || kind === 'class' || kind === 'variable' || kind === 'enum') return 2;
    return kind === 'interface' || kind === 'type-alias' || kind === 'namespace' || kind === 'setter' ? 0 : 1;
  };
  file.syntax.declarations.forEach(({ name }, index) => {
    const holder = table.get(name);
    if (holder === undefined || rank(index) > rank(holder)) table.set(name, index);
  });
  return table;
}
