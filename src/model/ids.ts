/** A string that names one kind of thing; two kinds cannot be mixed up. */
type Brand<Name extends string> = string & { readonly __brand: Name };

/** A source file, as its path relative to the analysed root, with `/` separators: `src/orders/order.service.ts`. */
export type ModuleId = Brand<'ModuleId'>;

/**
 * A declaration inside a module: `src/orders/order.service.ts#OrderService.place`.
 *
 * The part after `#` is the dotted path of enclosing declarations. `<module>` is the module's own start-up code.
 * Anonymous functions are named by the place where they start: `src/routes.ts#<function 12:5>`, and inside a named
 * declaration `createRouter.<function 12:5>`. Constructors are `OrderService.constructor`; getters and setters share
 * the member's name; a default export without a name is `default`.
 */
export type SymbolId = Brand<'SymbolId'>;

/**
 * A function value: its symbol, `~`, and a number that tells it from other values of the same function, which were made
 * or are called with something else. Unique within one {@link BootTrace}.
 */
export type ClosureId = Brand<'ClosureId'>;

/**
 * A route: method and full path with parameters as `{name}`: `GET /api/orders/{id}`. Where several applications of one tree
 * answer the same, the application's name follows: `GET /health [billing]`.
 */
export type RouteId = Brand<'RouteId'>;

/** Anything that starts work from outside: a {@link RouteId}, or `schedule …`, `event …`, `socket …`, `startup …`. */
export type EntryPointId = Brand<'EntryPointId'>;

/** A table of the database, by its SQL name, with its schema unless that is the default one: `orders`, `billing.invoices`. */
export type TableId = Brand<'TableId'>;

/** A service of the plan, by its kebab-case name, final in every later stage: `checkout`. */
export type ServiceId = Brand<'ServiceId'>;

/** An abstract library object that start-up code created (a router, a pool); unique within one {@link BootTrace}. */
export type LibraryObjectId = Brand<'LibraryObjectId'>;

/** The symbol name of a module's own start-up code. */
export const MODULE_INIT = '<module>';

export const toModuleId = (path: string): ModuleId => path as ModuleId;
export const toSymbolId = (module: ModuleId, name: string): SymbolId => `${module}#${name}` as SymbolId;
export const toClosureId = (symbol: SymbolId, number: number): ClosureId => `${symbol}~${number}` as ClosureId;
export const toRouteId = (method: string, path: string): RouteId => `${method} ${path}` as RouteId;
export const toEntryPointId = (text: string): EntryPointId => text as EntryPointId;
export const toTableId = (name: string): TableId => name as TableId;
export const toServiceId = (name: string): ServiceId => name as ServiceId;
export const toLibraryObjectId = (text: string): LibraryObjectId => text as LibraryObjectId;

/** The module a symbol is declared in. */
export const moduleOf = (symbol: SymbolId): ModuleId => symbol.slice(0, symbol.indexOf('#')) as ModuleId;

/** The function that a closure is a value of; of a symbol, itself. */
export const functionOf = (target: ClosureId | SymbolId): SymbolId => target.replace(/~\d+$/, '') as SymbolId;

/** The name of a symbol inside its module. */
export const nameOf = (symbol: SymbolId): string => symbol.slice(symbol.indexOf('#') + 1);
