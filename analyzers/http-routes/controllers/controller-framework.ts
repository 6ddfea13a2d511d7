import type { DecoratorCall } from '../../../src/analyze/decorator-calls.ts';
import type { BootClass, BootValue } from '../../../src/model/boot-trace.ts';
import type { ChainRole, RouteAuthentication } from '../../../src/model/fact.ts';
import type { RequestPart } from '../routing/schema-shapes.ts';

/** How a framework whose controllers are decorated classes says what they answer. */
export interface ControllerFramework {
  readonly name: string;
  readonly packages: readonly string[];
  /** Decorators of a class that make it a controller; the first argument is its path unless told. */
  readonly controllers: ReadonlySet<string>;
  readonly pathOf?: (controller: DecoratorCall) => BootValue | undefined;
  /** Methods and the path that a decorator of a method stands for. */
  readonly answer: (decorator: DecoratorCall) => { readonly methods: readonly string[]; readonly path: BootValue | undefined } | undefined;
  /** A path in Banyan's spelling. */
  readonly paths: (written: string) => readonly string[];
  /** Decorators of classes and methods that put something before or after the handler. */
  readonly links: (decorator: DecoratorCall) => readonly DecoratedLink[];
  /** How a request says who asks, by decorators and what the chain shows. */
  readonly authentication?: (
    decorators: { readonly method: readonly DecoratorCall[]; readonly controller: readonly DecoratorCall[] },
    shown: RouteAuthentication | undefined,
  ) => RouteAuthentication | undefined;
  /** Parts of the request that decorators of parameters take as a whole. */
  readonly parts: Readonly<Record<string, RequestPart>>;
  /** Method that a middleware class runs. */
  readonly middlewareMethod?: string;
}

export interface DecoratedLink {
  readonly role: ChainRole;
  readonly when: 'before' | 'after';
  readonly value: BootValue;
}

/** A controller that an application was given. */
export interface RegisteredController {
  readonly class: BootClass;
  /** Prefixes of the application, as written. */
  readonly prefix: BootValue | undefined;
}
