import type { BootEffect, BootValue, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { RouteAuthentication, RouteShapes } from '../../../src/model/fact.ts';
import type { Link } from './chain-link.ts';
import type { TraceIndex } from './trace-index.ts';
import type { FrameworkImports } from './without-routes.ts';

/** How a framework's applications take routes: all that the common reading of their stacks must be told. */
export interface Dialect {
  /** As facts name it: `express`. */
  readonly framework: string;
  readonly imports: readonly FrameworkImports[];
  /** Kinds of objects that answer requests by themselves. */
  readonly applications: ReadonlySet<string>;
  /** Kinds of objects that take routes and answer where they are mounted. */
  readonly routers: ReadonlySet<string>;
  /** What is registered on an application or router, in the order in which it is asked. */
  readonly registrations: (object: LibraryObject, index: TraceIndex) => readonly Registration[];
  /** Path below which everything of the object stands, when it has one of its own. */
  readonly prefix?: (object: LibraryObject, index: TraceIndex) => BootValue | undefined;
  /** A path in Banyan's spelling; several where a part of it is optional. */
  readonly paths: (written: string) => readonly string[];
  /** What a value among handlers stands for when it is neither a function nor a router: an application below a path. */
  readonly unfold?: (object: LibraryObject) => Mounted | undefined;
  /** Number of parameters by which a function says that it handles errors. */
  readonly errorParameters?: number;
  /**
   * `everywhere`: middleware of a mounted router also meets requests that only routes after it answer. `own-routes`: a
   * router that has no route for a request runs nothing. `own-stack`: nor does an application in another.
   */
  readonly middleware: 'everywhere' | 'own-routes' | 'own-stack';
  /** `each-in-order`: a route for all methods passes on to later ones. `best-match`: of the routes that match, one answers. */
  readonly routes: 'each-in-order' | 'best-match';
}

export interface Mounted {
  readonly path?: BootValue;
  readonly handlers: readonly BootValue[];
}

/** Something that is registered on an application or router. */
export type Registration = UseRegistration | RouteRegistration | ParamRegistration;

interface RegistrationBase {
  readonly effect: BootEffect;
  readonly handlers: readonly BootValue[];
  /** Calls around the effect that are part of it: `router.route('/books')` for `.get(list)`. */
  readonly outer?: readonly BootEffect[];
}

export interface UseRegistration extends RegistrationBase {
  readonly kind: 'use';
  /** Absent: for every path. */
  readonly path?: BootValue;
  /** The path is one, not the beginning of one. */
  readonly whole?: true;
  /** A router among the handlers counts with what it has by now. */
  readonly copies?: true;
}

export interface RouteRegistration extends RegistrationBase {
  readonly kind: 'route';
  /** Upper case; `ALL` for any. */
  readonly methods: readonly string[];
  readonly path: BootValue;
  readonly shapes?: RouteShapes;
  readonly authentication?: RouteAuthentication;
  /** All that runs, the handler marked by its role, where handlers alone do not say it. */
  readonly links?: readonly Link[];
}

/** Runs before routes that have one of the parameters. */
export interface ParamRegistration extends RegistrationBase {
  readonly kind: 'param';
  readonly names: readonly string[];
}
