import type { ClosureId, LibraryObjectId, ModuleId, SymbolId } from './ids.ts';
import type { SourceLocation, SourceSpan, Span } from './location.ts';

/** What start-up code registers, in the order in which it would run. */
export interface BootTrace {
  /** Modules from which evaluation started, and why each was chosen. */
  readonly entries: readonly BootEntry[];
  /** Modules whose top level is evaluated, in evaluation order. */
  readonly evaluated: readonly ModuleId[];
  readonly objects: readonly LibraryObject[];
  readonly effects: readonly BootEffect[];
  /** Calls that only evaluation resolves: `assemble` adds them to the graph with provenance `boot`. */
  readonly calls: readonly BootCall[];
  /**
   * The functions that start-up registered as the values they are, and what those call: the closure-level call graph.
   * Absent where nothing was registered. Sorted by id.
   */
  readonly closures?: readonly BootClosure[];
  /** Modules that start-up loads by names it computes (directory loaders); absent where there are none. Sorted by place. */
  readonly loads?: readonly BootLoad[];
  /** Module-level (or exported) bindings and class fields that hold a library object, so that handlers' receivers resolve. */
  readonly bindings: readonly LibraryBinding[];
  /** Members that code calls, or calls something on, and that hold a library object: `app.db` of `app.db.query('…')`. Absent where there are none. */
  readonly members?: readonly LibraryMember[];
  /**
   * Classes with a decorator on them, a member or a parameter, their own or inherited, and those that a container made;
   * absent where there are none. Sorted by id.
   */
  readonly classes?: readonly BootClass[];
  /** Containers that were set up from a module class (`NestFactory.create(AppModule)`); absent where there are none. */
  readonly containers?: readonly BootContainer[];
}

/** A class that a decorator says something of, as it is at the end of start-up. */
export interface BootClass {
  /** Its symbol; of several classes that one function made (`CrudController(Cat)`), the later ones with `~2`, `~3`. */
  readonly id: string;
  readonly symbol: SymbolId;
  readonly extends?: BootValue;
  readonly isAbstract?: true;
  /** In source order, so that the last is applied first; composed ones are taken apart in their place, in that order, too. */
  readonly decorators: readonly BootDecorator[];
  /** Of its constructor, its own or inherited. */
  readonly parameters: readonly BootParameter[];
  /** Methods, accessors and decorated properties in source order; after its own those it inherits and does not override. */
  readonly members: readonly BootMember[];
  readonly at: SourceLocation;
  readonly span: Span;
}

export interface BootMember {
  readonly name: string;
  readonly kind: 'method' | 'property' | 'accessor';
  readonly symbol: SymbolId;
  readonly isStatic?: true;
  /** The class that declares it: the class itself or one that it extends. */
  readonly declaredIn: SymbolId;
  readonly decorators: readonly BootDecorator[];
  readonly parameters: readonly BootParameter[];
  /** Type of a property or accessor. */
  readonly type?: BootType;
  /** What a method returns, promises taken off. */
  readonly returns?: BootType;
  /** The method of the instance that a container made, in {@link BootTrace.closures}; only where a library calls it. */
  readonly closure?: ClosureId;
  readonly at: SourceLocation;
  readonly span: Span;
}

export interface BootParameter {
  readonly name: string;
  readonly decorators: readonly BootDecorator[];
  readonly type?: BootType;
}

/**
 * A decorator, or what a decorator of the program applies in its place. A function of at most one parameter written in
 * its arguments (`() => Order`) carries its `result`.
 */
export interface BootDecorator {
  readonly value: BootValue;
  readonly at: SourceLocation;
  /** In the module of `at`. */
  readonly span: Span;
}

/** A declared type, as far as it names one thing. */
export type BootType =
  | { readonly kind: 'symbol'; readonly symbol: SymbolId; readonly isList?: true }
  | { readonly kind: 'external'; readonly package: string; readonly path: readonly string[]; readonly isList?: true };

/** What a container was set up with. */
export interface BootContainer {
  /** The object that the call gave: the application. */
  readonly object: LibraryObjectId;
  /** The root first, then in the order in which they are first imported. */
  readonly modules: readonly BootContainerModule[];
}

