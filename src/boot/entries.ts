import { posix } from 'node:path';
import { compareText, sortedBy } from '../lib/sort.ts';
import type { BootEntry } from '../model/boot-trace.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { type ModuleId, toModuleId } from '../model/ids.ts';
import type { ProgramQueries } from '../model/program.ts';
import type { PackageManifest, SourceTree } from '../model/source-tree.ts';
import { type ScriptEntries, scriptEntries } from './script-entries.ts';
import { isStartable, resolveEntry } from './source-of.ts';

interface EntryInput {
  readonly program: ProgramQueries;
  readonly tree: SourceTree;
  readonly configuredEntries: readonly string[];
}

/**
 * Modules from which start-up begins: the configured ones; else for each package those that its scripts run, else its
 * `main`, else conventional names, as long as they reach a server library; else modules nobody imports that listen.
 */
export function findEntries(input: EntryInput): readonly BootEntry[] {
  const sources = sourcesOf(input.tree);
  const { packages } = input.tree;
  if (input.configuredEntries.length > 0) {
    const found = input.configuredEntries.flatMap((path) => resolveEntry(sources, '.', path));
    return toEntries(found, 'configuration');
  }
  const serves = servingModules(input.program);
  const isServer = (path: string): boolean => serves.has(toModuleId(path));
  const found = homes(input.tree, sources).flatMap((home) => entriesOfHome(home, packages, sources, isServer));
  if (found.length > 0) return distinct(found);
  const listening = listeningModules(input).filter((module) => !isImported(input.program, module));
  if (listening.length > 0) return toEntries(listening, 'unimported-with-listener');
  const others = packages.flatMap((manifest) => scriptEntries(manifest, sources).started);
  return others.length > 0
    ? toEntries(others, 'package-script')
    : toEntries(
        packages.flatMap((manifest) => mainEntry(manifest, sources)),
        'package-main',
      );
}

/** Configured entries that name no source file: told, never passed over. */
export function missingConfigured({ tree, configuredEntries }: Omit<EntryInput, 'program'>): readonly Diagnostic[] {
  const sources = sourcesOf(tree);
  return configuredEntries
    .filter((path) => resolveEntry(sources, '.', path).length === 0)
    .map((entry) => ({ code: 'configured-entry-missing', data: { entry } }));
}

/** Source modules that use a server library and contain a call that listens, whether or not start-up reaches it. */
export function listeningModules({ program }: Pick<EntryInput, 'program'>): readonly ModuleId[] {
  const direct = new Set(directServers(program));
  return program.program.modules
    .filter(({ id, role }) => role === 'source' && direct.has(id) && isStartable(id) && listens(program, id))
    .map(({ id }) => id);
}

/** More modules than these are not tried for one that listens. */
const MOST_STARTERS = 8;

/** Modules that nobody imports and that load the given one, by whatever way; conventional names and short paths first. */
export function startersOf(program: ProgramQueries, listener: ModuleId): readonly ModuleId[] {
  const importers = importersOf(program);
  const found = new Set([listener]);
  for (const module of found) for (const importer of importers.get(module) ?? []) found.add(importer);
  found.delete(listener);
  const starters = [...found].filter(
    (module) => program.module(module)?.role === 'source' && isStartable(module) && !isImported(program, module),
  );
  return sortedBy(
    starters,
    (module) => `${isConventional(module) ? 0 : 1} ${String(module.split('/').length).padStart(3, '0')} ${module}`,
  ).slice(0, MOST_STARTERS);
}

const isConventional = (path: string): boolean => /(^|\/)(main|server|index|app|www)(\.[cm]?[jt]sx?)?$/.test(path);

const sourcesOf = (tree: SourceTree): ReadonlySet<string> =>
  new Set(tree.files.filter((file) => file.role === 'source').map((file) => String(file.path)));

function entriesOfHome(
  home: string,
  packages: readonly PackageManifest[],
  sources: ReadonlySet<string>,
  isServer: (path: string) => boolean,
): readonly BootEntry[] {
  const manifest = packages.find(({ directory }) => directory === home);
  const { started, others } = manifest === undefined ? NO_SCRIPTS : scriptEntries(manifest, sources);
  if (started.some(isServer)) return toEntries(started, 'package-script');
  if (others.some(isServer)) return toEntries(others.filter(isServer), 'package-script');
  const byMain = manifest === undefined ? [] : mainEntry(manifest, sources).filter((path) => isStartable(path) && isServer(path));
  if (byMain.length > 0) return toEntries(byMain, 'package-main');
  return toEntries(conventional(home, sources, isServer), 'convention');
}

const NO_SCRIPTS: ScriptEntries = { started: [], others: [] };

const distinct = (entries: readonly BootEntry[]): readonly BootEntry[] => [
  ...new Map(entries.map((entry) => [entry.module, entry])).values(),
];

