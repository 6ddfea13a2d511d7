import type { Program as SyntaxTree } from 'oxc-parser';
import { uniqueSorted } from '../lib/sort.ts';
import type { BootEntry, BootTrace, LibraryModel } from '../model/boot-trace.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { type ModuleId, toModuleId } from '../model/ids.ts';
import type { Outcome } from '../model/outcome.ts';
import type { ProgramQueries } from '../model/program.ts';
import type { SourceTree } from '../model/source-tree.ts';
import { traceClasses } from './class-trace.ts';
import { traceClosures } from './closure-trace.ts';
import { traceLoads } from './computed-loads.ts';
import { loadByConvention } from './convention-modules.ts';
import { findEntries, missingConfigured } from './entries.ts';
import { exploreRegistered } from './explore.ts';
import { createInterpreter } from './interpreter.ts';
import { performCommand } from './library.ts';
import type { Limits, Machine } from './machine.ts';
import { settle } from './put-off.ts';
import { commandEntries } from './script-entries.ts';
import { startLate } from './start-late.ts';
import { startListeners } from './start-listeners.ts';
import { leaveSteps, startModule } from './start-module.ts';

export interface BootInput {
  readonly program: ProgramQueries;
  readonly tree: SourceTree;
  readonly models: readonly LibraryModel[];
  readonly syntaxTrees: { tree(path: ModuleId): SyntaxTree | undefined };
  /** Entry modules relative to the root; empty: found from scripts, manifests and names. */
  readonly configuredEntries: readonly string[];
  /** Paths, relative to the root, of files at or below a directory that the tree does not have; for directory loaders. */
  readonly listFiles: (directory: string) => readonly string[];
  /** The text of a file of the root; absent: none can be read. */
  readonly readText?: (path: ModuleId) => string | undefined;
  readonly limits?: Partial<Limits>;
}

const LIMITS: Limits = {
  steps: 3_000_000,
  call: 50_000,
  depth: 64,
  iterations: 1000,
  registrations: 5000,
  nesting: 900,
  recursion: 3,
  descent: 8,
  folders: 24,
};

/**
 * Evaluates start-up code without running it and tells what it registers. Never throws because of the user's code:
 * what cannot be followed is unknown, and every bound reached is a diagnostic.
 */
export function boot(input: BootInput): Outcome<BootTrace> {
  const { program, models, syntaxTrees } = input;
  const machine = createInterpreter({
    program,
    models,
    listFiles: fileLister(input),
    readText: (path) => input.readText?.(toModuleId(path)),
    tree: (path) => syntaxTrees.tree(path),
    limits: { ...LIMITS, ...input.limits },
  });
  const entries: BootEntry[] = [];
  for (const candidate of findEntries(input)) {
    if (startModule(machine, candidate.module) === undefined) continue;
    entries.push(candidate);
    settle(machine);
  }
  const commanded = runCommands(machine, input).filter(({ module }) => !entries.some((entry) => entry.module === module));
  entries.push(...commanded);
  // What a framework loads by its place is certain: it comes before what is only tried.
  leaveSteps(machine);
  const isFoundByFiles = loadByConvention(machine, input);
  settle(machine);
  const started = startListeners(machine, input);
  const isStarted = ({ module }: BootEntry): boolean => started.some((entry) => entry.module === module);
  settle(machine);
  leaveSteps(machine);
  startLate(machine, program, models);
  settle(machine);
  const classes = traceClasses(machine, program);
  exploreRegistered(machine);
  const { trace, diagnostics } = machine.recorder.finish(
    [...entries.filter((entry) => !isStarted(entry)), ...started],
    traceClosures(machine.state.closures, program),
  );
  const missing: Diagnostic[] =
    trace.entries.length > 0 || isFoundByFiles ? [] : [{ code: 'no-entry-module', data: { searched: input.tree.files.length } }];
  const { loads, diagnostics: unknownLoads } = traceLoads(machine);
  return {
    value: { ...trace, ...(loads.length === 0 ? {} : { loads }), ...classes },
    diagnostics: [...diagnostics, ...unknownLoads, ...missingConfigured(input), ...missing],
  };
}

/** Starts modules as commands of libraries in package scripts do (`fastify start app.js`). */
function runCommands(machine: Machine, { tree, models, syntaxTrees }: BootInput): readonly BootEntry[] {
  const byName = new Map(models.flatMap((model) => (model.command === undefined ? [] : [[model.command.name, model] as const])));
  const sources = new Set(tree.files.filter(({ role }) => role === 'source').map(({ path }) => String(path)));
  const found = tree.packages.flatMap((manifest) => commandEntries(manifest, sources, new Set(byName.keys())));
  const distinct = [...new Map(found.map((entry) => [entry.path, entry])).values()];
  return distinct.flatMap(({ path, command }): readonly BootEntry[] => {
    const id = toModuleId(path);
    const module = startModule(machine, id);
    const syntax = syntaxTrees.tree(id);
    const model = byName.get(command);
    if (module === undefined || syntax === undefined || model === undefined) return [];
    performCommand(machine, model, { kind: 'namespace', module }, { module: id, node: syntax, caller: module.symbol });
    settle(machine);
    return [{ module: id, reason: 'package-script' }];
  });
}

/** Answers directory listings from the analysed tree and the port, at any depth, sorted. */
function fileLister({ tree, listFiles }: BootInput): (directory: string) => readonly string[] {
  const paths = [...tree.files, ...tree.assets].map(({ path }) => String(path));
  const known = new Map<string, readonly string[]>();
  return (directory) => {
    const answered = known.get(directory);
    if (answered !== undefined) return answered;
    const below = directory === '.' ? paths : paths.filter((path) => path === directory || path.startsWith(`${directory}/`));
    const listed = uniqueSorted([...below, ...listFiles(directory)]);
    known.set(directory, listed);
    return listed;
  };
}