export interface BootContainerModule {
  /** {@link BootClass.id}. */
  readonly class: string;
  /** Positions in {@link BootContainer.modules}. */
  readonly imports: readonly number[];
  readonly isGlobal?: true;
  /** Conditions under which code adds it, or every module that imports it, to a list; absent where there are none. */
  readonly guards?: readonly BootGuard[];
  /** What its lists hold (`providers`, `controllers`), those of its dynamic form included. */
  readonly lists: Readonly<Record<string, readonly BootValue[]>>;
  /** Imports that are no modules of the program: dynamic modules of packages. */
  readonly externals: readonly BootValue[];
}

export interface BootCall {
  readonly from: SymbolId;
  readonly to: SymbolId;
  readonly at: SourceLocation;
  /** Offset at which the call ends: of several that begin at one place, which one it is. */
  readonly end?: number;
}

/**
 * A function value, told apart from other values of the same function by what it was made with (captured services, its
 * instance) or is called with. `calls` of all closures of a symbol together are what the symbol may call.
 */
export interface BootClosure {
  readonly id: ClosureId;
  readonly symbol: SymbolId;
  readonly calls: readonly ClosureCall[];
  /** Calls, of those that some closure of the symbol resolves, of which not every callee is known here. */
  readonly open: readonly Span[];
  /** Functions inside it, as it makes them. */
  readonly makes: readonly ClosureId[];
  /** A bound was reached while it was followed: calls may be missing. */
  readonly isCut?: true;
}

export interface ClosureCall {
  /** The call, in the symbol's module; absent for functions handed to code that is not known, and for code of another file. */
  readonly span?: Span;
  /** What it runs; a symbol where the call was not followed. Sorted. */
  readonly to: readonly (ClosureId | SymbolId)[];
}

/** A place that loads modules whose names are no constants; `modules` are those of the program, sorted. */
export interface BootLoad {
  readonly at: SourceLocation;
  readonly modules: readonly ModuleId[];
}

export interface BootEntry {
  readonly module: ModuleId;
  readonly reason: 'configuration' | 'package-script' | 'package-main' | 'container' | 'convention' | 'unimported-with-listener';
}

/** An abstract object that a library call created: an Express router, a Prisma client, a pool, a session middleware. */
export interface LibraryObject {
  readonly id: LibraryObjectId;
  /** Package and kind as its model names them: `express.router`, `prisma.client`, `pg.pool`. */
  readonly kind: string;
  readonly arguments: readonly BootValue[];
  readonly at: SourceLocation;
  /** The call that made it. */
  readonly span: SourceSpan;
}

export interface LibraryBinding {
  readonly object: LibraryObjectId;
  /** The variable, class field (`OrderService.pool`), or parameter (`createRouter.db`) that holds it. */
  readonly symbol: SymbolId;
}

export interface LibraryMember {
  readonly object: LibraryObjectId;
  /** The member expression. */
  readonly span: SourceSpan;
}

/** One effect of a modelled call on a library object. */
export interface BootEffect {
  /** Position in evaluation order, from 0, without gaps. */
  readonly order: number;
  readonly object: LibraryObjectId;
  /** What happened, as the model names it: `route`, `use`, `listen`, `schedule`, `subscribe`… */
  readonly verb: string;
  /** Method by which it was called (`get`, `use`, `setInterval`), computed names folded. */
  readonly method: string;
  readonly arguments: readonly BootValue[];
  /** What the call returned when that is a library object (`router.route('/x')`). */
  readonly result?: LibraryObjectId;
  readonly at: SourceLocation;
  /** The whole expression statement (or chain link) that performs it: the unit the extractor keeps or drops. */
  readonly span: SourceSpan;
  /** Call sites through which evaluation came here, outermost first; empty at a module's top level. */
  readonly via: readonly SourceSpan[];
  /** Conditions under which it happens, as written; empty when unconditional. */
  readonly guards: readonly BootGuard[];
  /** In a loop whose collection was known: which iteration; the span is then shared by several effects. */
  readonly iteration?: number;
}

export interface BootGuard {
  readonly text: string;
  readonly taken: boolean;
  readonly at: SourceLocation;
}

