import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { FactOf } from '../../src/model/fact.ts';
import { accessFacts } from './flow/access-facts.ts';
import { createChains } from './flow/call-chains.ts';
import { type CallFlow, createCallFlow } from './flow/call-flow.ts';
import { createReceiverOrigins, type OriginOf } from './flow/client-library.ts';
import { argumentOf, bare, type CallSite, callOf, callSites, siteLocation, valueAt } from './flow/code-value.ts';
import { placedNames, unknownNames } from './flow/named-stores.ts';
import { usesPackage } from './flow/package-use.ts';
import { placedValues, type SeenValue } from './flow/placed-values.ts';
import { joinTransactions, type Transactions } from './flow/transactions.ts';
import { collectionOperations, ownOperations } from './mongo/collection-operations.ts';
import { readPipeline } from './mongo/read-pipeline.ts';
import { mongoTransactions, sessionOf } from './mongo/sessions.ts';

const packages: ReadonlySet<string> = new Set(['mongodb', 'mongoose', '@nestjs/mongoose']);

/** Finds what code does to collections through the driver of MongoDB: `db.collection('books').insertOne(…)`. */
export const mongodb = defineAnalyzer({
  name: 'mongodb',
  produces: ['table-access', 'transaction'],

  *analyze({ program, trace }) {
    if (!usesPackage(program, packages)) return;
    const flow = createCallFlow(program, trace);
    const originOf = createReceiverOrigins(flow, trace);
    const transactions = joinTransactions(flow, mongoTransactions(flow));
    yield* transactions.facts;
    const reader: Reader = { flow, originOf, transactions, chainOf: createChains() };
    for (const site of callSites(program)) yield* accessesAt(reader, site);
  },
});

interface Reader {
  readonly flow: CallFlow;
  readonly originOf: OriginOf;
  readonly transactions: Transactions;
  readonly chainOf: ReturnType<typeof createChains>;
}

function* accessesAt(reader: Reader, site: CallSite): Iterable<FactOf<'table-access'> | Diagnostic> {
  const { flow, transactions, originOf } = reader;
  const { callee } = site.call;
  if (site.call.kind !== 'call' || callee.kind !== 'member' || !Object.hasOwn(collectionOperations, callee.property)) return;
  if (site.call.arguments[0]?.kind === 'function') return;
  const method = callee.property;
  const receiver = valueAt(site, callee.object);
  const names = placedValues(flow, site, receiver, (value) => collectionName(reader, value)).placed.map(
    ({ site: place, found: value }) => ({
      library: 'mongodb',
      site: place,
      value,
      named: placedNames(flow, place, value),
    }),
  );
  const placed = names.flatMap(({ named }) => named.placed);
  const client = sessionOf(flow, site, reader.chainOf(site));
  for (const { site: place, found } of placed)
    for (const operation of ownOperations(flow, { site, method, operations: collectionOperations }))
      yield* accessFacts(flow.program, transactions, { table: found, operation, library: 'mongodb', site, place, client });
  const at = siteLocation(flow.program, site);
  const origin = originOf(receiver);
  if (placed.length === 0) {
    const isCollection =
      origin.kind === 'package' && origin.package === 'mongodb' && origin.path.some((one) => one === 'Collection' || one === 'collection');
    if (isCollection) yield { code: 'unknown-table', data: { library: 'mongodb', text: `….${method}` }, at };
    return;
  }
  for (const name of names) yield* unknownNames(flow.program, name);
  const pipeline = method === 'aggregate' ? argumentOf(site, 0) : undefined;
  if (pipeline === undefined) return;
  const stages = readPipeline(flow, pipeline);
  for (const { collection, operation } of stages.accesses)
    yield* accessFacts(flow.program, transactions, { table: collection, operation, library: 'mongodb', site, place: site, client });
  for (const text of stages.unknown) yield { code: 'unknown-table', data: { library: 'mongodb', text }, at };
  if (stages.isPartial) yield { code: 'partial-query', data: { library: 'mongodb', text: `${placed[0]?.found ?? ''}.aggregate(…)` }, at };
}

/** `db.collection<Book>('books')`: of the driver, or of mongoose's connection; of a client nothing is known of, too. */
function collectionName({ originOf }: Reader, value: SeenValue): readonly SeenValue[] | undefined {
  const site = callOf(bare(value));
  const callee = site?.call.callee;
  const name = site === undefined ? undefined : argumentOf(site, 0);
  if (site === undefined || callee?.kind !== 'member' || callee.property !== 'collection' || name === undefined) return undefined;
  const origin = originOf(valueAt(site, callee.object));
  const isOther = origin.kind === 'package' ? !packages.has(origin.package) : origin.kind === 'program';
  return isOther ? undefined : [{ ...name, within: value.within ?? [] }];
}
