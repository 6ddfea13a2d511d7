import type { ChainLink, ChainRole } from '../../../src/model/fact.ts';
import type { SourceLocation } from '../../../src/model/location.ts';

/** What a module of routes says of what the framework puts before them. */
export interface GivenLinks {
  readonly path: string;
  readonly at: SourceLocation;
  /** Absent where it says `CORS = false`. */
  readonly cors: boolean;
  /** Absent where it says `AUTHENTICATE = false`, and nothing above says otherwise. */
  readonly asks: boolean;
  readonly parsesBody: boolean;
}

export const BY_ADMIN = 'authenticate("user", ["bearer", "session", "api-key"])';
const BY_CUSTOMER = 'authenticate("customer", ["bearer", "session"], { allowUnauthenticated: true })';

/** What Medusa puts before the routes of an area, in its order, all of it before what `middlewares.ts` says. */
export function givenLinks({ path, at, cors, asks, parsesBody }: GivenLinks): readonly ChainLink[] {
  const area = path.split('/')[1] ?? '';
  const link = (role: ChainRole, name: string, from = '@medusajs/framework'): ChainLink => ({
    role,
    package: from,
    name,
    scope: 'router',
    at,
  });
  return [
    ...(cors && ['admin', 'store', 'auth'].includes(area) ? [link('middleware', 'cors()', 'cors')] : []),
    ...(area === 'store' ? [link('guard', 'ensurePublishableApiKeyMiddleware')] : []),
    // Of a customer it asks who it is, and lets everybody pass.
    ...(area === 'store' && asks ? [link('middleware', BY_CUSTOMER)] : []),
    ...(area === 'admin' && asks ? [link('authentication', BY_ADMIN)] : []),
    ...(parsesBody ? [link('body-parser', 'bodyParser')] : []),
  ];
}