/** A value as far as evaluation knows it, cut to what models and analyzers read. */
export type BootValue =
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null | undefined }
  /** A string with holes: `parts.length === holes.length + 1`. */
  | { readonly kind: 'template'; readonly parts: readonly string[]; readonly holes: readonly string[] }
  | { readonly kind: 'pattern'; readonly source: string; readonly flags: string }
  | { readonly kind: 'environment'; readonly name: string; readonly default?: BootValue }
  | { readonly kind: 'array'; readonly elements: readonly BootValue[]; readonly complete: boolean }
  | { readonly kind: 'object'; readonly properties: Readonly<Record<string, BootValue>>; readonly complete: boolean }
  /** A function of the program: `symbol` is its id; `instance` the class whose method it is, when bound. */
  | {
      readonly kind: 'function';
      readonly symbol: SymbolId;
      readonly at: SourceLocation;
      readonly parameters: number;
      readonly wrapped?: boolean;
      /** Functions of the program around it (`asyncHandler.<function 3:10>`), outermost first, when it is wrapped. */
      readonly wrappers?: readonly SymbolId[];
      /** The value with its wrappers, in {@link BootTrace.closures}. */
      readonly closure?: ClosureId;
      /** The only function handed to the code that made this one, and called in it: tells apart routes that share an adapter. */
      readonly delegate?: SymbolId;
      /** What the calls that made it were given, by name: texts, classes, values of packages, and objects that hold such. */
      readonly captured?: Readonly<Record<string, BootValue>>;
      /** What it gives, where it is written in a decorator's argument and calls nothing. */
      readonly result?: BootValue;
    }
  /** `id`: of {@link BootClass}, where it is not the symbol. */
  | { readonly kind: 'class'; readonly symbol: SymbolId; readonly id?: string }
  | { readonly kind: 'instance'; readonly class: SymbolId }
  | { readonly kind: 'library'; readonly object: LibraryObjectId }
  /** A value from a package without a model: `{ package: 'helmet', path: ['default'] }`, `called` when it is a call's result. */
  | {
      readonly kind: 'external';
      readonly package: string;
      readonly path: readonly string[];
      readonly called: boolean;
      readonly arguments?: readonly BootValue[];
      readonly at?: SourceLocation;
    }
  | { readonly kind: 'union'; readonly options: readonly BootValue[] }
  | { readonly kind: 'unknown'; readonly text?: string; readonly at?: SourceLocation };

/**
 * What calls of one library do to abstract values: a table, no code that looks at syntax.
 * `exports` are reached by import path (`default`, `Router`, `default.Router`); `objects` describes each kind's members.
 */
export interface LibraryModel {
  readonly name: string;
  /**
   * Package names (and builtins as `node:timers`) and, for globals such as `setInterval`, the name `globals`; `name/*` when
   * files of the package export the same names.
   */
  readonly packages: readonly string[];
  readonly exports: Readonly<Record<string, MemberModel>>;
  readonly objects: Readonly<Record<string, ObjectModel>>;
  /** A command of package scripts that starts the module named in it (`fastify start app.js`): called with the module. */
  readonly command?: { readonly name: string; readonly performs: Performance };
  /** Exports that are decorators, by name. */
  readonly decorators?: Readonly<Record<string, DecoratorModel>>;
  readonly conventions?: readonly FileConvention[];
}

/** What a decorator means to the library's container. */
export interface DecoratorModel {
  /**
   * The library calls the decorated member (`true`), or those members of the decorated class, on the instance that a
   * container made: they are followed as registered functions.
   */
  readonly handles?: true | readonly string[];
  /** Its arguments are decorators that it applies, the first one first: `applyDecorators(…)`. */
  readonly composes?: true;
  /** Classes among its arguments are made by the container where the decorated class is: `@UseGuards(RolesGuard)`. */
  readonly makes?: true;
  /** Of a parameter or property: position of the argument that is the token, or the library object given. */
  readonly injects?: number | { readonly object: string };
  /** The class is a module of a container. */
  readonly module?: ContainerModel;
  /** What the module provides is seen by all others. */
  readonly isGlobal?: true;
}

