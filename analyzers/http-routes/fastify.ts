import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { fastifyRoutes } from './fastify/routes.ts';

export { fastifyAutoloadModel, fastifyModel, fastifyPluginModel } from './fastify/model.ts';

/**
 * Reads routes from the instances that start-up code built: prefixes of plugins around plugins, and the hooks that run
 * for each handler in the order of a request's life.
 */
export const fastifyRoutesAnalyzer = defineAnalyzer({
  name: 'fastify-routes',
  produces: ['route', 'trigger'],

  *analyze(input) {
    yield* fastifyRoutes(input);
  },
});
