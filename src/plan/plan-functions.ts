import { shortName } from '../lib/short-name.ts';
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

/** Lambda allows 64 characters; the monolith's name comes in front. */
const LONGEST = 48;

/**
 * Two services never share a name: no id of a service and no word of a route holds the two hyphens between them, and
 * a name that is cut gets a digest of the whole.
 */
function routeName(service: ServiceId, [route]: readonly RouteFact[]): string {
  const words = `${route?.method ?? ''} ${route?.path ?? ''}`.toLowerCase().match(/[a-z\d]+/g) ?? [];
  return shortName(`${service}--${words.join('-')}`, LONGEST);
}

function unique(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}
