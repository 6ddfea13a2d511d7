import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../lib/errors.ts';
import { sortedBy } from '../lib/sort.ts';
import type { FileConvention } from '../model/boot-trace.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { type ModuleId, toModuleId } from '../model/ids.ts';
import type { Outcome } from '../model/outcome.ts';
import type { AssetFile, PackageManifest, SourceFile, SourceTree } from '../model/source-tree.ts';
import { checkTsconfigs } from './check-tsconfigs.ts';
import { type FoundFile, listFiles } from './list-files.ts';
import { markLoaded } from './mark-loaded.ts';
import { readManifest } from './read-manifest.ts';
import { roleOf } from './role-of.ts';

export interface ScanOptions {
  /** What frameworks load by where it stands. */
  readonly conventions?: readonly FileConvention[];
  /** Glob patterns, relative to the root, of files that are left out. */
  readonly exclude: readonly string[];
}

/** Finds what stands under a folder; contents are not interpreted beyond manifests. Throws {@link UserError} when nothing can be analysed. */
export async function scan(root: string, { exclude, conventions = [] }: ScanOptions): Promise<Outcome<SourceTree>> {
  const folder = resolve(root);
  requireFolder(folder, root);
  const found = await listFiles(folder, exclude);
  const files = found.filter(({ path }) => isSource(path)).map(toSourceFile);
  if (files.length === 0) {
    throw new UserError(
      'no-sources',
      `${root} holds no TypeScript or JavaScript files`,
      'Name the folder that holds the sources, or check `exclude` in banyan.config.yaml.',
    );
  }
  const diagnostics: Diagnostic[] = [];
  const packages = readManifests(folder, found, diagnostics);
  const lockfile = findLockfile(found);
  const tsconfigs = sortedBy(
    found.filter(({ path }) => isTsconfig(path)).map(({ path }) => toModuleId(path)),
    (path) => path,
  );
  const value = markLoaded<SourceTree>(
    {
      files: sortedBy(files, ({ path }) => path),
      assets: sortedBy(found.flatMap(toAsset), ({ path }) => path),
      packages: sortedBy(packages, ({ path }) => path),
      tsconfigs,
      ...(lockfile === undefined ? {} : { lockfile }),
    },
    conventions,
  );
  return { value, diagnostics: [...diagnostics, ...checkTsconfigs(folder, tsconfigs)] };
}

function requireFolder(folder: string, given: string): void {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) throw new UserError('no-such-folder', `${given} does not exist`, 'Check the path of the folder to analyse.');
  if (!stats.isDirectory()) throw new UserError('not-a-folder', `${given} is a file`, 'Name the folder that holds the sources.');
}

const isSource = (path: string): boolean => /\.[cm]?[jt]sx?$/.test(path);
const isTsconfig = (path: string): boolean => /(^|\/)[jt]sconfig[^/]*\.json$/.test(path);

const toSourceFile = ({ path, size }: FoundFile): SourceFile => ({ path: toModuleId(path), role: roleOf(path), size });

const assetKinds: ReadonlyMap<string, AssetFile['kind']> = new Map([
  ['prisma', 'prisma'],
  ['sql', 'sql'],
  ['graphql', 'graphql'],
  ['gql', 'graphql'],
]);

/** Settings of frameworks that stand in a file of their own. */
const isSettings = (path: string): boolean => /(^|\/)tsoa\.json$/.test(path);

function toAsset({ path, size }: FoundFile): AssetFile[] {
  const kind = isSettings(path) ? 'json' : assetKinds.get(path.slice(path.lastIndexOf('.') + 1));
  return kind === undefined ? [] : [{ path: toModuleId(path), kind, size }];
}

function readManifests(folder: string, found: readonly FoundFile[], diagnostics: Diagnostic[]): PackageManifest[] {
  return found
    .filter(({ path }) => /(^|\/)package\.json$/.test(path))
    .flatMap(({ path }) => {
      const manifest = readManifest(folder, toModuleId(path));
      if (!('message' in manifest)) return [manifest];
      diagnostics.push({ code: 'unreadable-file', data: { message: manifest.message }, at: manifest.at });
      return [];
    });
}

const lockfiles = [
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
] as const;

function findLockfile(found: readonly FoundFile[]): { path: ModuleId; kind: 'npm' | 'yarn' | 'pnpm' } | undefined {
  const paths = new Set(found.map(({ path }) => path));
  const lockfile = lockfiles.find(([name]) => paths.has(name));
  return lockfile && { path: toModuleId(lockfile[0]), kind: lockfile[1] };
}
