import type { DeclarationKind } from '../model/file-syntax.ts';
import { MODULE_INIT, nameOf, type SymbolId } from '../model/ids.ts';
import type { CallEdge, ProgramQueries } from '../model/program.ts';

/** Answers which symbols run, at the latest, once the given ones are called. */
export type SymbolReach = (roots: Iterable<SymbolId>) => ReadonlySet<SymbolId>;

/**
 * Follows calls and what a function encloses: its inner functions are reached with it, the members of a class only by
 * their own calls. A module's start-up code is not part of answering a request.
 */
export function createSymbolReach(program: ProgramQueries, calls: readonly CallEdge[]): SymbolReach {
  const targets = new Map<SymbolId, SymbolId[]>();
  for (const edge of calls) {
    if (callsParameter(program, edge)) continue;
    const { from, to } = edge;
    const known = targets.get(from);
    if (known === undefined) targets.set(from, [to]);
    else known.push(to);
  }
  const next = (symbol: SymbolId): readonly SymbolId[] => [...(targets.get(symbol) ?? []), ...enclosedBy(program, symbol)];
  const successors = remember(next);
  const isPassedThrough = remember((symbol: SymbolId) => isLocal(program, symbol));
  return (roots) => new Set([...walk(roots, successors)].filter((symbol) => !isPassedThrough(symbol)));
}

/** Variables inside functions are passed through, for functions in them; they are nothing that runs. */
function isLocal(program: ProgramQueries, symbol: SymbolId): boolean {
  const found = program.declaration(symbol);
  const declaration = found?.module.syntax.declarations[found.index];
  return declaration?.kind === 'variable' && declaration.parent !== 0;
}

/**
 * A helper that calls its parameter was seen by start-up evaluation to run what start-up passed. A request passes its
 * own callback, which is reached from where it is passed.
 */
function callsParameter(program: ProgramQueries, { provenance, at }: CallEdge): boolean {
  if (provenance !== 'boot') return false;
  const call = program.module(at.file)?.syntax.calls.find(({ span, callee }) => {
    const place = callee.kind === 'name' ? program.location(at.file, span.start) : undefined;
    return place?.line === at.line && place.column === at.column;
  });
  if (call?.callee.kind !== 'name') return false;
  const referent = program.resolveName(at.file, call.owner, call.callee.name, call.callee.span.start);
  return referent.kind === 'symbol' && kindOf(program, referent.symbol) === 'parameter';
}

function walk(roots: Iterable<SymbolId>, successors: (symbol: SymbolId) => readonly SymbolId[]): ReadonlySet<SymbolId> {
  const reached = new Set<SymbolId>();
  const pending = [...roots];
  for (let symbol = pending.pop(); symbol !== undefined; symbol = pending.pop()) {
    if (reached.has(symbol) || nameOf(symbol) === MODULE_INIT) continue;
    reached.add(symbol);
    for (const target of successors(symbol)) if (!reached.has(target)) pending.push(target);
  }
  return reached;
}

/** What runs with a symbol of each kind: members of a class and of an object wait for a call of their own. */
function enclosedBy(program: ProgramQueries, symbol: SymbolId): readonly SymbolId[] {
  const kind = kindOf(program, symbol);
  if (kind === undefined || inert.has(kind)) return [];
  return program.childrenOf(symbol).filter((child) => {
    const childKind = kindOf(program, child);
    return kind === 'class' ? childKind === 'constructor' : childKind !== undefined && !inert.has(childKind);
  });
}

const inert: ReadonlySet<DeclarationKind> = new Set(['module', 'interface', 'type-alias', 'enum', 'namespace', 'parameter']);

function kindOf(program: ProgramQueries, symbol: SymbolId): DeclarationKind | undefined {
  const found = program.declaration(symbol);
  return found?.module.syntax.declarations[found.index]?.kind;
}

function remember<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}
