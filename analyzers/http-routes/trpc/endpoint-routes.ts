import type { BootValue, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { GuestRoute } from '../routing/guest-route.ts';
import type { TraceIndex } from '../routing/trace-index.ts';
import { type Procedure, proceduresOf } from './procedures.ts';

/** What an endpoint answers: `GET /post.byId` of a query, `POST /post.add` of a mutation. */
export function trpcEndpointRoutes(object: LibraryObject, index: TraceIndex): readonly GuestRoute[] | undefined {
  return object.kind === 'trpc.endpoint' ? routesOfRouter(routerIn(object.arguments[0]), index) : undefined;
}

export const routerIn = (options: BootValue | undefined): BootValue | undefined =>
  options?.kind === 'object' ? options.properties.router : undefined;

export const routesOfRouter = (router: BootValue | undefined, index: TraceIndex): readonly GuestRoute[] =>
  proceduresOf(router, index).procedures.flatMap(toRoute);

/** A subscription is no request of its own: a trigger tells of it. */
function toRoute({ path, type, links, shapes, effect }: Procedure): readonly GuestRoute[] {
  if (type === 'subscription') return [];
  return [
    {
      framework: 'trpc',
      method: type === 'query' ? 'GET' : 'POST',
      path: `/${path}`,
      links,
      statements: [effect.span],
      ...(shapes === undefined ? {} : { shapes }),
      at: effect.at,
    },
  ];
}
