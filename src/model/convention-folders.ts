import { posix } from 'node:path';
import { uniqueSorted } from '../lib/sort.ts';
import type { FileConvention } from './boot-trace.ts';
import type { PackageManifest, SourceTree } from './source-tree.ts';

/** Folders of the manifests that name the framework, and of its configuration files below them; the innermost first. */
export function projectFolders(
  { packages, configuredBy = [] }: Pick<FileConvention, 'packages' | 'configuredBy'>,
  tree: Pick<SourceTree, 'files' | 'packages'>,
): readonly string[] {
  const named = tree.packages.filter((manifest) => packages.some((name) => isNamed(manifest, name))).map(({ directory }) => directory);
  if (named.length === 0) return [];
  const configured = tree.files
    .filter(({ path }) => configuredBy.includes(posix.basename(path).replace(/\.[cm]?[jt]s$/, '')))
    .map(({ path }) => posix.dirname(path))
    .filter((folder) => named.some((outer) => folder === outer || isBelow(folder, outer)));
  return uniqueSorted([...named, ...configured]).toSorted((left, right) => depthOf(right) - depthOf(left));
}

const isNamed = ({ dependencies, devDependencies }: PackageManifest, name: string): boolean =>
  Object.hasOwn(dependencies, name) || Object.hasOwn(devDependencies, name);

const isBelow = (path: string, folder: string): boolean => folder === '.' || path.startsWith(`${folder}/`);

const depthOf = (folder: string): number => (folder === '.' ? 0 : folder.split('/').length);

/** A file's path below the innermost of those folders. */
export function pathBelow(folders: readonly string[], file: string): { readonly folder: string; readonly path: string } | undefined {
  const folder = folders.find((one) => isBelow(file, one));
  return folder === undefined ? undefined : { folder, path: folder === '.' ? file : file.slice(folder.length + 1) };
}
