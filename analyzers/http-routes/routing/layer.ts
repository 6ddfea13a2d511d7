import type { BootEffect } from '../../../src/model/boot-trace.ts';
import type { RouteAuthentication, RouteFact, RouteShapes } from '../../../src/model/fact.ts';
import type { SourceLocation, SourceSpan } from '../../../src/model/location.ts';
import type { Link } from './chain-link.ts';

/** One entry of an application's stack with the routers in it laid out in place: the order in which the framework tries them. */
export type Layer = MiddlewareLayer | RouteLayer;

export interface LayerBase {
  readonly links: readonly Link[];
  /** What was written to build it: registration, mounts and creations around it. */
  readonly statements: readonly SourceSpan[];
  readonly guards: readonly string[];
  /** Routers around it that run nothing unless a route of theirs answers; middleware in them meets their routes only. */
  readonly dispatchers: readonly string[];
  readonly at: SourceLocation;
}

export interface MiddlewareLayer extends LayerBase {
  readonly kind: 'middleware';
  readonly matches: (route: string) => 'always' | 'sometimes' | 'never';
}

export interface RouteLayer extends LayerBase {
  readonly kind: 'route';
  /** What answers it, when that is another framework than the one it is mounted in. */
  readonly framework?: string;
  readonly method: string;
  readonly path: string;
  readonly localPath: string;
  readonly effect: BootEffect;
  readonly unknown?: UnknownPath;
  readonly shapes?: RouteShapes;
  readonly authentication?: RouteAuthentication;
  /** A regular expression in the place of the path below a prefix. */
  readonly pattern?: NonNullable<RouteFact['pattern']>;
}

/** Why a path is not known, and the code that says so. */
export interface UnknownPath {
  readonly reason: string;
  readonly at: SourceLocation;
  /** The object on which it arises: of another, the same text may be another path. */
  readonly by: string;
}
