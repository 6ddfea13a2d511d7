import { routeGateway } from '../../src/generate/gateway/gateway-routes.ts';
import { defineGenerator } from '../../src/generate/generator.ts';
import type { Artifact } from '../../src/model/artifact.ts';
import { gatewayTable } from './gateway-table.ts';
import { gatewayOpenApi, serviceOpenApi } from './openapi.ts';

/** The strangler table, and the same as OpenAPI: for the whole gateway, and for each slice alone. */
export const gateway = defineGenerator({
  name: 'gateway',

  *generate(input) {
    const routing = routeGateway(input);
    yield* routing.diagnostics;
    yield artifact('gateway/routes.json', gatewayTable(input, routing));
    yield artifact('gateway/openapi.json', gatewayOpenApi(input, routing));
    for (const id of input.slices) yield artifact(`services/${id}/openapi.json`, serviceOpenApi(input, routing, id));
  },
});

const artifact = (path: string, content: object): Artifact => ({
  path,
  content: `${JSON.stringify(content, undefined, 2)}\n`,
  origin: { generator: 'gateway' },
});
