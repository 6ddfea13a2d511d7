import type { CallSyntax, Expression, NameUse } from '../../../src/model/file-syntax.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries } from '../../../src/model/program.ts';
import { bare } from './expressions.ts';
import { isInside, type Store } from './store.ts';
import type { FindUses } from './symbol-uses.ts';

export type Operation = 'get' | 'has' | 'set' | 'drop' | 'size' | 'iterate';

/** One place that uses the store, or a function that does so for its caller. */
export interface Site {
  readonly module: ModuleRecord;
  /** Index of the function-like whose code it is; 0 for start-up code. */
  readonly code: number;
  readonly operation: Operation;
  /** The call, when it is one. */
  readonly call?: number;
  /** What `set` puts in. */
  readonly values: readonly Expression[];
}

/** A function that uses the store for its callers: what a call of it means. */
export interface Accessor {
  readonly symbol: SymbolId;
  readonly operation: Operation;
  /** Positions of the arguments that `set` puts in. */
  readonly positions: readonly number[];
}

const operations: Readonly<Record<string, Operation>> = {
  get: 'get',
  peek: 'get',
  has: 'has',
  set: 'set',
  delete: 'drop',
  del: 'drop',
  clear: 'drop',
  reset: 'drop',
  flushAll: 'drop',
  close: 'drop',
  prune: 'drop',
  purgeStale: 'drop',
  size: 'size',
  length: 'size',
  itemCount: 'size',
  keys: 'iterate',
  values: 'iterate',
  entries: 'iterate',
  forEach: 'iterate',
};

const operationOf = (name: string): Operation | undefined => (Object.hasOwn(operations, name) ? operations[name] : undefined);

/** Everything that is done to the store itself; undefined when some use of it is none of the known operations. */
export function sitesOfStore(program: ProgramQueries, findUses: FindUses, store: Store): readonly Site[] | undefined {
  if (store.class !== undefined) return sitesOfField(store, store.class.index);
  const uses = findUses(store.symbol);
  if (uses === undefined) return undefined;
  const sites: Site[] = [];
  for (const { module, use, property } of uses) {
    const code = codeAround(module, use.owner);
    const found = store.form === 'object' ? sitesOfObject(use, property) : sitesOfCollection(module, use.owner, property, use.name);
    if (found === undefined) return undefined;
    for (const operation of found) sites.push({ module, code, operation, values: [] });
  }
  const modules = new Set(uses.map(({ module }) => module));
  for (const module of modules) {
    sites.push(...(store.form === 'object' ? assignmentsTo(program, module, store) : callsOn(program, module, store)));
    if (module.syntax.mutations.some(({ operation, binding }) => operation === 'update' && isStore(program, module, store, binding)))
      return undefined;
  }
  return sites;
}

/** Calls are found as such; what remains are lists of its keys and its size. */
function sitesOfCollection(
  module: ModuleRecord,
  owner: number,
  property: string | undefined,
  name: string,
): readonly Operation[] | undefined {
  if (property === undefined) return isIterated(module, owner, name) ? ['iterate'] : undefined;
  const operation = operationOf(property);
  if (operation === undefined) return undefined;
  return operation === 'size' ? [operation] : [];
}

/** `for (const [key, entry] of entries)`. */
function isIterated({ syntax }: ModuleRecord, owner: number, name: string): boolean {
  const isLoop = (index: number): boolean => {
    const declaration = syntax.declarations[index];
    const collection = declaration?.initializer;
    return declaration?.bindingPath?.[0] === '[]' && collection?.kind === 'name' && collection.name === name;
  };
  return isLoop(owner) || syntax.declarations.some((declaration, index) => declaration.parent === owner && isLoop(index));
}

function sitesOfObject({ access }: NameUse, property: string | undefined): readonly Operation[] | undefined {
  if (property !== '*') return undefined;
  return access === 'write' ? [] : ['get'];
}

function assignmentsTo(program: ProgramQueries, module: ModuleRecord, store: Store): readonly Site[] {
  return module.syntax.mutations.flatMap(({ binding, path, operation, value, owner }): readonly Site[] => {
    if (!isStore(program, module, store, binding)) return [];
    if (operation === 'delete') return [{ module, code: owner, operation: 'drop', values: [] }];
    const isEntry = operation === 'assign' && path.length === 1 && value !== undefined;
    // Whatever else changes it is taken as a value that nothing explains.
    return [{ module, code: owner, operation: 'set', values: isEntry ? [value] : [{ kind: 'other', span: { start: 0, end: 0 } }] }];
  });
}

