import type { ArrowFunctionExpression, Class, Function as FunctionNode, MethodDefinition, Node, PropertyDefinition } from 'oxc-parser';
import type { BootGuard, CallModel, LibraryModel, MemberModel } from '../model/boot-trace.ts';
import type { LibraryObjectId, ModuleId, SymbolId } from '../model/ids.ts';
import type { ImportTarget } from '../model/program.ts';

/**
 * What evaluation knows of a value. Collections and instances are shared by reference and change while the program runs,
 * as they do in the program itself; `depth` is the number of guards that held when they were made.
 */
export type Value =
  | ConstantValue
  | TemplateValue
  | PatternValue
  | EnvironmentValue
  | ArrayValue
  | ObjectValue
  | FunctionValue
  | ClassValue
  | InstanceValue
  | NamespaceValue
  | LibraryValue
  | ExportValue
  | MethodValue
  | ExternalValue
  | BuiltinValue
  | PromiseValue
  | AccessorValue
  | UnionValue
  | UnknownValue;

export type Primitive = string | number | boolean | null | undefined;

export interface ConstantValue {
  readonly kind: 'constant';
  readonly value: Primitive;
}

export interface TemplateValue {
  readonly kind: 'template';
  readonly parts: readonly string[];
  readonly holes: readonly string[];
}

export interface PatternValue {
  readonly kind: 'pattern';
  readonly source: string;
  readonly flags: string;
}

export interface EnvironmentValue {
  readonly kind: 'environment';
  readonly name: string;
  readonly fallback?: Value;
}

export interface ArrayValue {
  readonly kind: 'array';
  readonly elements: Value[];
  /** False once an element of unknown number or place may be missing. */
  complete: boolean;
  readonly depth: number;
}

export interface ObjectValue {
  readonly kind: 'object';
  readonly properties: Map<string, Value>;
  complete: boolean;
  /** What was stored under names that are not known. */
  unnamed?: readonly Value[];
  prototype?: Value;
  readonly depth: number;
}

export type FunctionSyntax = FunctionNode | ArrowFunctionExpression;

export interface FunctionValue {
  readonly kind: 'function';
  readonly node: FunctionSyntax;
  readonly scope: Scope;
  readonly module: ModuleState;
  readonly symbol: SymbolId;
  /** `this` of an arrow function, or of a bound function. */
  readonly thisValue?: Value;
  /** The class whose member it is: where `super` starts. */
  readonly home?: ClassValue;
  readonly bound: readonly Value[];
  readonly isWrapped: boolean;
  readonly properties: Map<string, Value>;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly node: Class;
  readonly scope: Scope;
  readonly module: ModuleState;
  readonly symbol: SymbolId;
  readonly name: string;
  readonly superClass?: Value;
  readonly statics: Map<string, Value>;
  readonly prototype: Map<string, Value>;
  /** Names of decorated members whose keys are computed. */
  readonly names: Map<Node, string>;
  readonly fields: readonly PropertyDefinition[];
  readonly constructorMember?: MethodDefinition;
}

export interface InstanceValue {
  readonly kind: 'instance';
  readonly class: ClassValue;
  readonly properties: Map<string, Value>;
  readonly depth: number;
  /** The library object it is, when its class extends one of a library. */
  base?: LibraryValue | ExternalValue;
}

/** A module as `import * as` sees it. */
export interface NamespaceValue {
  readonly kind: 'namespace';
  readonly module: ModuleState;
}

export interface LibraryValue {
  readonly kind: 'library';
  readonly id: LibraryObjectId;
  readonly objectKind: string;
  readonly properties: Map<string, Value>;
  /** The object whose assigned members it has, too. */
  readonly parent?: LibraryValue;
}

/** An export of a modelled package; `member` is absent where the model says nothing. */
export interface ExportValue {
  readonly kind: 'export';
  readonly model: LibraryModel;
  readonly package: string;
  readonly path: readonly string[];
  readonly member?: MemberModel;
}

/** A member of a library object, before it is called. */
export interface MethodValue {
  readonly kind: 'method';
  readonly receiver: LibraryValue;
  readonly name: string;
  readonly call: CallModel;
}

export interface ExternalValue {
  readonly kind: 'external';
  readonly package: string;
  readonly path: readonly string[];
  readonly called: boolean;
  readonly arguments: readonly Value[];
  readonly origin?: Origin;
}

/** A function of the language or of Node whose effect on values is known. */
export interface BuiltinValue {
  readonly kind: 'builtin';
  readonly name: string;
  readonly call?: (input: BuiltinCall) => Value;
  readonly construct?: (input: BuiltinCall) => Value;
  readonly members?: ReadonlyMap<string, Value>;
}

export interface BuiltinCall {
  readonly thisValue: Value;
  readonly arguments: readonly Value[];
  readonly site: CallSite;
}

export interface PromiseValue {
  readonly kind: 'promise';
  readonly value: Value;
}

export interface AccessorValue {
  readonly kind: 'accessor';
  readonly get?: FunctionValue;
  readonly set?: FunctionValue;
}

export interface UnionValue {
  readonly kind: 'union';
  readonly options: readonly Value[];
}

export interface UnknownValue {
  readonly kind: 'unknown';
  readonly origin?: Origin;
}

/** Names visible at a place: one scope for each block, function call and module. */
export interface Scope {
  readonly parent?: Scope;
  readonly bindings: Map<string, Binding>;
  /** `block` scopes let `var` through to the function or module around them. */
  readonly role: 'module' | 'function' | 'block';
}