/**
 * How a module class tells a container what is in it: by properties of the decorator's first argument, and of objects that
 * stand in its place and name it (dynamic modules). Lists may be nested, their elements promised or given by a function.
 */
export interface ContainerModel {
  /** Lists of what is provided: classes, and objects with `provide` and `useClass`, `useValue`, `useFactory` or `useExisting`. */
  readonly provides: readonly string[];
  readonly imports: string;
  readonly exports: string;
  /** Properties of a dynamic module that name the class and say that it is global. */
  readonly class: string;
  readonly global: string;
  /** Methods of what is provided, or of module classes only, that are called at start-up, with what they are given. */
  readonly invokes: Readonly<Record<string, { readonly on: 'any' | 'module'; readonly with: readonly ResultModel[] }>>;
}

/**
 * Modules that a framework loads by where they stand. They are evaluated after start-up, and each of their exports is an
 * effect on the library's singleton, under the export's name as `method`. Its arguments are the module's path below the
 * project's folder, the export's value, and that folder.
 */
export interface FileConvention {
  /** The framework is used where a manifest names one of them. */
  readonly packages: readonly string[];
  /** Base names of files that mark a project's folder where the manifest stands further up: `next.config`. */
  readonly configuredBy?: readonly string[];
  /** Whether the module at that path below the project's folder is loaded. */
  readonly loads: (path: string) => boolean;
  /** Only modules that export one of these names are handlers; all of them where none is named. */
  readonly exporting?: readonly string[];
  /** Only modules that import one of these names of the packages. */
  readonly importing?: readonly string[];
  readonly records: string;
}

export interface ObjectModel {
  /** Members by name; `*` stands for any other member. */
  readonly members: Readonly<Record<string, MemberModel>>;
  /** What calling the object itself does (an Express app is a function). */
  readonly call?: CallModel;
  /** What waiting for the object does (a Fastify instance loads its plugins). */
  readonly awaited?: CallModel;
}

export type MemberModel =
  | CallModel
  | { readonly property: ResultModel }
  | { readonly members: Readonly<Record<string, MemberModel>>; readonly call?: CallModel };

/** What one call does. */
export interface CallModel {
  /** Records a {@link BootEffect} with this verb. For an export the effect stands on the object the call returns, or on the library's singleton. */
  readonly records?: string;
  readonly returns?: ResultModel;
  /** Callbacks that the library runs at start-up, with what it passes: `app.listen(port, callback)`. */
  readonly invokes?: readonly { readonly argument: number | 'last'; readonly with: readonly ResultModel[] }[];
  /** Calls the argument `callback` for each member of the argument `collection`, with value and key; gives the results. */
  readonly iterates?: { readonly collection: number; readonly callback: number };
  /**
   * What a container gives for a token from now on: `bind(token).to(Class)` takes the token that the receiver keeps. `class`
   * is made when asked for, `factory` called, a `provider` is an object with `useClass`, `useValue` or `useFactory`.
   */
  readonly provides?: {
    readonly token: number | 'kept';
    /** Absent: the token itself is the class. */
    readonly with?: number;
    readonly as: 'class' | 'value' | 'factory' | 'provider';
  };
  /**
   * Runs the method of the class that the container made and that a decorator of that name ties to the class of the first
   * argument: `commandBus.execute(new PlaceOrder(…))`.
   */
  readonly dispatches?: { readonly decorator: string; readonly method: string };
  /** Runs the method that a member of the first argument names, of the object that another one holds. */
  readonly delegates?: { readonly to: string; readonly method: string };
  /** Classes among its arguments are made by the container: `consumer.apply(Logger)`. */
  readonly makes?: true;
  /** Sets up a container from the module class that this argument is; the call's result is the application. */
  readonly assembles?: number;
  /** Also applies when written with `new`; a container makes one for a parameter of that type. */
  readonly constructs?: boolean;
  /** What no entry of the table says, in code; it gives the result and records effects itself. Start-up only. */
  readonly performs?: Performance;
  /** What the call does instead when it has exactly that many arguments: `app.get('env')` reads a setting. */
  readonly withArguments?: Readonly<Record<number, CallModel>>;
}

