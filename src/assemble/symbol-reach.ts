import { once, remember } from '../lib/remember.ts';
import type { BootClosure, BootTrace } from '../model/boot-trace.ts';
import type { DeclarationKind } from '../model/file-syntax.ts';
import { type ClosureId, functionOf, MODULE_INIT, type SymbolId } from '../model/ids.ts';
import type { CallEdge, ProgramQueries } from '../model/program.ts';
import { createClosureSteps, type SymbolSteps } from './closure-steps.ts';
import { createIsParameterCall, type IsParameterCall } from './parameter-calls.ts';

/** A function, or one value of it. */
export type ReachRoot = SymbolId | ClosureId;

/** Answers which symbols run, at the latest, once the given ones are called. */
export type SymbolReach = (roots: Iterable<ReachRoot>) => ReadonlySet<SymbolId>;

export interface SymbolReachInput {
  readonly program: ProgramQueries;
  readonly calls: readonly CallEdge[];
  readonly trace: Pick<BootTrace, 'calls' | 'closures'>;
}

/**
 * Follows calls and what a function encloses: its inner functions are reached with it, the members of a class only by
 * their own calls. A module's start-up code is not part of answering a request. From a closure it goes on to the closures
 * that this one calls; where evaluation does not know, to everything that the function may call.
 */
export function createSymbolReach({ program, calls, trace }: SymbolReachInput): SymbolReach {
  const { closures = [] } = trace;
  const isParameterCall = createIsParameterCall(program);
  const edges = edgesByCaller(calls, isParameterCall);
  const steps: SymbolSteps = {
    edgesFrom: (symbol) => edges.get(symbol) ?? [],
    enclosedBy: remember((symbol: SymbolId) => enclosedBy(program, symbol)),
    isLocal: remember((symbol: SymbolId) => isLocal(program, symbol)),
  };
  const byId = new Map<string, BootClosure>(closures.map((closure) => [closure.id, closure]));
  const closureSteps = createClosureSteps({ program, steps, trace, isParameterCall });
  const nodes = new Map<ReachRoot, Node>();
  const nodeOf = (root: ReachRoot): Node => {
    const known = nodes.get(root);
    if (known !== undefined) return known;
    const closure = byId.get(root);
    const symbol = functionOf(root);
    const isStartUp = symbol.endsWith(START_UP);
    const next = (): Iterable<ReachRoot> =>
      closure === undefined ? [...steps.edgesFrom(symbol).map(({ to }) => to), ...steps.enclosedBy(symbol)] : closureSteps(closure);
    const node: Node = {
      symbol,
      isTold: !steps.isLocal(symbol) && !isStartUp,
      successors: once(() => (isStartUp ? [] : Array.from(new Set(next()), nodeOf))),
      walk: 0,
    };
    nodes.set(root, node);
    return node;
  };
  let walks = 0;
  return (roots) => {
    walks += 1;
    return walk(Array.from(roots, nodeOf), walks);
  };
}

interface Node {
  readonly symbol: SymbolId;
  readonly isTold: boolean;
  readonly successors: () => readonly Node[];
  /** The last walk that came here. */
  walk: number;
}

const START_UP = `#${MODULE_INIT}`;

function walk(pending: Node[], number: number): ReadonlySet<SymbolId> {
  const symbols = new Set<SymbolId>();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.walk === number) continue;
    node.walk = number;
    if (node.isTold) symbols.add(node.symbol);
    for (const target of node.successors()) if (target.walk !== number) pending.push(target);
  }
  return symbols;
}

function edgesByCaller(calls: readonly CallEdge[], isParameterCall: IsParameterCall): ReadonlyMap<SymbolId, readonly CallEdge[]> {
  const edges = new Map<SymbolId, CallEdge[]>();
  for (const edge of calls) {
    if (edge.provenance === 'boot' && isParameterCall(edge.at)) continue;
    const known = edges.get(edge.from);
    if (known === undefined) edges.set(edge.from, [edge]);
    else known.push(edge);
  }
  return edges;
}

/** Variables inside functions are passed through, for functions in them; they are nothing that runs. */
function isLocal(program: ProgramQueries, symbol: SymbolId): boolean {
  const found = program.declaration(symbol);
  const declaration = found?.module.syntax.declarations[found.index];
  return declaration?.kind === 'variable' && declaration.parent !== 0;
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
