import type { RouteShapes } from '../../../src/model/fact.ts';
import type { SourceLocation, SourceSpan } from '../../../src/model/location.ts';
import type { Link } from './chain-link.ts';

/** A request that an endpoint of a library answers, wherever an application mounts the endpoint. */
export interface GuestRoute {
  /** As facts name it: `trpc`. */
  readonly framework: string;
  readonly method: string;
  /** Below the place where the endpoint is mounted; empty for that place itself. */
  readonly path: string;
  /** What the library runs for it, the handler last. */
  readonly links: readonly Link[];
  readonly statements: readonly SourceSpan[];
  readonly shapes?: RouteShapes;
  /** Absent where the endpoint says nothing of it: the place where it is mounted. */
  readonly at?: SourceLocation;
}
