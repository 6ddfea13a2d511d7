import { groupBy } from '../lib/group.ts';
import { sortedBy, uniqueSorted } from '../lib/sort.ts';
import type { ChainLink, RouteFact, StateFact, TableAccessFact, TransactionFact, TriggerFact } from '../model/fact.ts';
import { moduleOf, type SymbolId } from '../model/ids.ts';
import type { EntryPointReach } from '../model/monolith.ts';
import type { ProgramQueries } from '../model/program.ts';
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
  const reaches = [...input.routes, ...input.triggers].map((entryPoint): EntryPointReach => {
    const symbols = input.reach(rootsOf(entryPoint));
    const accesses = [...symbols].flatMap((symbol) => accessesBySymbol.get(symbol) ?? []);
    return {
      entryPoint: entryPoint.id,
      symbols: uniqueSorted(symbols),
      modules: uniqueSorted(Array.from(symbols, moduleOf)),
      reads: uniqueSorted(accesses.filter(({ operation }) => operation === 'read').map(({ table }) => table)),
      writes: uniqueSorted(accesses.filter(({ operation }) => operation !== 'read').map(({ table }) => table)),
      transactions: uniqueSorted([...symbols].flatMap((symbol) => transactionsBySymbol.get(symbol) ?? [])),
      state: uniqueSorted([...[...symbols].flatMap((symbol) => stateBySymbol.get(symbol) ?? []), ...stateOfChain(input.state, entryPoint)]),
    };
  });
  return sortedBy(reaches, ({ entryPoint }) => entryPoint);
}

function rootsOf(entryPoint: RouteFact | TriggerFact): readonly SymbolId[] {
  const chain = entryPoint.kind === 'route' ? entryPoint.chain.flatMap(({ symbol }) => symbol ?? []) : [];
  return [...(entryPoint.handler === undefined ? [] : [entryPoint.handler.symbol]), ...chain];
}

/** State of packages in the chain: they have no function of the program that would reach it. */
function stateOfChain(state: readonly StateFact[], entryPoint: RouteFact | TriggerFact): readonly SymbolId[] {
  if (entryPoint.kind !== 'route') return [];
  const kept = new Set(entryPoint.chain.flatMap(({ role, package: provider }) => keptBy(role, provider)));
  return state.filter((fact) => kept.has(fact.state) && fact.writers.length === 0).map(({ symbol }) => symbol);
}

function keptBy(role: ChainLink['role'], provider: string | undefined): readonly StateFact['state'][] {
  if (role === 'session') return ['session'];
  if (role === 'upload') return ['local-file'];
  return provider !== undefined && /rate-limit|slow-down/.test(provider) ? ['rate-limiter'] : [];
}

/** State a symbol uses by name, and state it is known to write. */
function stateOfSymbols({ program, state }: ReachInput): ReadonlyMap<SymbolId, readonly SymbolId[]> {
  const bySymbol = new Map(findStateUses(program, new Set(state.map(({ symbol }) => symbol))));
  for (const { symbol, writers } of state) for (const writer of writers) bySymbol.set(writer, [...(bySymbol.get(writer) ?? []), symbol]);
  return bySymbol;
}
