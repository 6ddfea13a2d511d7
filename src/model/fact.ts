import type { ClosureId, EntryPointId, ModuleId, RouteId, SymbolId, TableId } from './ids.ts';
import type { SourceLocation, SourceSpan } from './location.ts';

/** Something seen in the analysed code. Every fact names the place where it was seen. */
export type Fact =
  | RouteFact
  | TriggerFact
  | TableFact
  | TableAccessFact
  | TransactionFact
  | StateFact
  | EnvironmentReadFact
  | ExternalCallFact
  | WorkloadFact;

export type FactKind = Fact['kind'];
export type FactOf<K extends FactKind> = { readonly [Kind in FactKind]: Extract<Fact, { readonly kind: Kind }> }[K];

/**
 * What a link of the chain does. `guard` decides whether the handler runs (Nest guards); `interceptor` runs around it;
 * `validation` checks or changes what it is given (pipes, schemas); `hook` runs at a point of the request's life that the
 * framework names (Fastify's `preHandler`).
 */
export type ChainRole =
  | 'middleware'
  | 'body-parser'
  | 'session'
  | 'authentication'
  | 'guard'
  | 'validation'
  | 'interceptor'
  | 'upload'
  | 'hook'
  | 'static'
  | 'handler'
  | 'error-handler';

/** One link of the chain around a handler: what runs before it, in order. */
export interface ChainLink {
  readonly role: ChainRole;
  /** The function of the program that runs, when it is one. */
  readonly symbol?: SymbolId;
  /** The value that was registered, wrappers included; absent where evaluation does not follow it. */
  readonly closure?: ClosureId;
  /** Functions of the program wrapped around it (`asyncHandler`), outermost first. */
  readonly wrappers?: readonly SymbolId[];
  /** The package that provides it (`cors`), when it does. */
  readonly package?: string;
  /** How a person would name it: `requireAuth`, `cors()`, `express.json()`. */
  readonly name: string;
  /** Conditions under which the link is registered, as written; absent when there is none beyond the route's own. */
  readonly guards?: readonly string[];
  /** Where it is registered: on the application, a router, or the route itself. */
  readonly scope: 'application' | 'router' | 'route';
  readonly at: SourceLocation;
}

export interface HandlerReference {
  readonly module: ModuleId;
  readonly symbol: SymbolId;
  /** The value that was registered, wrappers included: what tells apart handlers that one factory made. */
  readonly closure?: ClosureId;
}

export interface RouteFact {
  readonly kind: 'route';
  readonly id: RouteId;
  /** Upper case; `ALL` for any method. */
  readonly method: string;
  /**
   * Full path, prefixes applied, parameters as `{name}`, a wildcard with a name as `{name+}`, one without as `*`. A part
   * that only a start of the monolith makes known is `<name>`: any text, slashes included, or none.
   */
  readonly path: string;
  /** The path as the framework was given it, for the router that matches it (`/:id`). */
  readonly localPath: string;
  readonly framework: string;
  readonly handler: HandlerReference;
  /** Everything around the handler in the order in which it runs, the handler included, error handlers last. */
  readonly chain: readonly ChainLink[];
  readonly guards: readonly string[];
  /** Registration statement, and every mount and middleware statement that built the chain: what extraction must keep. */
  readonly statements: readonly SourceSpan[];
  /** Position among all routes in the order in which the application asks them; absent when the framework has none. */
  readonly order?: number;
  /** Which application answers it, where several of the tree answer the same method and path; it stands in the id, too. */
  readonly application?: string;
  /** Why its requests cannot be sent elsewhere whatever the handler does: a path that is not known, a second application. */
  readonly stays?: { readonly text: string; readonly at: SourceLocation };
  /** The regular expression that its path is matched by, on what follows the prefix `below` (`/` when there is none). */
  readonly pattern?: { readonly source: string; readonly flags: string; readonly below: string };
  /** How a request says who asks, where the chain or a decorator shows it; absent where nothing is recognised. */
  readonly authentication?: RouteAuthentication;
  /** Which provider calls it, where code checks the provider's signature; absent where that is not clear. */
  readonly webhook?: RouteWebhook;
  /** What it takes and gives, as far as types, schemas or decorators say; absent where nothing is said. */
  readonly shapes?: RouteShapes;
  readonly at: SourceLocation;
}

export interface RouteAuthentication {
  /** `signature`: what asks signs the request itself. */
  readonly scheme: 'bearer' | 'session' | 'basic' | 'api-key' | 'oauth' | 'signature' | 'unknown';
  /** The guard, middleware or decorator that says so, as a person would name it: `AuthGuard("jwt")`. */
  readonly by: string;
  readonly at: SourceLocation;
}

export interface RouteWebhook {
  /** `stripe`, `github`. */
  readonly provider: string;
  /** What checks the signature, as a person would name it: `stripe.webhooks.constructEvent`. */
  readonly by: string;
  readonly at: SourceLocation;
}

export interface RouteShapes {
  readonly parameters?: Shape;
  readonly query?: Shape;
  readonly headers?: Shape;
  readonly body?: Shape;
  /** By status; `default` where none is named. */
  readonly responses?: Readonly<Record<string, Shape>>;
}

