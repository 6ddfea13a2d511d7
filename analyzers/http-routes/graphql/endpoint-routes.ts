import type { LibraryObject } from '../../../src/model/boot-trace.ts';
import type { GuestRoute } from '../routing/guest-route.ts';
import { ENDPOINT } from './model.ts';

/** A GraphQL endpoint answers queries in both ways in which HTTP may ask them. */
export function graphqlEndpointRoutes(object: LibraryObject): readonly GuestRoute[] | undefined {
  if (object.kind !== ENDPOINT && object.kind !== 'graphql.yoga') return undefined;
  return endpointRoutes(object);
}

export const endpointRoutes = ({ at, span }: LibraryObject, path = ''): readonly GuestRoute[] =>
  ['GET', 'POST'].map((method) => ({
    framework: 'graphql',
    method,
    path,
    links: [{ role: 'handler', package: 'graphql', name: 'graphql', scope: 'route', at, isKnown: true }],
    statements: [span],
  }));
