import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { createCallFlow } from './flow/call-flow.ts';
import { createAliasTable, joinTarget } from './mappers/aliases.ts';
import { createChains } from './mappers/chains.ts';
import { createClassIndex } from './mappers/class-index.ts';
import { createHeldValues } from './mappers/create-held-values.ts';
import { createDecoratorReader } from './mappers/decorators.ts';
import { tablesOf } from './mappers/entity.ts';
import { mapperAccesses } from './mappers/mapper-facts.ts';
import type { MapperReader } from './mappers/reading.ts';
import { importsPackage } from './mappers/used-packages.ts';
import { readEntities } from './typeorm/entities.ts';
import { typeormHooks } from './typeorm/hooks.ts';
import { readOperation, repositoryMethods } from './typeorm/operations.ts';
import { isTypeormPackage } from './typeorm/packages.ts';
import { readNamingSettings } from './typeorm/settings.ts';
import { typeormTransactions } from './typeorm/transactions.ts';
import { typeormVocabulary } from './typeorm/vocabulary.ts';

/** Finds TypeORM's entities, and what the code does to them. SQL in texts is read by `sql-strings`. */
export const typeorm = defineAnalyzer({
  name: 'typeorm',
  produces: ['table', 'table-access', 'transaction', 'trigger'],

  *analyze({ program, trace, sql }) {
    if (!importsPackage(program, isTypeormPackage)) return;
    const flow = createCallFlow(program, trace);
    const classes = createClassIndex(program).all;
    const decoratorsOf = createDecoratorReader(program, isTypeormPackage);
    const settings = readNamingSettings(program, classes);
    const { entities, diagnostics } = readEntities({ program, decoratorsOf, settings, sql }, classes);
    yield* diagnostics;
    yield* tablesOf(entities);
    yield* typeormHooks(program, decoratorsOf, classes);
    const values = createHeldValues(flow, typeormVocabulary(program, entities, decoratorsOf));
    const reader: MapperReader = { flow, values, entities, chains: createChains(), properties: new Map(), given: new Map() };
    const aliases = createAliasTable(reader);
    const transactions = typeormTransactions(reader, decoratorsOf);
    yield* transactions.facts;
    yield* mapperAccesses({
      library: 'typeorm',
      reader,
      transactions,
      mayAccess: (method) => Object.hasOwn(repositoryMethods, method) || builderMethods.has(method) || joinTarget(method) !== undefined,
      read: (call) => readOperation(reader, aliases, call),
    });
  },
});

const builderMethods: ReadonlySet<string> = new Set([
  ...['createQueryBuilder', 'from', 'addFrom', 'into', 'relation', 'loadRelationCountAndMap', 'loadRelationIdAndMap', 'setFindOptions'],
  ...['getMany', 'getOne', 'createOne', 'createMany', 'updateOne', 'replaceOne', 'deleteOne', 'recoverOne'],
]);
