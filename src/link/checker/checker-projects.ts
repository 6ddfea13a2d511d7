import { join, posix } from 'node:path';
import type { ModuleId } from '../../model/ids.ts';
import type { Program } from '../../model/program.ts';
import type { SourceTree } from '../../model/source-tree.ts';

/** Files that a checker reads together, and what the names of packages and aliases in them stand for. */
export interface CheckerProject {
  readonly files: readonly ModuleId[];
  readonly paths: ReadonlyMap<string, ModuleId>;
}

/**
 * Splits a program into as few projects as its aliases allow. The checker is given our own resolution, name by name:
 * what is built or installed only elsewhere (workspaces, generated configurations) then means the same to both.
 */
export function checkerProjects(program: Program, tree: Pick<SourceTree, 'tsconfigs'>): readonly CheckerProject[] {
  const projects: { files: ModuleId[]; paths: Map<string, ModuleId> }[] = [];
  const aliases = aliasesByModule(program);
  for (const files of groupByConfiguration(program, tree).values()) {
    const paths = new Map(files.flatMap((file) => aliases.get(file) ?? []));
    const fitting = projects.find((project) => [...paths].every(([name, target]) => (project.paths.get(name) ?? target) === target));
    if (fitting === undefined) {
      projects.push({ files: [...files], paths });
      continue;
    }
    fitting.files.push(...files);
    for (const [name, target] of paths) fitting.paths.set(name, target);
  }
  return projects;
}

function groupByConfiguration(program: Program, { tsconfigs }: Pick<SourceTree, 'tsconfigs'>): Map<string, ModuleId[]> {
  const configured = new Set(tsconfigs.map((path) => posix.dirname(path)));
  const groups = new Map<string, ModuleId[]>();
  for (const { id, syntax } of program.modules) {
    if (syntax.extent === 'imports') continue;
    const folder = nearest(configured, posix.dirname(id));
    const group = groups.get(folder);
    if (group === undefined) groups.set(folder, [id]);
    else group.push(id);
  }
  return groups;
}

function nearest(folders: ReadonlySet<string>, start: string): string {
  let folder = start;
  while (folder !== '.' && !folders.has(folder)) folder = posix.dirname(folder);
  return folder;
}

function aliasesByModule(program: Program): Map<ModuleId, [string, ModuleId][]> {
  const aliases = new Map<ModuleId, [string, ModuleId][]>();
  for (const { from, specifier, target } of program.imports) {
    if (specifier === undefined || specifier.startsWith('.') || target.kind !== 'module') continue;
    const list = aliases.get(from);
    if (list === undefined) aliases.set(from, [[specifier, target.module]]);
    else list.push([specifier, target.module]);
  }
  return aliases;
}

/** The project as a configuration file of the compiler. Its options are those under which most code has a type. */
export const projectConfiguration = (root: string, { files, paths }: CheckerProject): string =>
  JSON.stringify({
    compilerOptions: {
      target: 'esnext',
      module: 'esnext',
      moduleResolution: 'bundler',
      strict: true,
      allowJs: true,
      jsx: 'preserve',
      experimentalDecorators: true,
      resolveJsonModule: true,
      allowImportingTsExtensions: true,
      skipLibCheck: true,
      noEmit: true,
      types: ['node'],
      paths: Object.fromEntries([...paths].map(([name, target]) => [name, [join(root, target)]])),
    },
    files: files.map((file) => join(root, file)),
  });
