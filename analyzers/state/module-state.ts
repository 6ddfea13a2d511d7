import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { groupBy } from '../../src/lib/group.ts';
import { sortedBy, uniqueSorted } from '../../src/lib/sort.ts';
import type { StateFact } from '../../src/model/fact.ts';
import type { Expression, MutationSyntax } from '../../src/model/file-syntax.ts';
import { moduleOf, type SymbolId, toSymbolId } from '../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries, Referent } from '../../src/model/program.ts';
import { classifyState } from './module-state/classify-state.ts';
import { formOf } from './module-state/form-of.ts';
import { instanceHolders } from './module-state/instance-holders.ts';
import { laterReaders } from './module-state/later-readers.ts';
import { nameList } from './module-state/name-list.ts';
import { readersOf } from './module-state/readers.ts';
import { receiverKind } from './module-state/receiver-kind.ts';
import type { StateChange } from './module-state/state-change.ts';
import { createProveReadThrough, type ProveReadThrough } from './read-through/prove-read-through.ts';
import { createFindUses, type FindUses } from './read-through/symbol-uses.ts';

/**
 * Finds what code keeps in memory between requests: module-level bindings, static fields, and fields of instances that
 * a module holds, when a function changes them. What only a module's start-up code writes is no state.
 */
export const moduleState = defineAnalyzer({
  name: 'module-state',
  produces: ['state'],

  *analyze({ program }) {
    const holders = instanceHolders(program);
    const findUses = createFindUses(program);
    const proveReadThrough = createProveReadThrough(program, findUses);
    const changes = program.program.modules
      .filter(({ role }) => role === 'source')
      .flatMap((module) => module.syntax.mutations.flatMap((mutation) => changesOf(program, holders, module, mutation)));
    const byTarget = groupBy(
      changes,
      ({ target }) => target,
      (change) => change,
    );
    for (const [target, found] of sortedBy(byTarget, ([symbol]) => symbol)) {
      yield toFact(program, { symbol: target, changes: found, findUses, proveReadThrough });
    }
  },
});

/** Objects of the runtime, whose changes are no state of the program. */
const runtimeObjects: ReadonlySet<string> = new Set(['process', 'console', 'window', 'document', 'Error']);

function changesOf(
  program: ProgramQueries,
  holders: ReadonlyMap<SymbolId, readonly SymbolId[]>,
  module: ModuleRecord,
  mutation: MutationSyntax,
): readonly StateChange[] {
  if (mutation.owner === 0 || runtimeObjects.has(mutation.binding)) return [];
  if (mutation.operation === 'call' && !changesCollection(program, module, mutation)) return [];
  const writer = program.symbolAt(module.id, mutation.owner);
  return targetsOf(program, holders, module, mutation).map((target) => ({ target, writer, module, mutation }));
}

/** `orders.delete(id)` changes a map or a list; the same name may be a method of the program or of a client of a package. */
function changesCollection(program: ProgramQueries, module: ModuleRecord, { span, method }: MutationSyntax): boolean {
  const call = module.syntax.calls.find(
    ({ span: place, callee }) =>
      place.start === span.start && place.end === span.end && callee.kind === 'member' && callee.property === method,
  );
  if (call === undefined) return true;
  const { kind } = program.resolveExpression(module.id, call.owner, call.callee);
  if (kind === 'symbol' || call.callee.kind !== 'member') return false;
  const receiver = receiverKind(program, { module, owner: call.owner, expression: call.callee.object });
  const isPackage = kind === 'external' || kind === 'external-instance';
  return receiver === 'memory' || (receiver === 'unknown' && !isPackage && listMethods.has(method ?? ''));
}

/** Methods of lists only: what has them is one, whatever else is known of it. */
const listMethods: ReadonlySet<string> = new Set(['push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin']);

function targetsOf(
  program: ProgramQueries,
  holders: ReadonlyMap<SymbolId, readonly SymbolId[]>,
  module: ModuleRecord,
  mutation: MutationSyntax,
): readonly SymbolId[] {
  if (mutation.binding === 'this') return instancesChangedBy(program, holders, module, mutation);
  const [name = '', field] = mutation.binding.split('.');
  const named = program.resolveName(module.id, 0, name);
  const referent = named.kind === 'symbol' || field !== undefined ? named : exportedBy(program, module, mutation);
  if (referent.kind !== 'symbol') return [toSymbolId(module.id, mutation.binding)];
  return [field === undefined ? referent.symbol : toSymbolId(moduleOf(referent.symbol), `${mutation.binding}`)];
}

/** `store.books` of a whole module stands for what that one exports: for `module.exports = { books }` its binding. */
function exportedBy(program: ProgramQueries, module: ModuleRecord, { binding, path: [property], span }: MutationSyntax): Referent {
  if (property === undefined) return { kind: 'unknown' };
  const object: Expression = { kind: 'name', name: binding, span };
  const exported = program.resolveExpression(module.id, 0, { kind: 'member', object, property, optional: false, span });
  const found = exported.kind === 'symbol' ? program.declaration(exported.symbol) : undefined;
  const initializer = found?.module.syntax.declarations[found.index]?.initializer;
  if (found === undefined || initializer?.kind !== 'name') return exported;
  const held = program.resolveName(found.module.id, 0, initializer.name);
  return held.kind === 'symbol' ? held : exported;
}

/** Where modules hold an instance of the class whose method makes the change; a static method changes the class itself. */
function instancesChangedBy(
  program: ProgramQueries,
  holders: ReadonlyMap<SymbolId, readonly SymbolId[]>,
  module: ModuleRecord,
  mutation: MutationSyntax,
): readonly SymbolId[] {
  const { declarations } = module.syntax;
  for (let index = mutation.owner; index > 0; index = declarations[index]?.parent ?? -1) {
    const parent = declarations[index]?.parent ?? -1;
    if (declarations[parent]?.kind !== 'class') continue;
    const owner = program.symbolAt(module.id, parent);
    const [field] = mutation.path;
    if (declarations[index]?.isStatic === true)
      return field === undefined ? [] : [toSymbolId(module.id, `${declarations[parent]?.name}.${field}`)];
    return holders.get(owner) ?? [];
  }
  return [];
}

interface Changed {
  readonly symbol: SymbolId;
  readonly changes: readonly StateChange[];
  readonly findUses: FindUses;
  readonly proveReadThrough: ProveReadThrough;
}

function toFact(program: ProgramQueries, { symbol, changes, findUses, proveReadThrough }: Changed): StateFact {
  const writers = uniqueSorted(changes.map(({ writer }) => writer));
  const { state, noun } = classifyState(program, symbol, changes);
  const readThrough = proveReadThrough(symbol);
  const readers = readersOf(program, symbol, new Set(writers));
  const read = readers.length === 0 ? '' : `, read by ${nameList(readers)}`;
  const [first] = sortedBy(changes, ({ module, mutation }) => `${module.id} ${String(mutation.span.start).padStart(9, '0')}`);
  const declaration = program.declaration(symbol);
  const place = declaration?.module.syntax.declarations[declaration.index]?.span.start ?? first?.mutation.span.start ?? 0;
  return {
    kind: 'state',
    state: readThrough === undefined ? state : 'cache',
    symbol,
    summary: `${noun} written by ${nameList(writers)}${read}`,
    writers,
    ...laterReaders(program, findUses, symbol, changes),
    ...formOf(program, symbol, changes),
    ...(readThrough === undefined ? {} : { readThrough }),
    at: program.location(declaration?.module.id ?? first?.module.id ?? moduleOf(symbol), place),
  };
}