/** Where a shape is written down. */
export type Shape =
  /** A class, interface or type alias of the program. */
  | { readonly kind: 'type'; readonly symbol: SymbolId; readonly isList?: true }
  /** A schema value (JSON Schema, zod, joi, TypeBox), where it is written. */
  | { readonly kind: 'schema'; readonly library: string; readonly at: SourceLocation; readonly symbol?: SymbolId };

/**
 * Anything but an HTTP route that starts work. `operation` is a GraphQL field (`Query.orders`); `message` a handler of a
 * command, query or microservice pattern; `command` one of a command line; `data-hook` a subscriber or hook of an ORM.
 */
export interface TriggerFact {
  readonly kind: 'trigger';
  readonly id: EntryPointId;
  readonly trigger: 'schedule' | 'timer' | 'event' | 'socket' | 'startup' | 'queue' | 'operation' | 'message' | 'command' | 'data-hook';
  /** Cron expression, interval in milliseconds, name of the event, queue, field or command, socket path; absent when it could not be read. */
  readonly detail?: string;
  readonly handler?: HandlerReference;
  readonly library: string;
  readonly statement: SourceSpan;
  readonly at: SourceLocation;
}

export interface TableFact {
  readonly kind: 'table';
  readonly id: TableId;
  /** The model's name where an ORM gives one (`User`). */
  readonly model?: string;
  readonly columns: readonly string[];
  readonly references: readonly { readonly table: TableId; readonly columns: readonly string[]; readonly at: SourceLocation }[];
  readonly at: SourceLocation;
}

export type TableOperation = 'read' | 'create' | 'update' | 'delete' | 'upsert';

export interface TableAccessFact {
  readonly kind: 'table-access';
  readonly table: TableId;
  /** The function whose code performs it. */
  readonly symbol: SymbolId;
  readonly operation: TableOperation;
  /** Which library performed it: `prisma`, `pg`, `knex`. */
  readonly library: string;
  /** Id of the {@link TransactionFact} it runs in, when it does. */
  readonly transaction?: string;
  /** The class for whose instances it holds, where a method of a base class serves another table for each subclass. */
  readonly receiver?: SymbolId;
  /** Why, where the call does not name the table: `cascade Order.lines`, `eager User.role`. */
  readonly through?: string;
  readonly at: SourceLocation;
}

/** A database transaction begun at a place; accesses inside it, and in functions its client is handed to, name it. */
export interface TransactionFact {
  readonly kind: 'transaction';
  /** `symbol@line`, with `:column` where another call of the function stands before it on the line: unique. */
  readonly id: string;
  readonly symbol: SymbolId;
  readonly form: 'callback' | 'batch' | 'manual';
  readonly at: SourceLocation;
}

export interface StateFact {
  readonly kind: 'state';
  readonly state:
    | 'module-variable'
    | 'static-field'
    | 'session'
    | 'cache'
    | 'timer'
    | 'local-file'
    | 'socket-registry'
    | 'event-bus'
    | 'rate-limiter';
  /** The binding or object: `src/cache.ts#productCache`. */
  readonly symbol: SymbolId;
  /** One plain sentence fragment: `Map written by refresh(), read by find()`. */
  readonly summary: string;
  /** Functions that change it. */
  readonly writers: readonly SymbolId[];
  /** Functions that use what was written earlier; absent when that cannot be told. */
  readonly readers?: readonly SymbolId[];
  /** Set when what one process keeps need not be what another does. */
  readonly form?: StateForm;
  /** For `cache`: the proof that emptying it loses nothing but time. */
  readonly readThrough?: ReadThrough;
  readonly at: SourceLocation;
}

/**
 * `made-once`: made when first asked for, from nothing that a request says. `counter`: counted up and down, nothing else.
 * `weak`: kept only as long as the object that is its key.
 */
export type StateForm = 'made-once' | 'counter' | 'weak';

/** A cache of which each read that finds nothing gets the value from its source again. */
export interface ReadThrough {
  /** Functions that read it, and those they get values from; sorted. */
  readonly readers: readonly SymbolId[];
  /** The expression that makes the empty collection: `new Map<number, Entry>()`. */
  readonly store: SourceSpan;
}

export interface EnvironmentReadFact {
  readonly kind: 'environment-read';
  readonly variable: string;
  readonly symbol: SymbolId;
  /** The default as written, when there is one and it is a constant. */
  readonly default?: string;
  readonly at: SourceLocation;
}

/** Code that asks another system: a service over HTTP, or a provider through its own library. One for each function and system. */
export interface ExternalCallFact {
  readonly kind: 'external-call';
  readonly symbol: SymbolId;
  /** The package through which it asks; `fetch` for the global. */
  readonly library: string;
  /**
   * The host (`api.books.test`), the variable or binding that names it (`<process.env.STOCK_URL>`), or the provider
   * (`stripe`, `aws sqs`); absent where it cannot be read.
   */
  readonly to?: string;
  readonly at: SourceLocation;
}

/** Work that says where code can run: what a function of a few seconds, without a disk or children of its own, does not do well. */
export interface WorkloadFact {
  readonly kind: 'workload';
  readonly workload: 'child-process' | 'worker-thread' | 'cpu-heavy' | 'browser' | 'long-response' | 'local-read' | 'process-event';
  readonly symbol: SymbolId;
  /** One plain sentence fragment: `hashes passwords: bcrypt.hash`. */
  readonly summary: string;
  readonly at: SourceLocation;
}
