import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { createCallFlow } from './flow/call-flow.ts';
import { createChains } from './mappers/chains.ts';
import { createClassIndex } from './mappers/class-index.ts';
import { createHeldValues } from './mappers/create-held-values.ts';
import { indexEntities, tablesOf } from './mappers/entity.ts';
import { mapperAccesses } from './mappers/mapper-facts.ts';
import type { MapperReader } from './mappers/reading.ts';
import { importsPackage } from './mappers/used-packages.ts';
import { objectionHooks } from './objection/hooks.ts';
import { indexModels, readModels } from './objection/models.ts';
import { clientOf, createReading, mayAccess, readOperation } from './objection/operations.ts';
import { isObjectionPackage } from './objection/packages.ts';
import { addRelations } from './objection/relation-mappings.ts';
import { objectionTransactions } from './objection/transactions.ts';
import { objectionVocabulary } from './objection/vocabulary.ts';

/** Finds Objection's models, and what the code does to them. The query builder of knex below is read by `knex`. */
export const objection = defineAnalyzer({
  name: 'objection',
  produces: ['table', 'table-access', 'transaction', 'trigger'],

  *analyze({ program, trace }) {
    if (!importsPackage(program, isObjectionPackage)) return;
    const flow = createCallFlow(program, trace);
    const read = readModels(program, createClassIndex(program).all);
    yield* read.diagnostics;
    const { models } = read;
    const index = indexModels(read);
    const vocabulary = objectionVocabulary(index);
    addRelations(createHeldValues(flow, vocabulary), index);
    const entities = indexEntities(models);
    yield* tablesOf(entities);
    // What relations give is known only now.
    const reader: MapperReader = {
      flow,
      values: createHeldValues(flow, vocabulary),
      entities,
      chains: createChains(),
      properties: new Map(),
      given: new Map(),
    };
    const transactions = objectionTransactions(reader, trace);
    yield* transactions.facts;
    yield* objectionHooks(program, read);
    const reading = createReading(reader, index);
    yield* mapperAccesses({
      library: 'objection',
      reader,
      transactions,
      clientOf: (call) => clientOf(reading, call),
      mayAccess,
      read: (call) => readOperation(reading, call),
    });
  },
});
