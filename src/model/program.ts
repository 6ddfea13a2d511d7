import type { CallSyntax, ComparisonSyntax, DeclarationSyntax, FileSyntax, ImportKind, TestSyntax } from './file-syntax.ts';
import type { ModuleId, SymbolId } from './ids.ts';
import type { SourceLocation, Span } from './location.ts';

/** The linked program: modules, symbols, resolved imports and the symbol-level call graph. */
export interface Program {
  /** Sorted by id. */
  readonly modules: readonly ModuleRecord[];
  /** Every import of every module that names something, resolved or not; sorted by module, then offset. */
  readonly imports: readonly ResolvedImport[];
  /** Sorted by `from`, then place. */
  readonly calls: readonly CallEdge[];
  readonly counts: LinkCounts;
}

export interface ModuleRecord {
  readonly id: ModuleId;
  readonly syntax: FileSyntax;
  readonly role: 'source' | 'test' | 'declaration';
}

export type ImportTarget =
  | { readonly kind: 'module'; readonly module: ModuleId }
  | { readonly kind: 'package'; readonly package: string; readonly subpath: string }
  | { readonly kind: 'builtin'; readonly name: string }
  /** A file that is no module (JSON, CSS, text), relative to the root. */
  | { readonly kind: 'asset'; readonly path: ModuleId }
  | { readonly kind: 'unresolved'; readonly reason: 'not-found' | 'computed' | 'outside-root' };

export interface ResolvedImport {
  readonly from: ModuleId;
  /** Index into the module's `syntax.imports`. */
  readonly index: number;
  readonly kind: ImportKind;
  readonly specifier?: string;
  readonly target: ImportTarget;
  readonly typeOnly: boolean;
  readonly at: SourceLocation;
}

/** What a name, receiver or type stands for after re-exports are followed. */
export type Referent =
  /** A declaration of the program. */
  | { readonly kind: 'symbol'; readonly symbol: SymbolId }
  /** An export of a package: `{ package: '@prisma/client', path: ['PrismaClient'] }`; `[]` is the namespace, `['default']` the default. */
  | { readonly kind: 'external'; readonly package: string; readonly path: readonly string[] }
  /**
   * An instance of a package's class or what its call returned: members of it are reached through `path`. Calling an
   * `external` keeps the path, calling a member of an instance adds `()`: `(await pool.connect()).query` is
   * `['Pool', 'connect', '()', 'query']`. `(n)` is the n-th parameter of a callback that the package calls, `(this)` its
   * receiver, `[]` an element: `tx` of `prisma.$transaction((tx) => …)` is `['PrismaClient', '$transaction', '(0)']`.
   */
  | { readonly kind: 'external-instance'; readonly package: string; readonly path: readonly string[] }
  | { readonly kind: 'global'; readonly name: string }
  | { readonly kind: 'module'; readonly module: ModuleId }
  | { readonly kind: 'unknown' };

export type CallKind = 'call' | 'construct' | 'callback' | 'decorator' | 'render';
/** Which evidence resolved an edge: names and declared types, the boot evaluation, or a type checker. */
export type Provenance = 'syntactic' | 'boot' | 'checker';

/** One symbol calls (or is handed to) another. `callback`: `to` was passed as an argument at `at`. */
export interface CallEdge {
  readonly from: SymbolId;
  readonly to: SymbolId;
  readonly kind: CallKind;
  readonly provenance: Provenance;
  readonly at: SourceLocation;
}

/** Calls whose callee lies in the analysed code are `internal`; those to packages, builtins and globals are `external`. */
export interface LinkCounts {
  readonly calls: number;
  readonly internal: number;
  readonly external: number;
  /** Calls through a parameter or a value nothing is known of; never guessed. */
  readonly unresolved: number;
  readonly imports: number;
  readonly unresolvedImports: number;
}

/** A call where it is written. */
export interface PlacedCall {
  readonly module: ModuleRecord;
  /** Among the calls of the module. */
  readonly index: number;
  readonly call: CallSyntax;
}

/**
 * Questions about a {@link Program}, answered from indexes built once; the object is a view, the data stays the data.
 * Made by `link` and handed to `boot` and the analyzers.
 */
export interface ProgramQueries {
  readonly program: Program;
  module(id: ModuleId): ModuleRecord | undefined;
  location(module: ModuleId, offset: number): SourceLocation;
  /** The symbol of declaration `index` of a module. */
  symbolAt(module: ModuleId, index: number): SymbolId;
  /** Declaration of a symbol. */
  declaration(symbol: SymbolId): { readonly module: ModuleRecord; readonly index: number } | undefined;
  /** What an exported name of a module stands for, re-exports followed. */
  resolveExport(module: ModuleId, name: string): Referent;
  /**
   * What a name means inside declaration `owner` of a module (locals, parameters, module level, imports, globals). With
   * the offset of its use, names of different blocks of one function are told apart.
   */
  resolveName(module: ModuleId, owner: number, name: string, offset?: number): Referent;
  /** What an expression of a module evaluates to, as far as declarations and declared types tell. */
  resolveExpression(module: ModuleId, owner: number, expression: import('./file-syntax.ts').Expression): Referent;
  /** The instance an expression's declared or inferred type names: the class symbol, or the package's type. */
  typeOfExpression(module: ModuleId, owner: number, expression: import('./file-syntax.ts').Expression): Referent;
  resolvedImport(module: ModuleId, index: number): ResolvedImport | undefined;
  /** Every call of the source modules, in order. */
  sourceCalls(): readonly PlacedCall[];
  /** Calls, comparisons, tests and declarations that stand inside a span of a module, in their order. */
  callsWithin(module: ModuleId, span: Span): readonly CallSyntax[];
  comparisonsWithin(module: ModuleId, span: Span): readonly ComparisonSyntax[];
  testsWithin(module: ModuleId, span: Span): readonly TestSyntax[];
  declarationsWithin(module: ModuleId, span: Span): readonly DeclarationSyntax[];
  callsFrom(symbol: SymbolId): readonly CallEdge[];
  callsTo(symbol: SymbolId): readonly CallEdge[];
  /** Symbols declared directly inside a symbol (functions inside functions, members of classes). */
  childrenOf(symbol: SymbolId): readonly SymbolId[];
  parentOf(symbol: SymbolId): SymbolId | undefined;
}
