import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { GatewayRoute } from '../../model/gateway-table.ts';
import type { PlannedRoute, PlannedService } from '../../model/migration-plan.ts';
import { type CheckInput, defineCheck } from './check.ts';

/** Every planned route stands in the gateway table exactly once, with the function that answers it; every function has its entry file. */
export const routesOnceCheck = defineCheck({
  name: 'routes-once',
  run: async (input) =>
    input.services.map((service) => {
      const errors = [...service.routes.flatMap((route) => routeErrors(route, service, input)), ...functionErrors(service, input)];
      const moved = service.routes.filter((route) => route.blockedBy === undefined).length;
      const functions = input.table.functions.filter((definition) => definition.service === service.id).length;
      const [first] = errors;
      return {
        name: 'routes-once',
        service: service.id,
        status: first !== undefined ? 'failed' : moved === 0 ? 'skipped' : 'passed',
        summary:
          first ??
          (moved === 0
            ? 'no route of it is to move'
            : `${moved} routes, each once, in ${functions} ${functions === 1 ? 'function' : 'functions'}`),
        details: errors,
      };
    }),
});

function routeErrors(route: PlannedRoute, service: PlannedService, { table }: CheckInput): readonly string[] {
  const found = table.routes.filter(({ id }) => id === route.id);
  const targets = found.filter(({ target }) => target !== undefined);
  if (route.blockedBy !== undefined) return targets.length === 0 ? [] : [`${route.id} is blocked, but the gateway table moves it`];
  if (found.length === 0) return [`${route.id} is missing in the gateway table`];
  if (found.length > 1 && !areShadowed(found)) return [`${route.id} stands ${found.length} times in the gateway table`];
  if (targets.length === 0) return [`${route.id} is planned for ${service.id}, but the gateway table leaves it in the monolith`];
  return targets.flatMap(({ target }) => targetErrors(route, service, target, table.functions));
}

/** The monolith itself may register a route twice; then each registration has its own order. */
const areShadowed = (found: readonly GatewayRoute[]): boolean => new Set(found.map(({ order }) => order)).size === found.length;

function targetErrors(
  route: PlannedRoute,
  service: PlannedService,
  target: GatewayRoute['target'],
  functions: CheckInput['table']['functions'],
): readonly string[] {
  if (target === undefined) return [];
  if (target.service !== service.id) return [`${route.id} is planned for ${service.id}, but goes to ${target.service}`];
  const known = functions.some(({ name, service: owner }) => name === target.function && owner === service.id);
  return known ? [] : [`${route.id} goes to the function ${target.function}, which the gateway table does not describe`];
}

function functionErrors(service: PlannedService, { table, out }: CheckInput): readonly string[] {
  const own = table.functions.filter((definition) => definition.service === service.id);
  const missing = own.filter(({ entry }) => !existsSync(join(out, entry))).map(({ name, entry }) => `${name} has no entry file ${entry}`);
  // Whoever asks for a function by its name gets the other's answers.
  const shared = own.flatMap(({ name }) => {
    const other = table.functions.find((one) => one.name === name && one.service !== service.id);
    return other === undefined ? [] : [`${name} is a function of ${other.service}, too: rename one of the services`];
  });
  return [...missing, ...shared];
}
