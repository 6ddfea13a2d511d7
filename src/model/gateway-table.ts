import type { RouteId, ServiceId } from './ids.ts';

/**
 * The strangler table, `gateway/routes.json` in the output: who answers each route of the monolith.
 * Written by the gateway generator, read by `serve` and `verify`. Whatever no route matches goes to the monolith.
 */
export interface GatewayTable {
  readonly version: 1;
  /** Whether one function answers all routes of a slice, or each route has its own; as `extract` was asked. */
  readonly granularity: 'service' | 'route';
  /** Every route of the monolith, staying ones too, so that a moved `/items/{id}` never swallows a staying `/items/export`. */
  readonly routes: readonly GatewayRoute[];
  readonly functions: readonly GatewayFunction[];
}

export interface GatewayRoute {
  readonly id: RouteId;
  /** Upper case, or `ALL`. */
  readonly method: string;
  /** Full path with `{name}`, `{name+}` and `*`. */
  readonly path: string;
  /** Position in the monolith's registration order: the earlier wins where two equally specific routes match. */
  readonly order: number;
  /** Who answers when the slice is on; absent when the route stays in the monolith. */
  readonly target?: {
    readonly service: ServiceId;
    readonly function: string;
    /** 0 to 100. */
    readonly weight: number;
    /** The path as the framework's router matches it (`/:id`), to tell the moved handler's answers from others'. */
    readonly localPath: string;
  };
}

export interface GatewayFunction {
  readonly name: string;
  readonly service: ServiceId;
  /** Entry file relative to the output folder; it exports `handler`. */
  readonly entry: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Names of the environment variables it needs; values come from the caller's environment. */
  readonly environment: readonly string[];
}

/** What an HTTP API calls the part of a path that a `*` takes: its own wildcards must have a name. */
export const ANONYMOUS_WILDCARD = 'wildcard';
