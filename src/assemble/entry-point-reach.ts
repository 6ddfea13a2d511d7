import { groupBy } from '../lib/group.ts';
import { remember } from '../lib/remember.ts';
import { createListSorter, sortedBy, uniqueSorted } from '../lib/sort.ts';
import type { ChainLink, RouteFact, StateFact, TableAccessFact, TransactionFact, TriggerFact } from '../model/fact.ts';
import { type ClosureId, type ModuleId, moduleOf, type SymbolId } from '../model/ids.ts';
import { type EntryPointReach, isServed } from '../model/monolith.ts';
import type { ProgramQueries } from '../model/program.ts';
import { findSharedMiddleware } from '../model/shared-middleware.ts';
import { createServedClasses } from './served-classes.ts';
import { findStateUses } from './state-uses.ts';
import type { SymbolReach } from './symbol-reach.ts';

export interface ReachInput {
  readonly program: ProgramQueries;
  readonly routes: readonly RouteFact[];
  readonly triggers: readonly TriggerFact[];
  readonly accesses: readonly TableAccessFact[];
  readonly transactions: readonly TransactionFact[];
  readonly state: readonly StateFact[];
  readonly reach: SymbolReach;
}

/** What each route and trigger reaches: from its handler and from every function of its chain. */
export function entryPointReaches(input: ReachInput): readonly EntryPointReach[] {
  const accessesBySymbol = groupBy(
    input.accesses,
    ({ symbol }) => symbol,
    (access) => access,
  );
  const transactionsBySymbol = groupBy(
    input.transactions,
    ({ symbol }) => symbol,
    ({ id }) => id,
  );
  const stateBySymbol = stateOfSymbols(input);
  const shared = findSharedMiddleware(input.routes);
  const servedBy = createServedClasses(input.program, input.accesses);
  const home = remember(moduleOf);
  const reaches = [...input.routes, ...input.triggers].map((entryPoint): EntryPointReach => {
    const reached = reachOf(input.reach, rootsOf(entryPoint));
    const own = entryPoint.kind === 'route' ? reachOf(input.reach, ownRootsOf(entryPoint, shared)) : reached;
    const symbols = [...reached];
    const receivers = servedBy(symbols, registeringModules(entryPoint));
    const accesses = symbols.flatMap((symbol) => (accessesBySymbol.get(symbol) ?? []).filter((access) => isServed(access, receivers)));
    return {
      entryPoint: entryPoint.id,
      symbols,
      ...(own.size === reached.size ? {} : { own: symbols.filter((symbol) => own.has(symbol)) }),
      modules: uniqueSorted(symbols.map(home)),
      ...(receivers.length === 0 ? {} : { receivers }),
      reads: uniqueSorted(accesses.filter(({ operation }) => operation === 'read').map(({ table }) => table)),
      writes: uniqueSorted(accesses.filter(({ operation }) => operation !== 'read').map(({ table }) => table)),
      transactions: uniqueSorted(symbols.flatMap((symbol) => transactionsBySymbol.get(symbol) ?? [])),
      state: uniqueSorted([...symbols.flatMap((symbol) => stateBySymbol.get(symbol) ?? []), ...stateOfChain(input.state, entryPoint)]),
    };
  });
  const sort = createListSorter(reaches.map(({ symbols }) => symbols));
  return sortedBy(reaches, ({ entryPoint }) => entryPoint).map(({ entryPoint, symbols, own, ...reach }) => ({
    entryPoint,
    symbols: sort(symbols),
    ...(own === undefined ? {} : { own: sort(own) }),
    ...reach,
  }));
}

const registeringModules = (entryPoint: RouteFact | TriggerFact): readonly ModuleId[] =>
  entryPoint.kind === 'route' ? [entryPoint.at.file, ...entryPoint.statements.map(({ file }) => file)] : [entryPoint.at.file];

/** A function that runs for an entry point, and the value of it that was registered. */
interface Root {
  readonly symbol?: SymbolId;
  readonly closure?: ClosureId;
}

const rootsOf = ({ handler, ...entryPoint }: RouteFact | TriggerFact): readonly Root[] => [
  ...(handler === undefined ? [] : [handler]),
  ...(entryPoint.kind === 'route' ? entryPoint.chain : []),
];

const ownRootsOf = ({ handler, chain }: RouteFact, shared: ReadonlySet<SymbolId>): readonly Root[] => [
  handler,
  ...chain.filter(({ symbol, role }) => symbol !== undefined && role !== 'error-handler' && role !== 'handler' && !shared.has(symbol)),
];

/** From the values as far as evaluation follows them; from the function alone where it does not come to it. */
function reachOf(reach: SymbolReach, roots: readonly Root[]): ReadonlySet<SymbolId> {
  const reached = reach(roots.flatMap(({ symbol, closure }) => closure ?? symbol ?? []));
  const missing = roots.flatMap(({ symbol }) => (symbol === undefined || reached.has(symbol) ? [] : [symbol]));
  return missing.length === 0 ? reached : new Set([...reached, ...reach(missing)]);
}

/** State of packages in the chain: they have no function of the program that would reach it. */
function stateOfChain(state: readonly StateFact[], entryPoint: RouteFact | TriggerFact): readonly SymbolId[] {
  if (entryPoint.kind !== 'route') return [];
  const kept = new Set(entryPoint.chain.flatMap(keptBy));
  return state.filter((fact) => kept.has(fact.state) && fact.writers.length === 0).map(({ symbol }) => symbol);
}

/** They hand files to code of the program as they come, and keep none. */
const STREAMS: ReadonlySet<string> = new Set(['busboy', '@fastify/busboy', 'connect-busboy']);

function keptBy({ role, package: provider, symbol }: ChainLink): readonly StateFact['state'][] {
  if (role === 'session') return ['session'];
  if (role === 'upload') return symbol !== undefined || STREAMS.has(provider ?? '') ? [] : ['local-file'];
  return provider !== undefined && /rate-limit|slow-down/.test(provider) ? ['rate-limiter'] : [];
}

/** State a symbol uses by name, and state it is known to write. */
function stateOfSymbols({ program, state }: ReachInput): ReadonlyMap<SymbolId, readonly SymbolId[]> {
  const bySymbol = new Map(findStateUses(program, new Set(state.map(({ symbol }) => symbol))));
  for (const { symbol, writers } of state) for (const writer of writers) bySymbol.set(writer, [...(bySymbol.get(writer) ?? []), symbol]);
  return bySymbol;
}
