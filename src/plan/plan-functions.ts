import type { RouteFact } from '../model/fact.ts';
import type { ServiceId } from '../model/ids.ts';
import type { PlannedFunction } from '../model/migration-plan.ts';
import { functionDefaults } from './aws-limits.ts';

export type Granularity = 'service' | 'route';

/** One function for all routes of a service, or one for each route; names are unique in the plan. */
export function planFunctions(service: ServiceId, routes: readonly RouteFact[], granularity: Granularity): readonly PlannedFunction[] {
  if (routes.length === 0) return [];
  const groups = granularity === 'service' ? [routes] : routes.map((route) => [route]);
  const taken = new Set<string>();
  return groups.map((group) => {
    const name = unique(granularity === 'service' ? apiName(service) : routeName(service, group), taken);
    taken.add(name);
    return { name, routes: group.map(({ id }) => id), ...functionDefaults };
  });
}

const apiName = (service: ServiceId): string => `${service}-api`;

/** Lambda allows 64 characters; stack and stage come in front of the name. */
const LONGEST = 48;

function routeName(service: ServiceId, [route]: readonly RouteFact[]): string {
  const words = `${route?.method ?? ''} ${route?.path ?? ''}`.toLowerCase().match(/[a-z\d]+/g) ?? [];
  return [service, ...words].join('-').slice(0, LONGEST).replace(/-+$/, '');
}

function unique(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}
