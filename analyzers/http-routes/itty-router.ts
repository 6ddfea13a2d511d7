import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { CallModel, LibraryModel } from '../../src/model/boot-trace.ts';
import { ittyDialect } from './itty-router/dialect.ts';
import { frameworkRoutes } from './routing/framework-routes.ts';

const makesRouter: CallModel = { returns: { object: 'itty-router.application' }, constructs: true };
const registers: CallModel = { records: 'route', returns: 'self' };

const ittyModel: LibraryModel = {
  name: 'itty-router',
  packages: ['itty-router'],
  exports: { Router: makesRouter, AutoRouter: makesRouter, IttyRouter: makesRouter },
  objects: {
    'itty-router.application': {
      members: {
        ...Object.fromEntries(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all'].map((method) => [method, registers])),
        // What a runtime calls stands for the router.
        fetch: { property: 'self' },
        handle: { property: 'self' },
      },
    },
  },
};

export const ittyModels: readonly LibraryModel[] = [ittyModel];

/** Reads routes of itty-router. */
export const ittyRoutesAnalyzer = defineAnalyzer({
  name: 'itty-router-routes',
  produces: ['route'],

  *analyze(input) {
    yield* frameworkRoutes(ittyDialect, input);
  },
});
