import type { Program as SyntaxTree } from 'oxc-parser';
import type { FileConvention, LibraryModel } from '../model/boot-trace.ts';
import { pathBelow, projectFolders } from '../model/convention-folders.ts';
import type { ModuleId } from '../model/ids.ts';
import type { ProgramQueries } from '../model/program.ts';
import type { SourceTree } from '../model/source-tree.ts';
import { toBootValue } from './boot-value.ts';
import { registerFunctions } from './library.ts';
import type { Machine } from './machine.ts';
import { exportNames, exportOf } from './module-exports.ts';
import { type CallSite, constant, type ModuleState, UNKNOWN } from './value.ts';

interface ConventionInput {
  readonly program: ProgramQueries;
  readonly tree: SourceTree;
  readonly models: readonly LibraryModel[];
  readonly syntaxTrees: { tree(path: ModuleId): SyntaxTree | undefined };
}

/** Evaluates the modules that frameworks load by where they stand, and records what they export; tells whether there are any. */
export function loadByConvention(machine: Machine, input: ConventionInput): boolean {
  let isAny = false;
  for (const model of input.models)
    for (const convention of model.conventions ?? [])
      for (const { folder, path, module } of modulesOf(convention, input)) {
        isAny = true;
        const state = machine.loadModule(module);
        const node = input.syntaxTrees.tree(module);
        if (state === undefined || node === undefined) continue;
        const site: CallSite = { module, node, caller: state.symbol };
        for (const name of namesOf(state))
          recordExport({ machine, program: input.program, model, convention, site, folder, path }, state, name);
      }
  return isAny;
}

/** A CommonJS module as a whole is its default export. */
const namesOf = (state: ModuleState): readonly string[] =>
  state.exports.size === 0 && exportOf(state, 'default') !== undefined ? [...exportNames(state), 'default'] : exportNames(state);

interface Recording {
  readonly machine: Machine;
  readonly program: ProgramQueries;
  readonly model: LibraryModel;
  readonly convention: FileConvention;
  readonly site: CallSite;
  readonly folder: string;
  readonly path: string;
}

/** A table of a whole application may stand in one export. */
const WHOLE_TABLE = { depth: 10, size: 20_000 };

function recordExport({ machine, program, model, convention, site, folder, path }: Recording, state: ModuleState, name: string): void {
  const value = exportOf(state, name) ?? UNKNOWN;
  const written = program.module(state.id)?.syntax.exports.find((one) => one.name === name);
  const span = written?.span ?? { start: site.node.start, end: site.node.end };
  registerFunctions(machine.state, value);
  machine.recorder.effect({
    object: machine.recorder.singleton(model.name, site),
    verb: convention.records,
    method: name,
    arguments: [constant(path), toBootValue(machine, value, WHOLE_TABLE), constant(folder)],
    at: program.location(state.id, span.start),
    span: { file: state.id, ...span },
    via: [],
    guards: [],
  });
}

interface ConventionModule {
  readonly folder: string;
  readonly path: string;
  readonly module: ModuleId;
}

function modulesOf(convention: FileConvention, { tree, program }: ConventionInput): readonly ConventionModule[] {
  const folders = projectFolders(convention, tree);
  if (folders.length === 0) return [];
  return tree.files.flatMap(({ path: module, role }) => {
    const found = role === 'source' ? pathBelow(folders, module) : undefined;
    if (found === undefined) return [];
    const { folder, path } = found;
    const isLoaded = convention.loads(path) && exportsOne(program, module, convention.exporting) && importsOne(program, module, convention);
    return isLoaded ? [{ folder, path, module }] : [];
  });
}

/** Names behind `export *` are not looked at: any of them may be meant. */
const exportsOne = (program: ProgramQueries, module: ModuleId, names: readonly string[] | undefined): boolean =>
  names === undefined ||
  program.module(module)?.syntax.exports.some(({ name }) => name === '*' || name === '=' || names.includes(name)) === true;

function importsOne(program: ProgramQueries, module: ModuleId, { packages, importing }: FileConvention): boolean {
  const imports = program.module(module)?.syntax.imports ?? [];
  return (
    importing === undefined ||
    imports.some(({ bindings }, index) => {
      const target = program.resolvedImport(module, index)?.target;
      return (
        target?.kind === 'package' &&
        packages.includes(target.package) &&
        bindings.some(({ imported }) => imported === '*' || importing.includes(imported))
      );
    })
  );
}
