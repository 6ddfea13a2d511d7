import type { Program as SyntaxTree } from 'oxc-parser';
import type { LibraryModel } from '../model/boot-trace.ts';
import type { ModuleId } from '../model/ids.ts';
import type { ProgramQueries } from '../model/program.ts';
import { createGlobals } from './builtins/globals.ts';
import { createBuiltinModules } from './builtins/node-modules.ts';
import { call, construct } from './calls.ts';
import { runConstructor } from './classes.ts';
import { createClosureGraph } from './closure-graph.ts';
import { evaluate } from './expressions.ts';
import { callFunction, makeFunction } from './functions.ts';
import { makeObject } from './library.ts';
import type { Limits, Machine } from './machine.ts';
import { getMember, setMember } from './members.ts';
import { indexModels } from './model-index.ts';
import { createModuleLoader } from './modules.ts';
import { createRecorder } from './recorder.ts';
import { execute, executeAll } from './statements.ts';
import { createSymbolNames } from './symbol-names.ts';
import type { Value } from './value.ts';

export interface InterpreterInput {
  readonly program: ProgramQueries;
  readonly models: readonly LibraryModel[];
  readonly tree: (path: ModuleId) => SyntaxTree | undefined;
  readonly listFiles: (directory: string) => readonly string[];
  /** The text of a file that is no source. */
  readonly readText: (path: string) => string | undefined;
  readonly limits: Limits;
}

/** Joins the parts of the evaluator into one machine. */
export function createInterpreter({ program, models, tree, listFiles, readText, limits }: InterpreterInput): Machine {
  const loader = createModuleLoader({ machine: () => machine, program, tree, readText });
  const globals = new Map<string, Value>();
  const builtinModules = new Map<string, Value>();
  const machine: Machine = {
    state: {
      mode: 'booting',
      steps: 0,
      lastStep: limits.steps,
      nesting: 0,
      entry: undefined,
      instances: new Map(),
      providers: new Map(),
      containers: [],
      added: new Map(),
      listed: new Set(),
      handlers: new Map(),
      kept: new Map(),
      decorated: new Map(),
      decoratedValues: new Map(),
      decorating: undefined,
      registered: new Set(),
      closures: createClosureGraph(),
      closure: undefined,
      deferred: [],
      late: undefined,
      waiting: [],
      recorded: new Map(),
      walkers: new Set(),
      loads: new Map(),
      guards: [],
      via: [],
      iterations: [],
      stack: [],
      statement: undefined,
      receivers: new WeakSet(),
      discarded: new WeakSet(),
    },
    limits,
    models: indexModels(models),
    recorder: createRecorder(program),
    names: createSymbolNames(program),
    listFiles,
    globals,
    builtinModules,
    evaluate: (node, environment) => evaluate(machine, node, environment),
    execute: (node, environment) => execute(machine, node, environment),
    executeAll: (nodes, environment) => executeAll(machine, nodes, environment),
    call: (callee, thisValue, given, site) => call(machine, callee, thisValue, given, site),
    construct: (callee, given, site) => construct(machine, callee, given, site),
    callFunction: (callee, thisValue, given, site) => callFunction(machine, callee, thisValue, given, site),
    runConstructor: (callee, instance, given, site) => runConstructor(machine, callee, instance, given, site),
    makeFunction: (node, environment) => makeFunction(machine, node, environment),
    getMember: (object, name, site) => getMember(machine, object, name, site),
    setMember: (object, name, value, site) => setMember(machine, object, name, value, site),
    makeObject: (kind, given, site) => makeObject(machine, kind, given, site),
    loadModule: loader.load,
    importTarget: loader.importTarget,
    requireComputed: loader.requireComputed,
  };
  for (const [name, value] of createGlobals(machine)) globals.set(name, value);
  for (const [name, value] of createBuiltinModules(machine)) builtinModules.set(name, value);
  return machine;
}
