import type { ModuleId } from './ids.ts';
import type { Span } from './location.ts';

/**
 * Everything any analyzer needs from one file, taken in one pass over its tree. Serialisable; cached by content.
 * All offsets are UTF-16 offsets into the file. Local names are not yet resolved: that is `link`'s work.
 */
export interface FileSyntax {
  readonly path: ModuleId;
  /** Hash of the content. */
  readonly hash: string;
  /** Offset at which each line starts; `lineStarts[0]` is 0. */
  readonly lineStarts: readonly number[];
  readonly imports: readonly ImportSyntax[];
  readonly exports: readonly ExportSyntax[];
  /** Every declaration and function-like of the file, parents before children, in source order. */
  readonly declarations: readonly DeclarationSyntax[];
  /** Every call, `new` and tagged template, in source order; expressions refer to them by index. */
  readonly calls: readonly CallSyntax[];
  /** Every use of a name that is not declared in a function around it: module-level bindings, imports and globals. */
  readonly uses: readonly NameUse[];
  /** Assignments and mutating calls whose target starts at a module-level or `static` binding. */
  readonly mutations: readonly MutationSyntax[];
  /** Where conditions tell the types of names, in source order. */
  readonly narrowings: readonly NarrowingSyntax[];
  /** Reads of `process.env`, at any depth, in any of its spellings, bracket and destructuring included. */
  readonly environmentReads: readonly EnvironmentReadSyntax[];
  /** Names and members that code tells apart by constant texts: `request.method === 'GET'`, and the cases of a `switch`. */
  readonly comparisons?: readonly ComparisonSyntax[];
  /** Names and members that tests of `if` look at, in source order. */
  readonly tests?: readonly TestSyntax[];
  /** Loops that count to a number or a name, in source order. */
  readonly loops?: readonly LoopSyntax[];
  /** What the parser said; after an error that is not `recovered` from, tables are empty or lack the place. */
  readonly errors: readonly SyntaxErrorRecord[];
  /** A file without import or export is a script: its declarations are global. */
  readonly isScript: boolean;
  /** `imports`: only these were taken, of a test that nothing but tests may import; all other tables are empty. */
  readonly extent?: 'imports';
}

export interface SyntaxErrorRecord {
  readonly message: string;
  readonly offset: number;
  /** The parser made a whole tree all the same: what it objects to is a rule (`await` outside `async`), not the form. */
  readonly recovered?: true;
}

export type ImportKind =
  | 'import'
  | 'import-type'
  | 're-export'
  | 're-export-type'
  | 'dynamic-import'
  | 'require'
  | 'import-equals'
  | 'type-query';

/** One place that names another module. */
export interface ImportSyntax {
  readonly kind: ImportKind;
  /** The written specifier; absent when it is computed (a diagnostic says so). */
  readonly specifier?: string;
  /** Names bound by it. `imported` is `*` for a namespace and `default` for the default. Empty for a bare import. */
  readonly bindings: readonly ImportBinding[];
  readonly span: Span;
  /** Index of the declaration that contains it; dynamic imports and requires inside functions are lazy. */
  readonly owner: number;
}

export interface ImportBinding {
  readonly imported: string;
  readonly local: string;
  readonly typeOnly: boolean;
}

/** `local` and `imported` are exclusive: an export of an own binding, or a re-export through `imports[from]`. */
export interface ExportSyntax {
  /** The exported name; `default`; `*` for `export * from`; `=` for `export =` and `module.exports =`. */
  readonly name: string;
  /** The local binding it exports. */
  readonly local?: string;
  /** The exported expression when it is no plain name. */
  readonly value?: Expression;
  /** Index into `imports` for a re-export, with the name taken from there (`*` for all). */
  readonly from?: number;
  readonly imported?: string;
  readonly typeOnly: boolean;
  readonly span: Span;
}

export type DeclarationKind =
  | 'module' // always index 0: the file's own start-up code
  | 'function'
  | 'method'
  | 'constructor'
  | 'getter'
  | 'setter'
  | 'arrow' // function-likes, nested ones too
  | 'class'
  | 'field'
  | 'interface'
  | 'type-alias'
  | 'enum'
  | 'namespace'
  | 'variable' // module-level and local const/let/var, one for each bound name
  | 'parameter'
  | 'object-member'; // a member of an object literal bound to a module-level constant, with a function or object value

