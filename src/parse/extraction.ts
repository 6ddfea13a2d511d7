import type * as ast from 'oxc-parser';
import { placeOf } from '../lib/place.ts';
import type {
  CallSyntax,
  ComparisonSyntax,
  DeclarationKind,
  DeclarationSyntax,
  EnvironmentReadSyntax,
  ExportSyntax,
  Expression,
  ImportSyntax,
  LoopSyntax,
  MutationSyntax,
  NarrowingSyntax,
  SyntaxErrorRecord,
  TestSyntax,
  TypeSyntax,
} from '../model/file-syntax.ts';
import { MODULE_INIT } from '../model/ids.ts';
import type { Span } from '../model/location.ts';

export type Draft<T> = { -readonly [Key in keyof T]: T[Key] };
export type DeclarationDraft = Draft<DeclarationSyntax>;

/** A lexical scope while the file is walked; a name maps to its declaration, or to -1 for a type parameter. */
export interface Scope {
  readonly parent: Scope | undefined;
  readonly kind: 'module' | 'function' | 'block';
  readonly span: Span;
  readonly names: Map<string, number>;
  /** Names of this scope that hold `process.env` itself. */
  environment?: Set<string>;
  /** Names of this scope that hold the `process` module. */
  processes?: Set<string>;
}

/** A use of a name, kept until all declarations of the file are known. */
export interface Reference {
  readonly name: string;
  readonly scope: Scope;
  readonly owner: number;
  readonly meaning: 'value' | 'type';
  readonly at: number;
  readonly property: string | undefined;
  readonly access: 'read' | 'write';
}

/** A mutation of whatever its root name turns out to be. */
export interface MutationCandidate {
  readonly root: string;
  readonly scope: Scope;
  readonly path: readonly string[];
  readonly operation: MutationSyntax['operation'];
  readonly method?: string;
  readonly value?: Expression;
  readonly owner: number;
  readonly span: Span;
}

/** The walk over one file: tables under construction and where the walk stands. */
export interface Extraction {
  readonly lineStarts: readonly number[];
  readonly declarations: DeclarationDraft[];
  readonly calls: Draft<CallSyntax>[];
  readonly imports: ImportSyntax[];
  readonly exports: ExportSyntax[];
  readonly references: Reference[];
  readonly mutations: MutationCandidate[];
  readonly narrowings: NarrowingSyntax[];
  readonly environmentReads: EnvironmentReadSyntax[];
  readonly comparisons: ComparisonSyntax[];
  readonly tests: TestSyntax[];
  readonly loops: Draft<LoopSyntax>[];
  /** Those around the walk, innermost last. */
  readonly openLoops: Draft<LoopSyntax>[];
  readonly errors: SyntaxErrorRecord[];
  readonly taken: Map<string, number>;
  readonly visit: Visitors;
  /** Innermost declaration around the walk. */
  owner: number;
  /** Innermost function-like, instance field, or the module. */
  code: number;
  /** Class whose members are walked; -1 outside. */
  currentClass: number;
  scope: Scope;
  depth: number;
  isModule: boolean;
  isCommonJs: boolean;
  /** The expression that is a statement of its own: nothing takes its value. */
  statement: ast.Node | undefined;
  /** Member or identifier nodes that are written, not read. */
  readonly written: Set<ast.Node>;
  /** Nodes for `process.env` whose reads are already recorded. */
  readonly handledEnvironment: Set<ast.Node>;
  readonly exportedBindings: Set<string>;
  /** Members of each class by name. */
  readonly fields: Map<number, Map<string, number>>;
  /** What the function that is walked returns. */
  returns: Expression[] | undefined;
}

/** The mutually recursive visitors, joined in `extract-syntax.ts`. */
export interface Visitors {
  expression(x: Extraction, node: ast.Node): Expression;
  statements(x: Extraction, nodes: readonly ast.Node[]): void;
  statement(x: Extraction, node: ast.Node): void;
  functionLike(x: Extraction, node: ast.Function | ast.ArrowFunctionExpression, index: number): void;
  classLike(x: Extraction, node: ast.Class, index: number): void;
  namedValue(x: Extraction, node: ast.Node, naming: Naming): Expression;
  type(x: Extraction, node: ast.Node): TypeSyntax;
}

/** How a value that gets a declaration of its own is named. */
export interface Naming {
  readonly segment: string;
  readonly binding?: string;
  readonly span: Span;
  readonly mutability?: DeclarationSyntax['mutability'];
  /** The declared type of the variable. */
  readonly type?: ast.Node | null | undefined;
}

