import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { LibraryModel } from '../../src/model/boot-trace.ts';
import { graphqlModel, nexusModel, pothosModel } from './graphql/code-first.ts';
import { apolloIntegrationsModel, apolloModel, graphqlMergeModel, graphqlServersModel, mercuriusModel } from './graphql/model.ts';
import { graphqlRoutes } from './graphql/routes.ts';
import { typeGraphqlModel } from './graphql/type-graphql.ts';

export const graphqlModels: readonly LibraryModel[] = [
  graphqlModel,
  apolloModel,
  apolloIntegrationsModel,
  graphqlServersModel,
  graphqlMergeModel,
  mercuriusModel,
  pothosModel,
  nexusModel,
  typeGraphqlModel,
];

/**
 * GraphQL servers: their endpoint as a route where they stand alone (on an application of another framework it is read with
 * that application), and each field that a function of the program answers as an operation.
 */
export const graphqlAnalyzer = defineAnalyzer({
  name: 'graphql',
  produces: ['route', 'trigger'],

  *analyze(input) {
    yield* graphqlRoutes(input);
  },
});