export type ResultModel =
  | 'self'
  | 'unknown'
  | 'undefined'
  /** What a container gives for the name of the member itself: `cradle.orderService`. */
  | 'named'
  /** `keeps`: the argument that later calls on the object read. */
  | { readonly object: string; readonly keeps?: number }
  | { readonly argument: number }
  /** A function that wraps its argument, as `asyncHandler(fn)` does: the handler stays `fn`. */
  | { readonly wraps: number }
  /**
   * What a container gives for that argument: what was provided for the token, else the instance of the class, one for each,
   * constructor parameters made by their tokens or types.
   */
  | { readonly instanceOf: number }
  /** A plain object made of the arguments (or of the list that the first one is); the last one wins unless told. */
  | { readonly merges: 'arguments' | 'list'; readonly first?: 'wins' }
  | { readonly constant: string | number | boolean | null };

/**
 * What the code of a model may do, where a table does not say enough: plugins that are called later, folders that are
 * loaded by rules. Values are opaque to it: it sees them, and hands them on, through the host only.
 */
export interface LibraryHost<Value> {
  /** Name by which the call was made (`register`). */
  readonly method: string;
  readonly given: readonly Value[];
  /** The object that the call was made on. */
  readonly receiver: Value | undefined;
  /** A value as analyzers see it. */
  see(value: Value | undefined): BootValue;
  /** Whether a value is a plain object, as {@link see} would tell, without looking into it. */
  isObject(value: Value): boolean;
  /** A member of a value, `undefined` when it is known to have none of that name, or where there is no value. */
  member(value: Value | undefined, name: string): Value | undefined;
  /** Members of a plain object, an instance or a module as far as they are known. */
  members(value: Value): { readonly entries: readonly (readonly [string, Value])[]; readonly complete: boolean };
  /** Elements of a list; the value itself where it is none. */
  elements(value: Value): { readonly values: readonly Value[]; readonly complete: boolean };
  assign(target: Value, name: string, value: Value): void;
  constant(value: string | number | boolean | null | undefined): Value;
  /** A variable of the environment, with what stands for it where it is not set. */
  environment(name: string, fallback?: Value): Value;
  /** A value of which nothing is known, as the call is written. */
  unknown(): Value;
  /** A text made of parts, with holes where they are not known. */
  concatenate(parts: readonly Value[]): Value;
  /** A plain object, `complete` when there are no other members. */
  object(members: Iterable<readonly [string, Value]>, complete?: boolean): Value;
  list(elements: Iterable<Value>): Value;
  /** A library object; one that `inherits` has the members that were assigned to another. */
  make(kind: string, about: { readonly arguments: readonly Value[]; readonly inherits?: Value }): Value;
  record(effect: {
    readonly verb: string;
    /** Absent: the receiver, else the library's one object. */
    readonly on?: Value;
    readonly arguments: readonly Value[];
    readonly result?: Value;
  }): void;
  /** What is called where a library takes a function, a promise of one, or a module that has it as its default export. */
  callable(value: Value): Value | undefined;
  call(callee: Value, given: readonly Value[], receiver?: Value): Value;
  construct(callee: Value, given: readonly Value[]): Value;
  /** Names of the parameters of a function, or of the constructor that makes instances of a class; empty where one has none. */
  parameters(value: Value): readonly string[];
  /** A function that a model implements. */
  makeFunction(name: string, body: (given: readonly Value[]) => Value): Value;
  /** What a library keeps of one call for others, by a name; `undefined` when nothing was kept. */
  recall(name: string): Value | undefined;
  keep(name: string, value: Value): void;
  /** What containers give for a token: what the factory returns. */
  provide(token: string, factory: Value): void;
  /** Runs code when the code that runs now has ended; what that puts off runs before it counts as ended. */
  later(body: () => void): void;
  /** Runs what was put off so far. */
  settle(): void;
  /** Files at or below a folder that code names, relative to the root; `place` is the folder. */
  filesBelow(folder: Value): { readonly place: string; readonly files: readonly string[] } | undefined;
  /** The module of a file of the program. */
  load(file: string): Value | undefined;
  /** Tells that the call hands over something of which is not known what it does. */
  unclear(): void;
}

/** Code of a model; gives what the call returns. */
export type Performance = <Value>(host: LibraryHost<Value>) => Value;
