import { type AnalyzerInput, defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { lineStartsOf } from '../../src/lib/line-starts.ts';
import { placeOf } from '../../src/lib/place.ts';
import type { PrismaSchema } from '../../src/lib/prisma/prisma-schema.ts';
import { readPrismaSchema } from '../../src/lib/prisma/read-prisma-schema.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { FactOf, TableFact } from '../../src/model/fact.ts';
import { toModuleId, toTableId } from '../../src/model/ids.ts';
import type { SourceLocation } from '../../src/model/location.ts';
import { type CallFlow, createCallFlow } from './flow/call-flow.ts';
import { createReceiverOrigins, type OriginOf } from './flow/client-library.ts';
import { callerOf, callSites, siteLocation } from './flow/code-value.ts';
import { libraryTransactions } from './flow/library-transactions.ts';
import { joinTransactions, type Transactions } from './flow/transactions.ts';
import { type BatchedCalls, batchedCalls, batchKey } from './prisma/batched-calls.ts';
import { createGeneratedClients } from './prisma/generated-clients.ts';
import { readPrismaArguments } from './prisma/prisma-arguments.ts';
import { findPrismaOperation, type PrismaOperation } from './prisma/prisma-operations.ts';

/** Finds the models of `schema.prisma` and what the code does to them through a Prisma client. */
export const prisma = defineAnalyzer({
  name: 'prisma',
  produces: ['table', 'table-access', 'transaction'],

  *analyze(input) {
    const schema = readSchema(input);
    if (schema.models.size === 0) return;
    yield* tableFacts(input, schema);
    const flow = createCallFlow(input.program, input.trace);
    const originOf = createReceiverOrigins(flow, input.trace);
    const isGenerated = createGeneratedClients(input.program, schema);
    const starts = libraryTransactions(flow, originOf, TRANSACTION);
    const transactions = joinTransactions(flow, starts);
    yield* transactions.facts;
    const batches = batchedCalls(
      flow,
      starts.filter(({ form }) => form === 'batch').map(({ site }) => site),
    );
    for (const site of callSites(input.program)) {
      const found = findPrismaOperation(flow, { originOf, isGenerated, schema }, site);
      if (found === undefined) continue;
      if ('code' in found) yield found;
      else yield* accessesOf({ flow, schema, transactions, batches, originOf }, found);
    }
  },
});

const TRANSACTION: ReadonlySet<string> = new Set(['$transaction']);

function readSchema({ assets }: AnalyzerInput): PrismaSchema {
  return readPrismaSchema([...assets].flatMap(([path, { kind, text }]) => (kind === 'prisma' ? [{ path, text }] : [])));
}

interface Surroundings {
  readonly flow: CallFlow;
  readonly originOf: OriginOf;
  readonly schema: PrismaSchema;
  readonly transactions: Transactions;
  readonly batches: BatchedCalls;
}

function* accessesOf(
  { flow, schema, transactions, batches }: Surroundings,
  found: PrismaOperation,
): Iterable<FactOf<'table-access'> | Diagnostic> {
  const { site, client } = found;
  const at = siteLocation(flow.program, site);
  const { accesses, isPartial } = readPrismaArguments(flow, schema, found);
  const running = batches.get(batchKey(site)) ?? transactions.runningIn(client, site);
  for (const access of accesses)
    for (const transaction of running)
      yield {
        kind: 'table-access',
        table: toTableId(access.table),
        symbol: callerOf(flow.program, site),
        operation: access.operation,
        library: 'prisma',
        ...(transaction === undefined ? {} : { transaction }),
        at,
      };
  if (isPartial) yield { code: 'partial-query', data: { library: 'prisma', text: `${found.accessor}.${found.method}(…)` }, at };
}

function* tableFacts({ assets }: AnalyzerInput, schema: PrismaSchema): Iterable<TableFact> {
  const lineStarts = new Map([...assets].map(([path, { text }]) => [path as string, lineStartsOf(text)]));
  const at = (file: string, offset: number): SourceLocation => ({
    file: toModuleId(file),
    ...placeOf(lineStarts.get(file) ?? [0], offset),
  });
  const tableOf = (model: string) => toTableId(schema.models.get(model)?.table ?? model);
  for (const model of schema.models.values()) {
    const references = [...model.relations.values()].filter(({ holder }) => holder === 'own');
    yield {
      kind: 'table',
      id: toTableId(model.table),
      model: model.name,
      columns: model.columns,
      references: references.map(({ model: target, columns, offset }) => ({
        table: tableOf(target),
        columns,
        at: at(model.file, offset),
      })),
      at: at(model.file, model.offset),
    };
  }
  for (const { table, models, file, offset } of schema.joinTables) {
    const place = at(file, offset);
    const references = models.map((model, index) => ({ table: tableOf(model), columns: [index === 0 ? 'A' : 'B'], at: place }));
    yield { kind: 'table', id: toTableId(table), columns: ['A', 'B'], references, at: place };
  }
}
