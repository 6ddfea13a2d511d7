import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { nestRoutes } from './nest/routes.ts';

/**
 * Reads routes from the controllers that the modules of Nest applications list: full paths with global prefix, version and
 * the paths of modules, and what Nest runs around each handler, in its order.
 */
export const nestRoutesAnalyzer = defineAnalyzer({
  name: 'nest-routes',
  produces: ['route'],

  *analyze(input) {
    yield* nestRoutes(input);
  },
});