/** Adds a declaration and returns its index; its name is made unique in the file. */
export function declare(
  x: Extraction,
  kind: DeclarationKind,
  names: { readonly segment: string; readonly binding?: string; readonly parent?: number },
  span: Span,
): number {
  const parent = names.parent ?? x.owner;
  const draft: DeclarationDraft = {
    kind,
    name: uniqueName(x, kind, qualify(x, parent, names.segment), span),
    parent,
    span: { start: span.start, end: span.end },
  };
  if (names.binding !== undefined) draft.binding = names.binding;
  return x.declarations.push(draft) - 1;
}

const qualify = (x: Extraction, parent: number, segment: string): string => {
  const outer = x.declarations[parent]?.name;
  return outer === undefined || outer === MODULE_INIT ? segment : `${outer}.${segment}`;
};

/** Types may share a name with a value, getters with setters, and interfaces and namespaces with each other. */
const sharing = new Set<DeclarationKind>(['interface', 'type-alias', 'namespace', 'getter', 'setter']);

function uniqueName(x: Extraction, kind: DeclarationKind, name: string, span: Span): string {
  const holder = x.taken.get(name);
  if (holder === undefined) {
    x.taken.set(name, x.declarations.length);
    return name;
  }
  const holderKind = x.declarations[holder]?.kind;
  if (isSameParameter(x, kind, holder)) return name;
  if (sharing.has(kind) || (holderKind !== undefined && sharing.has(holderKind)) || isSignature(x, holder)) return name;
  const dot = name.lastIndexOf('.') + 1;
  const placed = `${name.slice(0, dot)}<${name.slice(dot).replace(/[<>]/g, '')} ${placeText(x, span.start)}>`;
  if (!x.taken.has(placed)) x.taken.set(placed, x.declarations.length);
  return placed;
}

export const placeText = (x: Extraction, offset: number): string => {
  const { line, column } = placeOf(x.lineStarts, offset);
  return `${line}:${column}`;
};

export const draftAt = (x: Extraction, index: number): DeclarationDraft => {
  const draft = x.declarations[index];
  if (draft === undefined) throw new RangeError(`no declaration ${index}`);
  return draft;
};

/** Binds a name in the current scope (`var` in the nearest function). */
export function bind(x: Extraction, name: string, index: number, mode: 'lexical' | 'var' = 'lexical'): void {
  let scope = x.scope;
  if (mode === 'var') while (scope.kind === 'block' && scope.parent !== undefined) scope = scope.parent;
  const known = scope.names.get(name);
  if (known === undefined || isTypeOnly(x, known) || isSignature(x, known)) scope.names.set(name, index);
  if (scope.kind === 'block' && index >= 0) draftAt(x, index).scope = scope.span;
}

const isTypeOnly = (x: Extraction, index: number): boolean => {
  const kind = x.declarations[index]?.kind;
  return kind === undefined || kind === 'interface' || kind === 'type-alias';
};

/** Parameters of an overload and of its implementation share names. */
const isSameParameter = (x: Extraction, kind: DeclarationKind, holder: number): boolean =>
  kind === 'parameter' && x.declarations[holder]?.kind === 'parameter' && x.declarations[holder].parent !== x.owner;

/** Marks a name of the current scope as `process.env` itself. */
export function markEnvironment(x: Extraction, name: string): void {
  x.scope.environment ??= new Set();
  x.scope.environment.add(name);
}

/** An overload, an ambient function or an abstract method: its implementation may share the name. */
const isSignature = (x: Extraction, index: number): boolean => {
  const draft = x.declarations[index];
  return draft !== undefined && (draft.kind === 'function' || draft.kind === 'method') && draft.returns === undefined;
};

export function lookup(scope: Scope, name: string): Scope | undefined {
  for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) {
    if (current.names.has(name)) return current;
  }
  return undefined;
}

export const openScope = (x: Extraction, kind: Scope['kind'], span: Span): Scope => ({
  parent: x.scope,
  kind,
  span: { start: span.start, end: span.end },
  names: new Map(),
});

/** Walks something inside a new scope. */
export function within(x: Extraction, kind: Scope['kind'], span: Span, walk: () => void): void {
  const outer = x.scope;
  x.scope = openScope(x, kind, span);
  walk();
  x.scope = outer;
}

/** Walks something that belongs to a declaration; `code` says whether calls in it are that declaration's own. */
export function ownedBy<T>(x: Extraction, index: number, code: 'own-code' | 'outer-code', walk: () => T): T {
  const { owner, code: outerCode } = x;
  x.owner = index;
  if (code === 'own-code') x.code = index;
  const result = walk();
  x.owner = owner;
  x.code = outerCode;
  return result;
}

export function refer(
  x: Extraction,
  name: string,
  meaning: Reference['meaning'],
  at: number,
  { property, access = 'read' }: { readonly property?: string | undefined; readonly access?: Reference['access'] } = {},
): void {
  x.references.push({ name, scope: x.scope, owner: x.owner, meaning, at, property, access });
}

export const spanOf = (node: ast.Span): Span => ({ start: node.start, end: node.end });
