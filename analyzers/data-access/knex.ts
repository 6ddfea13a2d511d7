import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { FactOf, TableOperation } from '../../src/model/fact.ts';
import { toTableId } from '../../src/model/ids.ts';
import { type CallFlow, createCallFlow } from './flow/call-flow.ts';
import { createReceiverOrigins } from './flow/client-library.ts';
import { type CallSite, type CodeValue, callerOf, siteLocation } from './flow/code-value.ts';
import { textsOf } from './flow/constant-text.ts';
import { libraryTransactions } from './flow/library-transactions.ts';
import { placedValues } from './flow/placed-values.ts';
import { joinTransactions, type Transactions } from './flow/transactions.ts';
import { type BuilderChain, builderChains } from './knex/builder-chains.ts';
import { type ChainReading, plainName, readChain } from './knex/read-chain.ts';

/** Finds queries that the builder of knex makes: `knex('orders').where(…).update(…)`. Raw SQL is read by `sql-strings`. */
export const knex = defineAnalyzer({
  name: 'knex',
  produces: ['table-access', 'transaction'],

  *analyze({ program, trace, packages }) {
    const isUsed = packages.some(({ dependencies, devDependencies }) => 'knex' in dependencies || 'knex' in devDependencies);
    if (!isUsed) return;
    const flow = createCallFlow(program, trace);
    const originOf = createReceiverOrigins(flow, trace);
    const transactions = joinTransactions(flow, libraryTransactions(flow, originOf));
    yield* transactions.facts;
    for (const chain of builderChains(flow, originOf)) yield* accessesOf(flow, transactions, chain, readChain(program, originOf, chain));
  },
});

function* accessesOf(
  flow: CallFlow,
  transactions: Transactions,
  chain: BuilderChain,
  { accesses, unknown, passed, transacting }: ChainReading,
): Iterable<FactOf<'table-access'> | Diagnostic> {
  const client = transacting ?? chain.client;
  const running = transactions.runningIn(client, chain.site);
  for (const access of accesses) yield* factsOf(flow, chain.site, { ...access, running });
  const at = siteLocation(flow.program, chain.site);
  for (const text of unknown) yield { code: 'unknown-table', data: { library: 'knex', text }, at };
  for (const { name, operation } of passed) {
    const named = namedTables(flow, chain.site, name);
    if (named.length === 0) yield { code: 'unknown-table', data: { library: 'knex', text: nameOf(name) }, at };
    for (const { site, table } of named) yield* factsOf(flow, site, { table, operation, running });
  }
}

function* factsOf(
  flow: CallFlow,
  site: CallSite,
  {
    table,
    operation,
    running,
  }: { readonly table: string; readonly operation: TableOperation; readonly running: readonly (string | undefined)[] },
): Iterable<FactOf<'table-access'>> {
  for (const transaction of running)
    yield {
      kind: 'table-access',
      table: toTableId(table),
      symbol: callerOf(flow.program, site),
      operation,
      library: 'knex',
      ...(transaction === undefined ? {} : { transaction }),
      at: siteLocation(flow.program, site),
    };
}

const nameOf = ({ expression }: CodeValue): string =>
  expression.kind === 'name' ? expression.name : expression.kind === 'member' ? expression.property : '…';

/** Names that a value is, and the places that say so. */
function namedTables(flow: CallFlow, site: CallSite, name: CodeValue): readonly { readonly site: CallSite; readonly table: string }[] {
  const { placed } = placedValues(flow, site, name, (value) => {
    const texts = textsOf(flow.program, value);
    return texts.every(({ holes }) => holes.length === 0) ? texts.map(({ parts }) => plainName(parts.join(''))) : undefined;
  });
  return placed.map(({ site: place, found }) => ({ site: place, table: found }));
}
