import type { BootEffect, BootValue } from '../../../src/model/boot-trace.ts';
import type { GuestRoute } from '../routing/guest-route.ts';
import { guestRoutes } from '../routing/guests.ts';
import { readPaths } from '../routing/route-path.ts';
import type { TraceIndex } from '../routing/trace-index.ts';
import { routerIn, routesOfRouter } from '../trpc/endpoint-routes.ts';
import { type Instance, optionOf } from './instances.ts';
import { joinPrefix } from './paths.ts';

/** A request that an endpoint of another library answers on an instance. */
export interface Guest {
  readonly effect: BootEffect;
  readonly route: GuestRoute;
  /** Below the instance's own prefix. */
  readonly path: string;
}

/** Procedures and GraphQL endpoints that plugins put on an instance. */
export const guestsOf = ({ object }: Instance, index: TraceIndex): readonly Guest[] =>
  index.effects(object.id).flatMap((effect) => (effect.verb === 'register' ? registeredGuests(effect, index) : []));

function registeredGuests(effect: BootEffect, index: TraceIndex): readonly Guest[] {
  const [plugin, options] = effect.arguments;
  const prefix = textOf(optionOf(options, 'prefix')) ?? '';
  const below = (place: string, routes: readonly GuestRoute[]): readonly Guest[] =>
    routes.map((route) => ({ effect, route, path: route.path === '' ? place : joinPrefix(place, route.path) }));
  if (plugin?.kind === 'external' && plugin.package === '@trpc/server/adapters/fastify')
    return below(prefix, routesOfRouter(routerIn(optionOf(options, 'trpcOptions')), index));
  const object = plugin?.kind === 'library' ? index.object(plugin.object) : undefined;
  const isSilent = isFalse(optionOf(options, 'routes'));
  const routes = object === undefined || isSilent ? undefined : guestRoutes(object, index);
  const path = textOf(optionOf(options, 'path')) ?? (object?.kind.startsWith('graphql.') === true ? '/graphql' : '');
  return below(joinPrefix(prefix, path), routes ?? []);
}

const isFalse = (value: BootValue | undefined): boolean => value?.kind === 'constant' && value.value === false;

function textOf(value: BootValue | undefined): string | undefined {
  const [reading] = value === undefined || (value.kind === 'constant' && typeof value.value !== 'string') ? [] : readPaths(value);
  return reading?.kind === 'path' ? reading.written : undefined;
}
