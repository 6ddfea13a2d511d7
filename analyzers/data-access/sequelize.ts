import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { createCallFlow } from './flow/call-flow.ts';
import { createChains } from './mappers/chains.ts';
import { createClassIndex } from './mappers/class-index.ts';
import { createHeldValues } from './mappers/create-held-values.ts';
import { createDecoratorReader } from './mappers/decorators.ts';
import { indexEntities, tablesOf } from './mappers/entity.ts';
import { mapperAccesses } from './mappers/mapper-facts.ts';
import type { MapperReader } from './mappers/reading.ts';
import { importsPackage } from './mappers/used-packages.ts';
import { addAssociations } from './sequelize/associations.ts';
import { sequelizeHooks } from './sequelize/hooks.ts';
import { readModels } from './sequelize/models.ts';
import { readGeneralNaming } from './sequelize/naming.ts';
import { instanceMethods, readOperation, staticMethods, transactionOption } from './sequelize/operations.ts';
import { isSequelizePackage } from './sequelize/packages.ts';
import { unreadScopes } from './sequelize/scopes.ts';
import { sequelizeTransactions } from './sequelize/transactions.ts';
import { indexModels, sequelizeVocabulary } from './sequelize/vocabulary.ts';

/** Finds Sequelize's models, and what the code does to them. SQL in texts is read by `sql-strings`. */
export const sequelize = defineAnalyzer({
  name: 'sequelize',
  produces: ['table', 'table-access', 'transaction', 'trigger'],

  *analyze({ program, trace }) {
    if (!importsPackage(program, isSequelizePackage)) return;
    const flow = createCallFlow(program, trace);
    const decoratorsOf = createDecoratorReader(program, isSequelizePackage);
    const classes = createClassIndex(program).all;
    const { models, diagnostics } = readModels({ program, decoratorsOf, general: readGeneralNaming(program) }, classes);
    yield* diagnostics;
    yield* unreadScopes({ program, decoratorsOf, classes, models });
    const index = indexModels(models);
    const vocabulary = sequelizeVocabulary(index);
    addAssociations(createHeldValues(flow, vocabulary), index, decoratorsOf);
    const entities = indexEntities(models);
    yield* tablesOf(entities);
    // What associations give is known only now.
    const reader: MapperReader = {
      flow,
      values: createHeldValues(flow, vocabulary),
      entities,
      chains: createChains(),
      properties: new Map(),
      given: new Map(),
    };
    const transactions = sequelizeTransactions(reader);
    yield* transactions.facts;
    yield* sequelizeHooks(reader.values, index, decoratorsOf);
    yield* mapperAccesses({
      library: 'sequelize',
      reader,
      transactions,
      clientOf: (call) => transactionOption(reader, call),
      mayAccess: (method) => Object.hasOwn(staticMethods, method) || Object.hasOwn(instanceMethods, method) || mixinName.test(method),
      read: (call) => readOperation(reader, call),
    });
  },
});

const mixinName = /^(?:get|set|add|create|remove|count|has)[A-Z]/;
