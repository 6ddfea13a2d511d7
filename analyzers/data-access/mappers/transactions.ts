import type { TransactionFact } from '../../../src/model/fact.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { CallFlow } from '../flow/call-flow.ts';
import type { CallSite, CodeValue } from '../flow/code-value.ts';
import { joinTransactions, type TransactionStart } from '../flow/transactions.ts';

/** Transactions of a mapper, those whose client is handed on and those that hold for everything a function calls. */
export interface RunningTransactions {
  readonly facts: readonly TransactionFact[];
  isHolder(symbol: SymbolId): boolean;
  /** Transactions a call runs in; `undefined` among them means: also outside any. */
  runningIn(client: CodeValue | undefined, site: CallSite, symbol: SymbolId): readonly (string | undefined)[];
}

/** A transaction around everything that a function calls, wherever the client comes from: `@Transactional()`. */
export interface AmbientStart {
  readonly fact: TransactionFact;
  /** The function that runs in it. */
  readonly body: SymbolId;
}

export function joinMapperTransactions(
  flow: CallFlow,
  starts: readonly TransactionStart[],
  ambient: readonly AmbientStart[],
): RunningTransactions {
  const explicit = joinTransactions(flow, starts);
  const holders = new Set(starts.flatMap(({ client }) => client?.symbol ?? []));
  const around = ambientBySymbol(flow, ambient);
  return {
    facts: [...explicit.facts, ...ambient.map(({ fact }) => fact)],
    isHolder: (symbol) => holders.has(symbol),
    runningIn(client, site, symbol) {
      const found = explicit.runningIn(client, site);
      const ids = around.get(symbol);
      return ids === undefined ? found : [...new Set(found.flatMap((id) => (id === undefined ? ids : [id])))];
    },
  };
}

/** Which ambient transactions the functions run in that start-to-end calls lead to; `undefined` where others call them too. */
function ambientBySymbol(flow: CallFlow, ambient: readonly AmbientStart[]): ReadonlyMap<SymbolId, readonly (string | undefined)[]> {
  const found = new Map<SymbolId, Set<string>>();
  for (const { fact, body } of ambient) {
    const pending = [body];
    const seen = new Set(pending);
    for (let symbol = pending.pop(); symbol !== undefined; symbol = pending.pop()) {
      found.set(symbol, (found.get(symbol) ?? new Set()).add(fact.id));
      const next = [...flow.program.callsFrom(symbol).map(({ to }) => to), ...innerFunctions(flow, symbol)];
      for (const one of next) {
        if (seen.has(one) || seen.size > MOST_REACHED) continue;
        seen.add(one);
        pending.push(one);
      }
    }
  }
  const bodies = new Set(ambient.map(({ body }) => body));
  return new Map(
    [...found].map(([symbol, ids]) => {
      const isAlsoOutside = !bodies.has(symbol) && flow.program.callsTo(symbol).some(({ from }) => !found.has(from));
      return [symbol, [...ids, ...(isAlsoOutside ? [undefined] : [])]];
    }),
  );
}

/** Beyond so many functions a transaction is not followed. */
const MOST_REACHED = 2000;

const innerFunctions = (flow: CallFlow, symbol: SymbolId): readonly SymbolId[] =>
  flow.program.childrenOf(symbol).filter((child) => {
    const found = flow.program.declaration(child);
    const kind = found?.module.syntax.declarations[found.index]?.kind;
    return kind === 'arrow' || kind === 'function';
  });
