import { join, sep } from 'node:path';
import type { API, Symbol as CheckerSymbol, NodeHandle, Project, Type } from 'typescript7/unstable/sync';
import type { ModuleId } from '../../model/ids.ts';
import { type CheckerProject, projectConfiguration } from './checker-projects.ts';
import type { CheckedCallee, CheckedDeclaration, TypeChecker } from './type-checker.ts';

type Modules = ReadonlyMap<string, ModuleId>;

/** `SymbolFlags.Alias`: an import or export of something else. */
const ALIAS = 2_097_152;
/** `SignatureKind.Call`. */
const CALL_SIGNATURES = 0;

/**
 * The native compiler as a child process. This file is the one border to its programming interface, which is not stable:
 * version 7.1 names its entry points anew.
 */
export async function openTypeScriptSeven(root: string, projects: readonly CheckerProject[]): Promise<TypeChecker> {
  const { API } = await import('typescript7/unstable/sync');
  const configurations = new Map(projects.map((project, index) => [join(root, `tsconfig.banyan-${index}.json`), project]));
  const api = new API({
    cwd: root,
    fs: {
      readFile: (path) => {
        const project = configurations.get(path);
        return project === undefined ? undefined : projectConfiguration(root, project);
      },
      fileExists: (path) => (configurations.has(path) ? true : undefined),
    },
  });
  const ofFile = openProjects(api, configurations);
  const modules = modulesByPath(root, projects);
  return {
    calleesAt: (file, offsets) => {
      const project = ofFile.get(file);
      if (project === undefined) return offsets.map((): CheckedCallee => ({ kind: 'unknown' }));
      return project.checker.getSymbolAtPosition(join(root, file), offsets).map((symbol) => calleeOf(modules, project, symbol));
    },
    functionsAt: (file, offsets) => {
      const project = ofFile.get(file);
      if (project === undefined) return offsets.map(() => []);
      return project.checker.getTypeAtPosition(join(root, file), offsets).map((type) => functionsOf(modules, project, type));
    },
    close: () => api.close(),
  };
}

/** The project that answers for each file; a project that the compiler cannot open answers for none. */
function openProjects(api: API, configurations: ReadonlyMap<string, CheckerProject>): ReadonlyMap<ModuleId, Project> {
  const snapshot = api.updateSnapshot({ openProjects: [...configurations.keys()] });
  const ofFile = new Map<ModuleId, Project>();
  for (const [path, { files }] of configurations) {
    const project = snapshot.getProject(path);
    if (project !== undefined) for (const file of files) ofFile.set(file, project);
  }
  return ofFile;
}

function calleeOf(modules: Modules, project: Project, symbol: CheckerSymbol | undefined): CheckedCallee {
  if (symbol === undefined) return { kind: 'unknown' };
  const { declarations } = (symbol.flags & ALIAS) === 0 ? symbol : project.checker.getAliasedSymbol(symbol);
  if (declarations.length === 0) return { kind: 'unknown' };
  const inside = declarations.flatMap((handle) => declarationOf(modules, project, handle));
  return inside.length === 0 ? { kind: 'outside' } : { kind: 'inside', declarations: inside };
}

function functionsOf(modules: Modules, project: Project, type: Type | undefined): readonly CheckedDeclaration[] {
  if (type === undefined) return [];
  return project.checker
    .getSignaturesOfType(type, CALL_SIGNATURES)
    .flatMap(({ declaration }) => (declaration === undefined ? [] : declarationOf(modules, project, declaration)));
}

function declarationOf(modules: Modules, project: Project, handle: NodeHandle): readonly CheckedDeclaration[] {
  const file = modules.get(handle.path);
  const end = file === undefined ? undefined : handle.resolve(project)?.end;
  return file === undefined || end === undefined ? [] : [{ file, end }];
}

/** Files of the program by the paths the compiler names them with: where the disk does not tell case, it writes small letters. */
function modulesByPath(root: string, projects: readonly CheckerProject[]): Modules {
  const modules = new Map<string, ModuleId>();
  for (const file of projects.flatMap(({ files }) => files)) {
    const path = join(root, file).split(sep).join('/');
    modules.set(path, file);
    if (!modules.has(path.toLowerCase())) modules.set(path.toLowerCase(), file);
  }
  return modules;
}