export interface Binding {
  /** Absent until the declaration is evaluated. */
  value?: Value;
  /** An import: read from the exporting module each time, so that circular imports see what is exported by then. */
  readonly live?: () => Value;
  /** Guards that held when it was declared: an assignment under more of them keeps the old value as an option. */
  readonly depth: number;
}

/** A module while and after its top level is evaluated. */
export interface ModuleState {
  readonly id: ModuleId;
  readonly symbol: SymbolId;
  readonly scope: Scope;
  /** Exports by name, read when asked for. */
  readonly exports: Map<string, () => Value>;
  /** Modules of `export * from`. */
  readonly stars: (() => Value)[];
  /** Names found in them, once they were asked for. */
  readonly starred: Map<string, () => Value | undefined>;
  /** The `module` object of CommonJS; its `exports` may be replaced. */
  readonly commonJs: ObjectValue;
  /** What the specifiers written in the module lead to. */
  readonly targets: ReadonlyMap<string, ImportTarget>;
  /** Specifiers whose imports exist in types only. */
  readonly typeOnly: ReadonlySet<string>;
  /** Its code looks for compiled files: listings name them, and `__filename` is one. */
  readonly expectsCompiled: () => boolean;
  /** `export =` of TypeScript. */
  assigned?: Value;
}

/** A place in the analysed code. */
export interface Origin {
  readonly module: ModuleId;
  readonly node: Node;
}

/** Where a call is written and on whose behalf it runs. */
export interface CallSite extends Origin {
  readonly caller: SymbolId;
}

/** What a place loads whose module name is computed; nothing when start-up came there and could not tell. */
export interface ComputedLoad {
  readonly site: CallSite;
  readonly modules: Set<ModuleId>;
  /** It led somewhere, a package included. */
  isResolved: boolean;
  /** At least once it was not known what is loaded. */
  isOpen: boolean;
}

export type LoadForm = 'import' | 'require';

/** How a container answers for a token. */
export interface Provider {
  /** `existing`: the value is another token. */
  readonly as: 'class' | 'value' | 'factory' | 'existing';
  readonly value: Value;
  /** Tokens of a factory's parameters. */
  readonly tokens?: readonly Value[];
  /** The module it is provided in: where its own parameters are looked for. */
  readonly home?: ContainerModule;
  /** What it gave. */
  made?: Value;
}

/** What tokens are told apart by: classes by themselves, everything else by its text. */
export type TokenKey = string | ClassValue;

/** A module of a container while that is set up. */
export interface ContainerModule {
  readonly class: ClassValue;
  readonly providers: Map<TokenKey, Provider>;
  readonly imports: ContainerModule[];
  /** Those of its imports of which a condition decides that they are. */
  readonly alternatives: Set<ContainerModule>;
  /** Dynamic modules of packages. */
  readonly externals: Value[];
  readonly exports: Set<TokenKey | ContainerModule>;
  readonly lists: Map<string, Value[]>;
  /** Conditions under which lists have it. */
  readonly own: readonly BootGuard[];
  /** Conditions under which it is imported at all; none where one way to it has none. */
  conditions: readonly BootGuard[];
  isGlobal: boolean;
}

/** A container that was set up from a root module, the first one. */
export interface Container {
  readonly object: LibraryObjectId | undefined;
  readonly modules: readonly ContainerModule[];
}

/** A decorator as it was evaluated. */
export interface DecoratorValue {
  readonly value: Value;
  readonly site: CallSite;
}

/** Decorators of a method, accessor, property or constructor, and of its parameters. */
export interface DecoratedMember {
  readonly decorators: DecoratorValue[];
  readonly parameters: Map<number, DecoratorValue[]>;
}

/** What decorators say of a class; nothing of its own where only a class that it extends has some. */
export interface DecoratedClass {
  readonly class: ClassValue;
  readonly id: string;
  readonly decorators: DecoratorValue[];
  /** By name; those of the constructor under `constructor`, of static members under `static ` and the name. */
  readonly members: Map<string, DecoratedMember>;
}

export const UNKNOWN: UnknownValue = { kind: 'unknown' };
export const UNDEFINED: ConstantValue = { kind: 'constant', value: undefined };
export const constant = (value: Primitive): ConstantValue => ({ kind: 'constant', value });
/** Lists that start-up code doubles in a loop have no end; those that it writes or reads are shorter. */
const MOST_ELEMENTS = 100_000;

export function arrayOf(elements: Iterable<Value>, depth = 0): ArrayValue {
  const made: ArrayValue = { kind: 'array', elements: [], complete: true, depth };
  addElements(made, elements);
  return made;
}

/** Adds to the end of a list; of one that is too long only the beginning is known. */
export function addElements(array: ArrayValue, more: Iterable<Value>): void {
  for (const element of more) {
    if (array.elements.length >= MOST_ELEMENTS) {
      array.complete = false;
      return;
    }
    array.elements.push(element);
  }
}

export const objectOf = (properties: Iterable<readonly [string, Value]> = [], depth = 0): ObjectValue => ({
  kind: 'object',
  properties: new Map(properties),
  complete: true,
  depth,
});
export const builtin = (name: string, call: (input: BuiltinCall) => Value): BuiltinValue => ({ kind: 'builtin', name, call });
export const isMissing = (value: Value): boolean => value.kind === 'constant' && value.value === undefined;

/** Arguments for a call by code that is not known: something is passed for each parameter. */
export const unknownArguments = (callee: Value): readonly Value[] =>
  callee.kind === 'function' ? callee.node.params.map(() => UNKNOWN) : [];