/** A declaration; `name` is its path inside the file as in {@link SymbolId}. */
export interface DeclarationSyntax {
  readonly kind: DeclarationKind;
  /** Dotted path inside the file: `OrderService.place`, `createRouter.<function 12:5>`, `<module>`. */
  readonly name: string;
  /** The plain binding name; absent for anonymous functions. */
  readonly binding?: string;
  /** Index of the enclosing declaration; -1 for the module itself. */
  readonly parent: number;
  /** The whole declaration, decorators and `export` included; for a variable its declarator. */
  readonly span: Span;
  readonly mutability?: 'const' | 'let' | 'var';
  readonly isStatic?: boolean;
  readonly isAsync?: boolean;
  readonly isAbstract?: boolean;
  /** `private`, `public`, `protected`, `readonly` on a constructor parameter makes it a field of that name too. */
  readonly isParameterProperty?: boolean;
  readonly isRest?: boolean;
  readonly isOptional?: boolean;
  /** Declared type of a variable, parameter or field; return type of a function-like; aliased type of an alias. */
  readonly type?: TypeSyntax;
  /** Declared type of the variable, field or cast that holds this function-like. */
  readonly contextualType?: TypeSyntax;
  /**
   * Initialiser of a variable, field or parameter default; the value of an object member; an enum's members as an object.
   * A function or class bound to a name is one declaration of kind `arrow`, `function`, `class`, `field` or `object-member`
   * and its initialiser refers to itself.
   */
  readonly initializer?: Expression;
  /** Declaration in whose scope the initialiser is written, when that is another one: `this.x = x` in a constructor. */
  readonly initializerOwner?: number;
  /**
   * For a name bound by destructuring: the way from the initialiser (or the parameter, and `type`) to it, `['user', 'id']`,
   * `['0']`; rest is `'...'`, an element of the iterated collection `'[]'`, a computed key `'*'`.
   */
  readonly bindingPath?: readonly string[];
  /**
   * What later code assigns to the variable (`=`), adds to it (`+=`) or pushes into it, in source order, at most 16:
   * texts and lists are often built so. Absent when nothing is.
   */
  readonly written?: readonly { readonly how: 'assign' | 'append' | 'push'; readonly value: Expression }[];
  /**
   * For a local or a parameter: what code changes of it, by the way there, of two names at most: `tags` and `author.name`
   * where members are assigned or collections in them are changed, `` (nothing) where it is counted, is a collection itself or
   * has a member deleted, `*` for a computed name. At most 32, of which the last is `*` when there are more. Absent when nothing is changed.
   */
  readonly changed?: readonly string[];
  /** Position of the parameter this name is bound by. */
  readonly position?: number;
  /** The block a local name is visible in, when that is smaller than the function (or module) around it. */
  readonly scope?: Span;
  /** For a function-like with a body (and only there): what it may return, at most 8 (`complete: false` when there are more). */
  readonly returns?: { readonly values: readonly Expression[]; readonly complete: boolean };
  readonly extends?: Expression;
  /** Type arguments of `extends`, and interfaces extended or implemented. */
  readonly extendsTypes?: readonly TypeSyntax[];
  readonly implements?: readonly TypeSyntax[];
  readonly typeParameters?: readonly string[];
  /** What a function that returns `book is Novel` tells of its parameter. */
  readonly guards?: { readonly parameter: string; readonly type: TypeSyntax };
  /** Parallel to `typeParameters`: what each extends, else its default. Absent when there is none of either. */
  readonly typeBounds?: readonly (TypeSyntax | null)[];
  readonly decorators?: readonly Expression[];
  /** Index into `calls` of the call this function is passed to, and its position among the arguments. */
  readonly passedTo?: { readonly call: number; readonly argument: number };
  /** The same of a function that stands in an object literal or list passed so, with the way to it: `['onOpen']`, `['[]']`. */
  readonly passedIn?: { readonly call: number; readonly argument: number; readonly path: readonly string[] };
  /** Declared types of the parameters of a signature in an interface, which are no declarations of their own. */
  readonly parameterTypes?: readonly (TypeSyntax | null)[];
}

/** What we keep of a type annotation: enough to find members. */
export type TypeSyntax =
  | { readonly kind: 'reference'; readonly name: readonly string[]; readonly arguments: readonly TypeSyntax[] }
  | { readonly kind: 'import'; readonly import: number; readonly name: readonly string[]; readonly arguments: readonly TypeSyntax[] }
  | { readonly kind: 'query'; readonly name: readonly string[] }
  | { readonly kind: 'array'; readonly element: TypeSyntax }
  | { readonly kind: 'tuple'; readonly elements: readonly TypeSyntax[] }
  | { readonly kind: 'union' | 'intersection'; readonly members: readonly TypeSyntax[] }
  | {
      readonly kind: 'function';
      readonly parameters: readonly (TypeSyntax | null)[];
      readonly result?: TypeSyntax;
      readonly typeParameters?: readonly string[];
    }
  | { readonly kind: 'object'; readonly members: readonly { readonly name: string; readonly type?: TypeSyntax }[] }
  | { readonly kind: 'indexed'; readonly object: TypeSyntax; readonly index: TypeSyntax }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'primitive'; readonly name: string }
  | { readonly kind: 'other' };