const isStore = (program: ProgramQueries, module: ModuleRecord, store: Store, binding: string): boolean => {
  const referent = program.resolveName(module.id, 0, binding);
  return referent.kind === 'symbol' && referent.symbol === store.symbol;
};

function callsOn(program: ProgramQueries, module: ModuleRecord, store: Store): readonly Site[] {
  return siteCalls(module, (receiver, call) => {
    if (receiver.kind !== 'name') return false;
    const referent = program.resolveName(module.id, call.owner, receiver.name, receiver.span.start);
    return referent.kind === 'symbol' && referent.symbol === store.symbol;
  });
}

/** In the class that holds it; a field that is used in any other way than by calls is not followed. */
function sitesOfField({ module, name }: Store, index: number): readonly Site[] | undefined {
  const isField = (expression: Expression): boolean => {
    const value = bare(expression);
    return value.kind === 'member' && value.object.kind === 'this' && value.property === name;
  };
  const isOwn = (owner: number): boolean => isInside(module, owner, index);
  const { declarations, calls } = module.syntax;
  const sites: Site[] = [];
  for (const [place, { initializer, bindingPath, returns, parent }] of declarations.entries()) {
    if (!isOwn(place)) continue;
    if (initializer !== undefined && isField(initializer)) {
      if (bindingPath?.[0] !== '[]') return undefined;
      sites.push({ module, code: codeAround(module, parent), operation: 'iterate', values: [] });
    }
    if (returns?.values.some(isField) === true) return undefined;
  }
  for (const call of calls) {
    if (!isOwn(call.owner)) continue;
    if (call.arguments.some((argument) => isField(argument) || (argument.kind === 'spread' && isField(argument.value)))) return undefined;
    if (call.callee.kind === 'member' && isField(call.callee.object) && operationOf(call.callee.property) === undefined) return undefined;
  }
  return [...sites, ...siteCalls(module, (receiver, call) => isOwn(call.owner) && isField(receiver))];
}

function siteCalls(module: ModuleRecord, isReceiver: (receiver: Expression, call: CallSyntax) => boolean): readonly Site[] {
  return module.syntax.calls.flatMap((call, index): readonly Site[] => {
    const { callee } = call;
    const operation = callee.kind === 'member' ? operationOf(callee.property) : undefined;
    if (callee.kind !== 'member' || operation === undefined || !isReceiver(bare(callee.object), call)) return [];
    const value = call.arguments[1];
    return [{ module, code: call.owner, operation, call: index, values: operation === 'set' && value !== undefined ? [value] : [] }];
  });
}

/** Calls of a function that uses the store for its caller; undefined when it is also used in another way than by calls. */
export function sitesOfAccessor(program: ProgramQueries, accessor: Accessor): readonly Site[] | undefined {
  const edges = program.callsTo(accessor.symbol);
  if (edges.some(({ kind }) => kind !== 'call')) return undefined;
  const callers = [...new Set(edges.map(({ at }) => at.file))].sort();
  return callers.flatMap((id) => {
    const module = program.module(id);
    return module === undefined ? [] : callsOf(program, module, accessor);
  });
}

function callsOf(program: ProgramQueries, module: ModuleRecord, { symbol, operation, positions }: Accessor): readonly Site[] {
  return module.syntax.calls.flatMap((call, index): readonly Site[] => {
    const callee = call.kind === 'call' ? program.resolveExpression(module.id, call.owner, call.callee) : undefined;
    if (callee?.kind !== 'symbol' || callee.symbol !== symbol) return [];
    const values = positions.map(
      (position): Expression => call.arguments[position] ?? { kind: 'literal', value: undefined, span: call.span },
    );
    return [{ module, code: call.owner, operation, call: index, values }];
  });
}

/** The function-like whose code something stands in: locals and parameters are part of it. */
export function codeAround({ syntax }: ModuleRecord, owner: number): number {
  const { declarations } = syntax;
  for (let index = owner; index > 0; index = declarations[index]?.parent ?? -1) {
    const declaration = declarations[index];
    if (declaration?.returns !== undefined || (declaration?.kind === 'field' && declaration.isStatic !== true)) return index;
  }
  return 0;
}
