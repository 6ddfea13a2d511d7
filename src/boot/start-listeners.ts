import type { BootEntry } from '../model/boot-trace.ts';
import type { ModuleId } from '../model/ids.ts';
import type { ProgramQueries } from '../model/program.ts';
import type { SourceTree } from '../model/source-tree.ts';
import { applicationFolders, listeningModules, startersOf } from './entries.ts';
import type { Machine } from './machine.ts';
import { startModule } from './start-module.ts';
import { type ModuleState, UNKNOWN, unknownArguments } from './value.ts';

/**
 * Start-up that a tool begins (a command framework, a process manager) calls an exported function which no code of the
 * program calls. In a package where nothing came to listen, modules that nobody imports and that load one that listens
 * are started; when that helps nothing, exported functions of modules that listen are called instead.
 */
export function startListeners(
  machine: Machine,
  input: { readonly program: ProgramQueries; readonly tree: SourceTree },
): readonly BootEntry[] {
  const directories = applicationFolders(input.tree);
  const listeningHomes = (): ReadonlySet<string> => new Set([...machine.recorder.listening()].map((file) => homeOf(file, directories)));
  return listeningModules(input).flatMap((id) => {
    const home = homeOf(id, directories);
    if (listeningHomes().has(home)) return [];
    for (const starter of startersOf(input.program, id).filter((one) => homeOf(one, directories) === home)) {
      if (startModule(machine, starter) !== undefined && listeningHomes().has(home))
        return [{ module: starter, reason: 'unimported-with-listener' as const }];
    }
    const module = startModule(machine, id);
    if (module !== undefined) callExports(machine, module);
    return listeningHomes().has(home) ? [{ module: id, reason: 'unimported-with-listener' as const }] : [];
  });
}

/** The innermost application that a file belongs to. */
function homeOf(file: ModuleId, directories: readonly string[]): string {
  const around = directories.filter((directory) => file.startsWith(`${directory}/`));
  return around.reduce((best, directory) => (directory.length > best.length ? directory : best), '.');
}

function callExports(machine: Machine, module: ModuleState): void {
  for (const read of module.exports.values()) {
    const value = read();
    if (value.kind !== 'function') continue;
    machine.call(value, UNKNOWN, unknownArguments(value), { module: module.id, node: value.node, caller: module.symbol });
  }
}
