import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { PackageManifest } from '../../src/model/source-tree.ts';
import { createCallFlow } from './flow/call-flow.ts';
import { createAliasTable } from './mappers/aliases.ts';
import { createChains } from './mappers/chains.ts';
import { createClassIndex } from './mappers/class-index.ts';
import { createHeldValues } from './mappers/create-held-values.ts';
import { createDecoratorReader } from './mappers/decorators.ts';
import { tablesOf } from './mappers/entity.ts';
import { mapperAccesses } from './mappers/mapper-facts.ts';
import type { MapperReader } from './mappers/reading.ts';
import { importsPackage } from './mappers/used-packages.ts';
import { readEntities } from './mikro-orm/entities.ts';
import { mikroOrmHooks } from './mikro-orm/hooks.ts';
import { medusaVocabulary } from './mikro-orm/medusa-services.ts';
import { entityMethods, otherMethods, readOperation, workMethods } from './mikro-orm/operations.ts';
import { isMikroOrmPackage } from './mikro-orm/packages.ts';
import { isServiceMethod, readServiceCall } from './mikro-orm/service-calls.ts';
import { mikroOrmTransactions } from './mikro-orm/transactions.ts';
import { mikroOrmVocabulary } from './mikro-orm/vocabulary.ts';

/** Finds MikroORM's entities (Medusa's models and services among them), and what the code does to them. */
export const mikroOrm = defineAnalyzer({
  name: 'mikro-orm',
  produces: ['table', 'table-access', 'transaction', 'trigger'],

  *analyze({ program, trace, packages }) {
    if (!importsPackage(program, isMikroOrmPackage)) return;
    const flow = createCallFlow(program, trace);
    const classes = createClassIndex(program).all;
    const decoratorsOf = createDecoratorReader(program, isMikroOrmPackage);
    const { entities, diagnostics } = readEntities(program, decoratorsOf, classes);
    yield* diagnostics;
    yield* tablesOf(entities);
    yield* mikroOrmHooks(program, decoratorsOf, classes);
    const values = createHeldValues(flow, medusaVocabulary(program, mikroOrmVocabulary(program, entities, decoratorsOf)));
    const reader: MapperReader = { flow, values, entities, chains: createChains(), properties: new Map(), given: new Map() };
    const aliases = createAliasTable(reader);
    const transactions = mikroOrmTransactions(reader, decoratorsOf);
    yield* transactions.facts;
    const storesCreated = packages.some((manifest) => storesWhatIsCreated(manifest));
    yield* mapperAccesses({
      library: 'mikro-orm',
      reader,
      transactions,
      mayAccess: (method) =>
        Object.hasOwn(entityMethods, method) || Object.hasOwn(workMethods, method) || otherMethods.has(method) || isServiceMethod(method),
      read: (call) => readServiceCall(reader, call) ?? readOperation({ reader, aliases, storesCreated }, call),
    });
  },
});

/** From version 6 on, `create` alone stores an entity when the work is flushed. */
const storesWhatIsCreated = ({ dependencies, devDependencies }: PackageManifest): boolean => {
  const version = dependencies['@mikro-orm/core'] ?? devDependencies['@mikro-orm/core'] ?? '';
  return Number(/\d+/.exec(version)?.[0] ?? 0) >= 6;
};
