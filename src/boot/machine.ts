import type { Expression, Node, Statement } from 'oxc-parser';
import type { BootGuard } from '../model/boot-trace.ts';
import { type ModuleId, type SymbolId, toModuleId } from '../model/ids.ts';
import type { SourceSpan } from '../model/location.ts';
import type { ImportTarget } from '../model/program.ts';
import type { Closure, ClosureGraph } from './closure-graph.ts';
import type { ModelIndex } from './model-index.ts';
import type { Recorder } from './recorder.ts';
import type { SymbolNames } from './symbol-names.ts';
import {
  type CallSite,
  type ClassValue,
  type ComputedLoad,
  type Container,
  type DecoratedClass,
  type FunctionSyntax,
  type FunctionValue,
  type InstanceValue,
  type LoadForm,
  type ModuleState,
  type Origin,
  type Provider,
  type Scope,
  type TokenKey,
  UNKNOWN,
  type UnknownValue,
  type Value,
} from './value.ts';

/** One activation: a call of a function, or a module's top level. */
export interface Frame {
  readonly module: ModuleState;
  readonly symbol: SymbolId;
  readonly thisValue: Value;
  readonly home?: ClassValue;
  readonly returns: Value[];
  readonly yields: Value[];
}

/** Where an expression or statement is evaluated. */
export interface Environment {
  readonly scope: Scope;
  readonly frame: Frame;
}

/** How a statement ended. Under an unknown condition a statement ends normally and a guard remembers the way out. */
export type Completion = 'normal' | 'return' | 'throw' | 'break' | 'continue';

export interface Limits {
  /** Expressions and statements evaluated in all. */
  readonly steps: number;
  /** Steps that a call of a function may take however few are left to its caller; most of these, where they are more. */
  readonly call: number;
  /** Nested calls of the program's functions. */
  readonly depth: number;
  /** Rounds of one loop. */
  readonly iterations: number;
  /** How often one call of a library is recorded. */
  readonly registrations: number;
  /** Expressions and statements inside each other, over all calls: keeps our own stack from overflowing. */
  readonly nesting: number;
  /** How often one function may stand on the call stack. */
  readonly recursion: number;
  /** The same for one that is called for certain, and only with what is known: it descends in a table. */
  readonly descent: number;
  /** The same for one that walks through folders. */
  readonly folders: number;
}

/** Everything that changes while start-up code is evaluated. Lives for one call of `boot`. */
export interface MachineState {
  /** `exploring`: registered functions are followed, after start-up, only for the calls they make. */
  mode: 'booting' | 'exploring';
  steps: number;
  /** The step at which the call that runs now is given up. */
  lastStep: number;
  nesting: number;
  /** The entry module being evaluated: `require.main`. */
  entry: ModuleId | undefined;
  /** Instances that containers made of classes which nothing was provided for, by class. */
  readonly instances: Map<TokenKey, Value>;
  /** What containers without modules were told to give. */
  readonly providers: Map<TokenKey, Provider>;
  readonly containers: Container[];
  /** Classes and objects that were added to lists under conditions. */
  readonly added: Map<Value, readonly BootGuard[]>;
  /** Classes that a list names where no condition holds. */
  readonly listed: Set<Value>;
  /** Functions to which buses hand what they are given, by decorator and class; filled when start-up has ended. */
  readonly handlers: Map<string, ReadonlyMap<ClassValue, readonly FunctionValue[]>>;
  /** What models keep of one call for others. */
  readonly kept: Map<string, Value>;
  /** Classes with decorators, their own or inherited. */
  readonly decorated: Map<ClassValue, DecoratedClass>;
  /** How many values each class symbol among them has. */
  readonly decoratedValues: Map<SymbolId, number>;
  /** The class whose decorators, functions of the program, are called. */
  decorating: DecoratedClass | undefined;
  /** Functions of the program handed to modelled calls: handlers, listeners, jobs. */
  readonly registered: Set<FunctionValue>;
  closures: ClosureGraph;
  /** While exploring: whose code is evaluated. */
  closure: Closure | undefined;
  /** Calls too deep to be followed where they were met: followed later, on their own. */
  readonly deferred: (() => void)[];
  /** While applications are made that only requests ask for: functions that make them, and those that did. */
  late: { readonly makers: ReadonlySet<SymbolId>; readonly made: Set<SymbolId>; isInside: boolean } | undefined;
  /** What code of models put off until the code that runs now has ended. */
  waiting: (() => void)[];
  /** How often each call of a library was recorded. */
  readonly recorded: Map<Node, number>;
  /** Functions that were running when a folder was listed: they call themselves once for each folder below it. */
  readonly walkers: Set<FunctionSyntax>;
  /** Places that load modules by computed names, by file and offset. */
  readonly loads: Map<string, ComputedLoad>;
  readonly guards: BootGuard[];
  readonly via: SourceSpan[];
  readonly iterations: number[];
  readonly stack: FunctionSyntax[];
  /** The statement being evaluated, or the body of an arrow function without braces. */
  statement: Node | undefined;
  /** Calls whose result is the receiver of a further call: links of a chain. */
  readonly receivers: WeakSet<Node>;
  /** Calls whose result nobody uses. */
  readonly discarded: WeakSet<Node>;
}

