import { posix } from 'node:path';
import type { Statement, Program as SyntaxTree } from 'oxc-parser';
import { once } from '../lib/remember.ts';
import { MODULE_INIT, type ModuleId, toModuleId, toSymbolId } from '../model/ids.ts';
import type { ImportTarget, ProgramQueries } from '../model/program.ts';
import { requireContext } from './builtins/module-loaders.ts';
import { dropScheme, loadComputed } from './computed-loads.ts';
import { hoist } from './hoist.ts';
import { jsonModules } from './json-modules.ts';
import { expectsCompiled } from './listed-names.ts';
import type { Environment, Machine } from './machine.ts';
import { requiredValue } from './module-exports.ts';
import { declareExports } from './module-names.ts';
import { compiledSources, ROOT, relativeToRoot } from './paths.ts';
import { createScope } from './scope.ts';
import { builtin, type ModuleState, objectOf, UNKNOWN, type Value } from './value.ts';

/** The modules met so far, each evaluated once. */
export interface ModuleLoader {
  load(id: ModuleId): ModuleState | undefined;
  importTarget(target: ImportTarget | undefined, specifier: string, form: 'import' | 'require'): Value;
  requireComputed: Machine['requireComputed'];
}

export interface LoaderInput {
  readonly machine: () => Machine;
  readonly program: ProgramQueries;
  readonly tree: (path: ModuleId) => SyntaxTree | undefined;
  readonly readText: (path: string) => string | undefined;
}

/** Modules that import each other in a row, deeper than in any program that is not made to be so: keeps our own stack from overflowing. */
const MOST_OPEN = 800;

export function createModuleLoader({ machine, program, tree, readText }: LoaderInput): ModuleLoader {
  const modules = new Map<ModuleId, ModuleState>();
  const settings = jsonModules(readText);
  let open = 0;

  const load = (written: ModuleId): ModuleState | undefined => {
    const id = codeBeside(program, written);
    const known = modules.get(id);
    if (known !== undefined) return known;
    const record = program.module(id);
    if (record === undefined || record.role === 'declaration') return undefined;
    // What is cut short stays so for all that import it: a module is begun only where its code can run.
    if (hasNoSteps(machine())) return undefined;
    const syntax = tree(id);
    if (syntax === undefined) return undefined;
    const state = openModule({ program, id, syntax, depth: machine().state.guards.length });
    modules.set(id, state);
    open += 1;
    if (open > MOST_OPEN) machine().recorder.limit('depth', MOST_OPEN, { module: id, node: syntax });
    else withSteps(machine(), () => evaluateModule(machine(), state, syntax, loader));
    open -= 1;
    return state;
  };

  const importTarget: ModuleLoader['importTarget'] = (target, specifier, form) => {
    if (target === undefined) return isRelative(specifier) ? UNKNOWN : packageValue(machine(), specifier);
    switch (target.kind) {
      case 'module': {
        const state = load(target.module);
        if (state === undefined) return UNKNOWN;
        return form === 'require' ? requiredValue(state) : { kind: 'namespace', module: state };
      }
      case 'package':
        return packageValue(
          machine(),
          target.subpath === '' || target.subpath === '.' ? target.package : `${target.package}/${target.subpath.replace(/^\.?\//, '')}`,
        );
      case 'builtin':
        return packageValue(machine(), target.name);
      case 'unresolved':
        return isRelative(specifier) ? UNKNOWN : packageValue(machine(), specifier);
      case 'asset':
        return settings(target.path, form) ?? UNKNOWN;
    }
  };

  const requireComputed: ModuleLoader['requireComputed'] = (written, from, form) => {
    const specifier = dropScheme(written);
    const target = from.targets.get(specifier);
    if (target !== undefined && target.kind !== 'unresolved') {
      const value = importTarget(target, specifier, form);
      return target.kind === 'module' ? { value, module: target.module } : { value };
    }
    if (!isRelative(specifier) && !specifier.startsWith('/')) return { value: packageValue(machine(), specifier) };
    const absolute = specifier.startsWith('/') ? specifier : posix.join(ROOT, posix.dirname(from.id), specifier);
    const place = relativeToRoot(absolute);
    const found = place === undefined ? undefined : spellings(place).find((path) => program.module(toModuleId(path))?.role === 'source');
    const state = found === undefined ? undefined : load(toModuleId(found));
    if (state === undefined) return undefined;
    return { value: form === 'require' ? requiredValue(state) : { kind: 'namespace', module: state }, module: state.id };
  };

  const loader: ModuleLoader = { load, importTarget, requireComputed };
  return loader;
}

/** The module whose code runs: an import finds the declarations of a JavaScript file, which stand beside it. */
function codeBeside(program: ProgramQueries, id: ModuleId): ModuleId {
  if (program.module(id)?.role !== 'declaration') return id;
  const code = toModuleId(id.replace(/\.d\.([cm]?)ts$/, '.$1js'));
  return program.module(code) === undefined ? id : code;
}

const isRelative = (specifier: string): boolean => specifier.startsWith('.');

const EXTENSIONS = ['.ts', '.tsx', '.js', '.mts', '.cts', '.mjs', '.cjs', '.jsx'];

const candidates = (path: string): readonly string[] => [
  path,
  ...EXTENSIONS.map((extension) => path + extension),
  ...EXTENSIONS.map((extension) => path.replace(/\.[cm]?jsx?$/, '') + extension),
  ...EXTENSIONS.map((extension) => posix.join(path, `index${extension}`)),
];