/**
 * A compact expression tree: what analyzers and the linker read of arguments, initialisers and receivers.
 * Anything without meaning to them is `other`. Trees are cut at a depth and size bound with `other` (and counted).
 */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null | undefined; readonly span: Span }
  | { readonly kind: 'template'; readonly quasis: readonly string[]; readonly expressions: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | { readonly kind: 'this' | 'super'; readonly span: Span }
  | { readonly kind: 'member'; readonly object: Expression; readonly property: string; readonly optional: boolean; readonly span: Span }
  | { readonly kind: 'index'; readonly object: Expression; readonly index: Expression; readonly span: Span }
  | { readonly kind: 'call'; readonly call: number; readonly span: Span }
  | { readonly kind: 'await'; readonly value: Expression; readonly span: Span }
  | { readonly kind: 'spread'; readonly value: Expression; readonly span: Span }
  | { readonly kind: 'object'; readonly properties: readonly PropertySyntax[]; readonly span: Span }
  | { readonly kind: 'array'; readonly elements: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'function'; readonly declaration: number; readonly span: Span }
  | { readonly kind: 'class'; readonly declaration: number; readonly span: Span }
  /** `a ?? b`, `a || b`, `a && b`, `c ? a : b`: one of the options. */
  | { readonly kind: 'choice'; readonly options: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'concatenation'; readonly parts: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'assertion'; readonly value: Expression; readonly type: TypeSyntax; readonly span: Span }
  /** `operands` where it is arithmetic, a comparison or a negation, which is all that is kept of it. */
  | { readonly kind: 'other'; readonly span: Span; readonly operands?: readonly Expression[] };

export interface PropertySyntax {
  /** Absent for a spread and for a computed key that is no constant. */
  readonly key?: string;
  /** What stands in brackets in place of such a key. */
  readonly computed?: Expression;
  readonly value: Expression;
}

export interface CallSyntax {
  /** `element`: a JSX element of a component, with the component as callee. `import(x)` is a `call` of the name `import`. */
  readonly kind: 'call' | 'new' | 'tagged-template' | 'element';
  readonly callee: Expression;
  readonly arguments: readonly Expression[];
  readonly typeArguments?: readonly TypeSyntax[];
  readonly span: Span;
  /** Index of the innermost function-like, instance field, or the module, whose code contains the call. */
  readonly owner: number;
  readonly isAwaited: boolean;
  /** Written as `a?.()`. */
  readonly isOptional: boolean;
}

/** A use of a module-level, imported or global name, by the declaration it stands in. One record per (owner, name, meaning), first place. */
export interface NameUse {
  readonly name: string;
  /** Innermost declaration that contains it. */
  readonly owner: number;
  readonly meaning: 'value' | 'type';
  readonly at: number;
  /** First property taken of it (`orders.find` → `find`, `*` for a computed one) for namespaces and objects; several uses make several records. */
  readonly property?: string;
  /** The name or its property is only written here (`total = 1`, `total++;`, `delete books[id]`). */
  readonly access?: 'write';
}

export interface MutationSyntax {
  /**
   * The module-level (or `Class.field` static) binding, and the member path written below it. `this` for what a method,
   * but not the constructor, changes of its instance.
   */
  readonly binding: string;
  readonly path: readonly string[];
  readonly operation: 'assign' | 'update' | 'delete' | 'call';
  /** For `call`: the mutating method (`set`, `push`, `clear`…). */
  readonly method?: string;
  /** What `=`, `??=` or `||=` assigns, unless the target is a pattern. */
  readonly value?: Expression;
  readonly owner: number;
  readonly span: Span;
}

/** `if (book instanceof Novel) { … }`: what a name is in a part of the code; one of `type` and `guard` says it. */
export interface NarrowingSyntax {
  readonly name: string;
  /** Offset of the name in the condition, and the declaration around it. */
  readonly at: number;
  readonly owner: number;
  /** Where the condition holds. */
  readonly span: Span;
  /** The class after `instanceof`. */
  readonly type?: Expression;
  /** A call that is given the name at a position: perhaps of a function that returns `book is Novel`. */
  readonly guard?: { readonly call: number; readonly position: number };
}

export interface EnvironmentReadSyntax {
  /** Absent when the name is computed. */
  readonly name?: string;
  /** What stands in the brackets of a computed one, when that is a plain name. */
  readonly key?: Expression;
  readonly default?: Expression;
  readonly owner: number;
  readonly span: Span;
}

/** A name or a member that the test of an `if` looks at. */
export interface TestSyntax {
  /** `['request', 'session', 'userId']`. */
  readonly path: readonly string[];
  /** Innermost declaration that contains it. */
  readonly owner: number;
  readonly at: number;
  /** What runs because there is one that is not empty; absent where the test asks something else. */
  readonly present?: Span;
  /** What runs because there is none, or it is empty; absent where the test asks something else. */
  readonly absent?: Span;
}

/** `for (let i = 0; i < 1000; i += 2)`. */
export interface LoopSyntax {
  readonly from: number;
  /** A number, or a name that may stand for one. */
  readonly to: Expression;
  /** What is added each time; less than 0 where it counts down. */
  readonly step: number;
  /** The function whose code it is, as {@link CallSyntax.owner}. */
  readonly owner: number;
  readonly span: Span;
  /** Code in it may leave it early: `break`, `return`, `throw`. */
  readonly mayEnd?: true;
}

export interface ComparisonSyntax {
  /** The name, or the last property, that is compared: `method` of `request.method`. */
  readonly name: string;
  readonly value: string;
  /** Innermost declaration that contains it. */
  readonly owner: number;
  readonly at: number;
  /** What runs where the value is none that it is compared with there: an `else`, a `default`, or what follows. */
  readonly otherwise?: Span;
}
