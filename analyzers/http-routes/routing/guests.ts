import type { LibraryObject } from '../../../src/model/boot-trace.ts';
import { graphqlEndpointRoutes } from '../graphql/endpoint-routes.ts';
import { octokitEndpointRoutes } from '../octokit/endpoint-routes.ts';
import { trpcEndpointRoutes } from '../trpc/endpoint-routes.ts';
import { tsRestEndpointRoutes } from '../ts-rest/endpoint-routes.ts';
import type { GuestRoute } from './guest-route.ts';
import type { TraceIndex } from './trace-index.ts';

export type { GuestRoute };

/** What an object answers when an application of another framework mounts it; `undefined` when it is no endpoint. */
export const guestRoutes = (object: LibraryObject, index: TraceIndex): readonly GuestRoute[] | undefined =>
  trpcEndpointRoutes(object, index) ??
  tsRestEndpointRoutes(object, index) ??
  graphqlEndpointRoutes(object) ??
  octokitEndpointRoutes(object, index);