/**
 * The evaluator's parts, by what they do. The parts call each other through this record, so that no file of `boot`
 * imports another in a circle.
 */
export interface Machine {
  readonly state: MachineState;
  readonly limits: Limits;
  readonly models: ModelIndex;
  readonly recorder: Recorder;
  readonly names: SymbolNames;
  /** Paths of all files at or below a directory of the analysed root. */
  readonly listFiles: (directory: string) => readonly string[];
  readonly globals: ReadonlyMap<string, Value>;
  readonly builtinModules: ReadonlyMap<string, Value>;
  evaluate(node: Expression, environment: Environment): Value;
  execute(node: Statement, environment: Environment): Completion;
  executeAll(nodes: readonly Statement[], environment: Environment): Completion;
  call(callee: Value, thisValue: Value, given: readonly Value[], site: CallSite): Value;
  construct(callee: Value, given: readonly Value[], site: CallSite): Value;
  callFunction(callee: FunctionValue, thisValue: Value, given: readonly Value[], site: CallSite): Value;
  runConstructor(callee: Value, instance: InstanceValue, given: readonly Value[], site: CallSite): void;
  makeFunction(node: FunctionSyntax, environment: Environment): FunctionValue;
  getMember(object: Value, name: string, site: CallSite): Value;
  setMember(object: Value, name: string, value: Value, site: CallSite): void;
  /** Makes an object of a library; nothing while exploring. */
  makeObject(kind: string, given: readonly Value[], site: CallSite): Value;
  loadModule(id: ModuleId): ModuleState | undefined;
  /** The value of a module or package that a specifier written in `from` leads to. */
  importTarget(target: ImportTarget | undefined, specifier: string, form: 'import' | 'require'): Value;
  /** The module or package that a specifier computed at start-up leads to. */
  requireComputed(specifier: string, from: ModuleState, form: LoadForm): { readonly value: Value; readonly module?: ModuleId } | undefined;
}

/** Counts one step; false when a bound is reached: then the result is unknown. */
export function step(machine: Machine, environment: Environment, node: Node): boolean {
  const { state, limits } = machine;
  if (state.nesting > limits.nesting) {
    cut(state);
    if (state.mode === 'booting') machine.recorder.limit('depth', limits.nesting, { module: environment.frame.module.id, node });
    return false;
  }
  if (state.steps > state.lastStep) {
    cut(state);
    return false;
  }
  state.steps += 1;
  if (state.steps > state.lastStep && state.mode === 'booting') {
    machine.recorder.limit('steps', limits.steps, { module: environment.frame.module.id, node });
  }
  return state.steps <= state.lastStep;
}

/** The code that is explored may call more than is seen. */
function cut({ closure }: MachineState): void {
  if (closure !== undefined) closure.isCut = true;
}

/**
 * Stands among the guards for code that runs unless something fails before it, or that runs later: what it registers is
 * registered without a condition, and what it replaces stays possible.
 */
export const PERHAPS: BootGuard = { text: '', taken: true, at: { file: toModuleId(''), line: 1, column: 1 } };

/** Whether a value that was made under so many guards may still be there after it is replaced. */
export function mayStay({ state: { guards } }: Machine, depth: number, old: Value, value: Value): boolean {
  if (guards.length <= depth) return false;
  return guards.indexOf(PERHAPS, depth) === -1 || (runs(old) && runs(value)) || guards.slice(depth).some((guard) => guard !== PERHAPS);
}

/** Conditions under which code runs beyond those under which something was made. */
export const conditionsSince = ({ state: { guards } }: Machine, depth: number): readonly BootGuard[] =>
  guards.slice(depth).filter((guard) => guard !== PERHAPS);

/** While exploring: whether something was there before the request, under so many guards. What requests do is in no order. */
export const isOlder = ({ state: { mode, guards } }: Machine, depth: number): boolean => mode === 'exploring' && guards.length > depth;

/** Whether code may be reached through a value. */
const runs = ({ kind }: Value): boolean => !['constant', 'template', 'pattern', 'environment', 'unknown'].includes(kind);

/** Runs `body` under a condition that is not known. */
export function underGuard<T>(machine: Machine, guard: BootGuard, body: () => T): T {
  const { guards } = machine.state;
  const depth = guards.length;
  guards.push(guard);
  const result = body();
  guards.length = depth;
  return result;
}

/** A value of which nothing is known but where it comes from; while exploring nobody asks. */
export const unknownAt = ({ state }: Machine, origin: Origin): UnknownValue =>
  state.mode === 'exploring' ? UNKNOWN : { kind: 'unknown', origin: { module: origin.module, node: origin.node } };

export const siteOf = (environment: Environment, node: Node): CallSite => ({
  module: environment.frame.module.id,
  node,
  caller: environment.frame.symbol,
});
