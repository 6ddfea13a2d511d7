import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { FactOf } from '../../src/model/fact.ts';
import { accessFacts } from './flow/access-facts.ts';
import { type CallFlow, createCallFlow } from './flow/call-flow.ts';
import { createReceiverOrigins } from './flow/client-library.ts';
import { siteLocation } from './flow/code-value.ts';
import { libraryTransactions } from './flow/library-transactions.ts';
import { placedNames, unknownNames } from './flow/named-stores.ts';
import { joinTransactions, type Transactions } from './flow/transactions.ts';
import { type BuilderChain, builderChains } from './knex/builder-chains.ts';
import { isHandedOut, knexOrigins } from './knex/origins.ts';
import { type ChainReading, plainName, readChain } from './knex/read-chain.ts';
import { schemaDefinitions } from './knex/schema-builder.ts';
import { foldDefinitions } from './schema/table-history.ts';

/** Finds queries that the builder of knex makes: `knex('orders').where(…).update(…)`. Raw SQL is read by `sql-strings`. */
export const knex = defineAnalyzer({
  name: 'knex',
  produces: ['table-access', 'transaction', 'table'],

  *analyze({ program, trace, packages }) {
    const isUsed = packages.some(({ dependencies, devDependencies }) => 'knex' in dependencies || 'knex' in devDependencies);
    if (!isUsed && !isHandedOut(program)) return;
    const flow = createCallFlow(program, trace);
    const originOf = knexOrigins(program, createReceiverOrigins(flow, trace));
    const transactions = joinTransactions(flow, libraryTransactions(flow, originOf));
    yield* transactions.facts;
    const definitions = schemaDefinitions(flow, originOf);
    yield* foldDefinitions(definitions.filter((one) => 'definition' in one));
    yield* definitions.filter((one) => 'code' in one);
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
  const access = { library: 'knex', site: chain.site, client };
  for (const one of accesses) yield* accessFacts(flow.program, transactions, { ...access, ...one, place: chain.site });
  const at = siteLocation(flow.program, chain.site);
  for (const text of unknown) yield { code: 'unknown-table', data: { library: 'knex', text }, at };
  for (const { name, operation } of passed) {
    const named = placedNames(flow, chain.site, name);
    yield* unknownNames(flow.program, { library: 'knex', site: chain.site, value: name, named });
    for (const { site: place, found } of named.placed)
      yield* accessFacts(flow.program, transactions, { ...access, table: plainName(found), operation, place });
  }
}
