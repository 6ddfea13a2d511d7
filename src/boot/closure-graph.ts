import type { Node } from 'oxc-parser';
import { type ClosureId, type ModuleId, moduleOf, type SymbolId, toClosureId } from '../model/ids.ts';
import type { FunctionSyntax, FunctionValue, Origin, Scope, Value } from './value.ts';
import { createIdentities } from './value-identity.ts';

/**
 * Stands for calls that are not written in the closure as calls of what they run: functions handed to code that is not
 * known, and fields of a class of another file.
 */
export const ELSEWHERE = 'elsewhere';

/** A function value with what it was called with, and what it calls: a node of the closure-level call graph. */
export interface Closure {
  readonly id: ClosureId;
  readonly symbol: SymbolId;
  readonly module: ModuleId;
  /** What it calls, by the call; a symbol where the call was not followed. */
  readonly calls: Map<Node | typeof ELSEWHERE, Set<Closure | SymbolId>>;
  /** Calls of which not every callee is known. */
  readonly open: Set<Node>;
  /** Functions inside it, as it makes them. */
  readonly made: FunctionValue[];
  state: 'new' | 'running' | 'done';
  isRegistered: boolean;
  /** A bound was reached while it ran: calls may be missing. */
  isCut: boolean;
  /** It stands for many calls, whatever they give. */
  isMerged: boolean;
  result?: Value;
}

/** Tells closures of one function apart: by what they were made with, and by what they are given. */
export interface ClosureGraph {
  /** The id of a value that start-up registers, with unknown arguments. */
  idOf(value: FunctionValue): ClosureId;
  /** The node of a call. */
  called(callee: FunctionValue, thisValue: Value, given: readonly Value[]): Closure;
  /** The code of a closure was followed to its end. */
  finish(closure: Closure, result: Value): void;
  /** Closures whose code was followed, in the order in which that ended. */
  followed(): readonly Closure[];
  /** The nodes of a value, whatever it was called with. */
  of(value: FunctionValue): readonly Closure[];
}

/** The closures of a function made in one scope and called on one receiver, by what they are given. */
type Base = Map<string, Closure>;

/** Calls of one value are told apart by their arguments up to so many times; then all that differ more are one. */
const MAXIMUM_CONTEXTS = 48;

export function createClosureGraph(): ClosureGraph {
  const identities = createIdentities();
  const bases = new Map<FunctionSyntax, Map<Scope, Map<Value | undefined, Base>>>();
  const counts = new Map<SymbolId, number>();
  const followed: Closure[] = [];

  const baseOf = ({ node, scope }: FunctionValue, receiver: Value | undefined): Base => {
    const byScope = entryOf(bases, node, () => new Map<Scope, Map<Value | undefined, Base>>());
    const byReceiver = entryOf(byScope, scope, () => new Map<Value | undefined, Base>());
    return entryOf(byReceiver, identities.receiver(receiver), () => new Map());
  };

  const closureFor = (symbol: SymbolId, base: Base, given: string): Closure => {
    const known = base.get(given);
    if (known !== undefined) return known;
    if (base.size >= MAXIMUM_CONTEXTS && given !== '') {
      const merged = closureFor(symbol, base, '');
      merged.isMerged = true;
      return merged;
    }
    const count = (counts.get(symbol) ?? 0) + 1;
    counts.set(symbol, count);
    const id = toClosureId(symbol, count);
    const closure: Closure = {
      id,
      symbol,
      module: moduleOf(symbol),
      calls: new Map(),
      open: new Set(),
      made: [],
      state: 'new',
      isRegistered: false,
      isCut: false,
      isMerged: false,
    };
    base.set(given, closure);
    return closure;
  };

  return {
    idOf(value) {
      const closure = closureFor(value.symbol, baseOf(value, value.thisValue), '');
      closure.isRegistered = true;
      return closure.id;
    },
    called(callee, thisValue, given) {
      const receiver = callee.thisValue ?? thisValue;
      const count = relevant(callee.node, given.length);
      return closureFor(callee.symbol, baseOf(callee, receiver), identities.ofArguments(given, count));
    },
    finish(closure, result) {
      closure.result = result;
      closure.state = 'done';
      followed.push(closure);
    },
    followed: () => followed,
    of: (value) => [...(bases.get(value.node)?.get(value.scope)?.get(identities.receiver(value.thisValue))?.values() ?? [])],
  };
}

function entryOf<Key, Entry>(table: Map<Key, Entry>, key: Key, make: () => Entry): Entry {
  const known = table.get(key);
  if (known !== undefined) return known;
  const made = make();
  table.set(key, made);
  return made;
}

/** Those of the arguments behind the bound ones that the code can see. */
export const relevantArguments = (node: FunctionSyntax, given: readonly Value[], bound: number): readonly Value[] => {
  const count = relevant(node, bound + given.length) - bound;
  return count < given.length ? given.slice(0, Math.max(0, count)) : given;
};

/** How many arguments the code can see: all of them where it has a rest parameter or may use `arguments`. */
function relevant(node: FunctionSyntax, given: number): number {
  const { params } = node;
  const seesAll = params.at(-1)?.type === 'RestElement' || (params.length === 0 && node.type !== 'ArrowFunctionExpression');
  return seesAll ? given : params.length;
}

/** Remembers what a call that is written at `site` runs. */
export function addCall(caller: Closure | undefined, callee: Closure | SymbolId, site: Origin): void {
  if (caller === undefined) return;
  const isWritten = site.module === caller.module && !caller.open.has(site.node);
  const place = isWritten ? site.node : ELSEWHERE;
  const known = caller.calls.get(place);
  if (known === undefined) caller.calls.set(place, new Set([callee]));
  else known.add(callee);
}

/** Remembers a call of which it is not known, or not for certain, which function of the program it runs. */
export function addOpenCall(caller: Closure | undefined, callee: Value, site: Origin): void {
  if (caller === undefined || site.module !== caller.module || isKnown(callee)) return;
  caller.open.add(site.node);
}

function isKnown(callee: Value): boolean {
  if (callee.kind === 'builtin') return !/^(?:unknown|Function)\./.test(callee.name);
  if (callee.kind !== 'union') return callee.kind === 'function';
  return callee.options.every(({ kind }) => kind === 'function' || kind === 'constant');
}