/** Files that a path may mean: as it stands, else as the source of a compiled file. */
const spellings = (place: string): readonly string[] => [place, ...compiledSources(place)].flatMap(candidates);

/** A package, from its model where there is one. */
function packageValue(machine: Machine, specifier: string): Value {
  const name = specifier.startsWith('node:') ? specifier.slice('node:'.length) : specifier;
  return (
    machine.models.packageRoot(name) ??
    machine.builtinModules.get(name) ?? { kind: 'external', package: name, path: [], called: false, arguments: [] }
  );
}

const hasNoSteps = ({ state }: Machine): boolean => state.steps > state.lastStep;

/** The code of a module may take as many steps as a call, however few are left to the call that loads it. */
function withSteps({ state, limits }: Machine, run: () => void): void {
  const { lastStep } = state;
  state.lastStep = Math.max(lastStep, Math.min(limits.steps, state.steps + limits.call));
  run();
  state.lastStep = lastStep;
}

interface Opening {
  readonly program: ProgramQueries;
  readonly id: ModuleId;
  readonly syntax: SyntaxTree;
  /** Guards that hold where it is loaded: what it replaces in itself is replaced. */
  readonly depth: number;
}

function openModule({ program, id, syntax, depth }: Opening): ModuleState {
  const targets = new Map<string, ImportTarget>();
  const valued = new Set<string>();
  const typed = new Set<string>();
  program.module(id)?.syntax.imports.forEach((written, index) => {
    if (written.specifier === undefined) return;
    const resolved = program.resolvedImport(id, index);
    if (resolved === undefined) return;
    targets.set(written.specifier, resolved.target);
    (resolved.typeOnly ? typed : valued).add(written.specifier);
  });
  const exportsObject = objectOf([], depth);
  return {
    id,
    symbol: toSymbolId(id, MODULE_INIT),
    scope: createScope('module'),
    exports: new Map(),
    stars: [],
    starred: new Map(),
    commonJs: objectOf([['exports', exportsObject]], depth),
    targets,
    typeOnly: new Set([...typed].filter((specifier) => !valued.has(specifier))),
    expectsCompiled: once(() => expectsCompiled(syntax)),
  };
}

function evaluateModule(machine: Machine, state: ModuleState, syntax: SyntaxTree, loader: ModuleLoader): void {
  const { state: run } = machine;
  const environment: Environment = {
    scope: state.scope,
    frame: { module: state, symbol: state.symbol, thisValue: state.commonJs.properties.get('exports') ?? UNKNOWN, returns: [], yields: [] },
  };
  const body = syntax.body as readonly Statement[];
  declareModuleNames(machine, state, loader);
  declareExports(machine, body, state, loader.importTarget);
  hoist(machine, body, environment);

  const saved = {
    guards: [...run.guards],
    via: [...run.via],
    statement: run.statement,
    iterations: [...run.iterations],
    stack: [...run.stack],
  };
  for (const list of [run.via, run.iterations, run.stack]) list.length = 0;
  for (const node of body) if (isImport(node)) importModule(state, node, loader);
  machine.recorder.module(state.id);
  machine.executeAll(body, environment);
  run.guards.splice(0, run.guards.length, ...saved.guards);
  run.via.splice(0, run.via.length, ...saved.via);
  run.iterations.splice(0, run.iterations.length, ...saved.iterations);
  run.stack.splice(0, run.stack.length, ...saved.stack);
  run.statement = saved.statement;
}

/** Names that CommonJS gives each module. */
function declareModuleNames(machine: Machine, state: ModuleState, loader: ModuleLoader): void {
  const require = builtin('require', ({ arguments: [specifier = UNKNOWN], site }) => {
    const written = specifier.kind === 'constant' ? String(specifier.value) : undefined;
    const target = written === undefined ? undefined : state.targets.get(written);
    if (written !== undefined && target !== undefined && target.kind !== 'unresolved')
      return loader.importTarget(target, written, 'require');
    return loadComputed(machine, { specifier, from: state, form: 'require', site });
  });
  const names: readonly (readonly [string, Value | undefined])[] = [
    [
      'require',
      {
        ...require,
        members: new Map<string, Value>([
          ['main', machine.state.entry === state.id ? state.commonJs : objectOf()],
          ['context', requireContext(machine, state)],
        ]),
      },
    ],
    ['module', state.commonJs],
    ['exports', state.commonJs.properties.get('exports')],
  ];
  for (const [name, value] of names) {
    if (value !== undefined) state.scope.bindings.set(name, { value, depth: machine.state.guards.length });
  }
}

const isImport = (node: Statement): boolean =>
  node.type === 'ImportDeclaration' ||
  ((node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') && node.source !== null);

/** Evaluates the module that an import names, before the importing one. */
function importModule(state: ModuleState, node: Statement, loader: ModuleLoader): void {
  if (node.type !== 'ImportDeclaration' && node.type !== 'ExportNamedDeclaration' && node.type !== 'ExportAllDeclaration') return;
  const isType = node.type === 'ImportDeclaration' ? node.importKind === 'type' : node.exportKind === 'type';
  if (isType || node.source === null) return;
  const target = state.targets.get(node.source.value);
  if (target?.kind === 'module' && !state.typeOnly.has(node.source.value)) loader.load(target.module);
}