const toEntries = (paths: readonly string[], reason: BootEntry['reason']): readonly BootEntry[] =>
  [...new Set(paths)].map((path) => ({ module: toModuleId(path), reason }));

function mainEntry(manifest: PackageManifest, sources: ReadonlySet<string>): readonly string[] {
  return manifest.main === undefined ? [] : resolveEntry(sources, manifest.directory, manifest.main);
}

const NAMES = [
  ...['main', 'server', 'index', 'app'].map((name) => `src/${name}`),
  ...['server', 'main', 'index', 'app'],
  ...['backend', 'server', 'api'].flatMap((folder) =>
    ['main', 'server', 'index', 'app'].flatMap((name) => [`${folder}/${name}`, `${folder}/src/${name}`, `src/${folder}/${name}`]),
  ),
  ...['bin/www', 'src/bin/www'],
];

/** The first conventional name below a folder whose code reaches a server library. */
function conventional(home: string, sources: ReadonlySet<string>, isServer: (path: string) => boolean): readonly string[] {
  for (const name of NAMES) {
    const found = resolveEntry(sources, home, name).filter((path) => isStartable(path) && isServer(path));
    if (found.length > 0) return found.slice(0, 1);
  }
  return [];
}

/** Folders that may hold an application: every package, applications without a manifest, and the children of `apps`, `packages` and `services`. */
function homes(tree: SourceTree, sources: ReadonlySet<string>): readonly string[] {
  const found = new Set(['.', ...applicationFolders(tree)]);
  for (const path of sources) {
    const [parent, child, ...rest] = path.split('/');
    if (rest.length > 0 && ['apps', 'packages', 'services'].includes(parent ?? '')) found.add(`${parent}/${child}`);
  }
  return [...found].sort(compareText);
}

/** Packages, and the folders of monorepos (Nx, Nest) whose applications have no manifest but a `tsconfig.app.json`. */
export function applicationFolders({ packages, tsconfigs }: SourceTree): readonly string[] {
  const unnamed = tsconfigs.filter((path) => posix.basename(path) === 'tsconfig.app.json').map((path) => posix.dirname(path));
  return [...new Set([...packages.map(({ directory }) => directory), ...unnamed])];
}

/** Packages whose use makes a module part of a server. */
const SERVER_PACKAGES = new Set([
  'express',
  'express-promise-router',
  'routing-controllers',
  'inversify-express-utils',
  'h3',
  'fastify',
  'koa',
  '@koa/router',
  '@hapi/hapi',
  '@hapi/glue',
  'hapi',
  'hono',
  '@hono/zod-openapi',
  '@hono/node-server',
  '@nestjs/core',
  'restify',
  'polka',
  '@tinyhttp/app',
  'elysia',
  'itty-router',
  'http',
  'https',
  'node:http',
  'node:https',
  'ws',
  'socket.io',
  'apollo-server',
]);

/** Modules that import a server library themselves. */
function directServers(program: ProgramQueries): readonly ModuleId[] {
  return program.program.imports.flatMap(({ from, target, typeOnly }) => {
    const name = target.kind === 'package' ? target.package : target.kind === 'builtin' ? target.name : undefined;
    return !typeOnly && name !== undefined && SERVER_PACKAGES.has(name) ? [from] : [];
  });
}

/** Modules that reach a server library through their imports. */
function servingModules(program: ProgramQueries): ReadonlySet<ModuleId> {
  const importers = importersOf(program);
  const pending = [...directServers(program)];
  const found = new Set<ModuleId>();
  for (let module = pending.pop(); module !== undefined; module = pending.pop()) {
    if (found.has(module)) continue;
    found.add(module);
    pending.push(...(importers.get(module) ?? []));
  }
  return found;
}

/** Who imports each module at run time. */
function importersOf(program: ProgramQueries): ReadonlyMap<ModuleId, readonly ModuleId[]> {
  const importers = new Map<ModuleId, ModuleId[]>();
  for (const { from, target, typeOnly } of program.program.imports) {
    if (typeOnly || target.kind !== 'module') continue;
    const known = importers.get(target.module);
    if (known === undefined) importers.set(target.module, [from]);
    else known.push(from);
  }
  return importers;
}

const isImported = (program: ProgramQueries, module: ModuleId): boolean =>
  program.program.imports.some(
    ({ from, target, typeOnly }) =>
      !typeOnly && from !== module && target.kind === 'module' && target.module === module && program.module(from)?.role === 'source',
  );

const listens = (program: ProgramQueries, module: ModuleId): boolean =>
  program
    .module(module)
    ?.syntax.calls.some(({ callee }) => callee.kind === 'member' && (callee.property === 'listen' || callee.property === 'createServer')) ??
  false;
