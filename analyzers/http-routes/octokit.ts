import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { octokitEndpointRoutes } from './octokit/endpoint-routes.ts';
import { guestFact } from './routing/guest-facts.ts';
import { indexTrace } from './routing/trace-index.ts';

export { octokitWebhooksModel } from './octokit/model.ts';

/** Reads the route of webhooks of GitHub behind a server of Node; what applications mount is read with their routes. */
export const octokitRoutesAnalyzer = defineAnalyzer({
  name: 'octokit-routes',
  produces: ['route'],

  *analyze({ trace }) {
    const index = indexTrace(trace);
    for (const effect of trace.effects) {
      const [listener] = effect.verb === 'create-server' ? effect.arguments.slice(-1) : [];
      const endpoint = listener?.kind === 'library' ? index.object(listener.object) : undefined;
      const routes = endpoint === undefined ? [] : (octokitEndpointRoutes(endpoint, index) ?? []);
      for (const route of routes) yield guestFact(route, { prefix: '/', at: effect.at, statements: [effect.span] });
    }
  },
});
