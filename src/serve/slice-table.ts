import type { GatewayRoute, GatewayTable } from '../model/gateway-table.ts';
import type { ServiceId } from '../model/ids.ts';

/** The table with exactly these slices on, each taking all of its traffic; every other route goes to the monolith. */
export function withSlicesOn(table: GatewayTable, slices: readonly ServiceId[]): GatewayTable {
  const on = new Set(slices);
  return {
    ...table,
    routes: table.routes.map(({ target, ...route }): GatewayRoute => {
      return target !== undefined && on.has(target.service) ? { ...route, target: { ...target, weight: 100 } } : route;
    }),
    functions: table.functions.filter((definition) => on.has(definition.service)),
  };
}

/**
 * Decides request by request who answers, so that any hundred consecutive requests of a route are split exactly by its
 * weight. It counts instead of drawing lots: the same requests are always split the same way.
 */
export function createTrafficSplit(): (route: GatewayRoute) => 'slice' | 'monolith' {
  const counts = new Map<string, number>();
  return (route) => {
    const weight = route.target?.weight ?? 0;
    const count = counts.get(route.id) ?? 0;
    counts.set(route.id, count + 1);
    return Math.floor(((count + 1) * weight) / 100) > Math.floor((count * weight) / 100) ? 'slice' : 'monolith';
  };
}
