import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { LibraryModel } from '../../src/model/boot-trace.ts';
import { trpcAdaptersModel, trpcModel } from './trpc/model.ts';
import { trpcRoutes } from './trpc/routes.ts';

export const trpcModels: readonly LibraryModel[] = [trpcModel, trpcAdaptersModel];

/**
 * Procedures of tRPC routers as routes: those that stand alone, and those served by a function of the program. Routers on
 * an application of another framework are read with that application.
 */
export const trpcRoutesAnalyzer = defineAnalyzer({
  name: 'trpc-routes',
  produces: ['route', 'trigger'],

  *analyze(input) {
    yield* trpcRoutes(input);
  },
});
