import { type GatewayRouting, inRegistrationOrder } from '../../src/generate/gateway/gateway-routes.ts';
import type { GeneratorInput } from '../../src/generate/generator.ts';
import { sliceVariables } from '../../src/generate/slice-variables.ts';
import { sortedBy } from '../../src/lib/sort.ts';
import type { GatewayFunction, GatewayRoute, GatewayTable } from '../../src/model/gateway-table.ts';
import type { PlannedService } from '../../src/model/migration-plan.ts';

type TableInput = Pick<GeneratorInput, 'plan' | 'slices' | 'monolith' | 'closures' | 'tree' | 'readSource' | 'granularity'>;

/** Every route of the monolith in the order in which it registers them, and the functions that answer the moved ones. */
export function gatewayTable(input: TableInput, { moved }: GatewayRouting): GatewayTable {
  const services = input.plan.services.filter(({ id }) => input.slices.includes(id));
  return {
    version: 1,
    granularity: input.granularity,
    routes: inRegistrationOrder(input.monolith.routes).map(({ id, method, path }, order): GatewayRoute => {
      const found = moved.get(id);
      if (found === undefined) return { id, method, path, order };
      const { service, weight, planned } = found;
      return { id, method, path, order, target: { service, function: planned.function, weight, localPath: planned.localPath } };
    }),
    functions: sortedBy(
      services.flatMap((service) => functionsOf(service, input)),
      ({ name }) => name,
    ),
  };
}

function functionsOf(service: PlannedService, input: TableInput): readonly GatewayFunction[] {
  const environment = sliceVariables(input, service).map(({ name }) => name);
  return service.functions.map(({ name, memoryMb, timeoutSeconds }) => ({
    name,
    service: service.id,
    entry: `services/${service.id}/src/functions/${name}.ts`,
    memoryMb,
    timeoutSeconds,
    environment,
  }));
}
