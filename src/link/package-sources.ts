import { posix } from 'node:path';
import { splitPackage } from '../lib/package-name.ts';
import type { ModuleId } from '../model/ids.ts';
import type { PackageManifest, SourceTree } from '../model/source-tree.ts';
import { findSource } from './find-source.ts';

/** What the manifests of the tree say about package names. */
export interface PackageSources {
  /** The source module that importing a workspace package gives, even when it is neither installed nor built. */
  source(specifier: string): ModuleId | undefined;
  /** The source module of a file in a package's folder of compiled output, which need not be there: `dist/books` of a file beside it. */
  sourceOfCompiled(path: string): ModuleId | undefined;
  /** Whether any manifest depends on the package. */
  isDependency(specifier: string): boolean;
}

/** Folders of compiled output whose sources stand beside them or in `src`. */
const outputFolders = /^(dist|build|lib|out|esm|cjs|es)\//;

export function createPackageSources(
  tree: SourceTree,
  known: ReadonlySet<string>,
  readText: (path: ModuleId) => string | undefined,
): PackageSources {
  const workspaces = new Map(tree.packages.flatMap((one) => (one.name === undefined ? [] : [[one.name, one] as const])));
  const dependencies = new Set(tree.packages.flatMap((one) => [...Object.keys(one.dependencies), ...Object.keys(one.devDependencies)]));
  const directories = new Set(tree.packages.map(({ directory }) => directory));
  const found = new Map<string, ModuleId | undefined>();

  const search = (specifier: string): ModuleId | undefined => {
    const { name, subpath } = splitPackage(specifier);
    const manifest = workspaces.get(name);
    if (manifest === undefined) return undefined;
    for (const path of [...entriesOf(manifest, subpath, readText), subpath === '' ? 'index' : subpath]) {
      const source = sourceOf(known, manifest.directory, path);
      if (source !== undefined) return source;
    }
    return undefined;
  };

  return {
    source(specifier) {
      if (!found.has(specifier)) found.set(specifier, search(specifier));
      return found.get(specifier);
    },
    sourceOfCompiled(path) {
      const directory = packageAround(directories, path);
      const inside = directory === '.' ? path : path.slice(directory.length + 1);
      return outputFolders.test(inside) ? sourceOf(known, directory, inside) : undefined;
    },
    isDependency: (specifier) => dependencies.has(splitPackage(specifier).name),
  };
}

function packageAround(directories: ReadonlySet<string>, path: string): string {
  let directory = posix.dirname(path);
  while (directory !== '.' && !directories.has(directory)) directory = posix.dirname(directory);
  return directory;
}

/** A path a manifest names, or where the source of that compiled file may stand. */
function sourceOf(known: ReadonlySet<string>, directory: string, path: string): ModuleId | undefined {
  const prefix = directory === '.' ? '' : `${directory}/`;
  const written = path.replace(/^\.\//, '');
  const clean = written.replace(/(\.d)?\.[cm]?[jt]sx?$/, '');
  const below = clean.replace(outputFolders, '');
  for (const candidate of [written, clean, `src/${clean}`, `src/${below}`, below, `lib/${below}`]) {
    const source = findSource(known, prefix + candidate);
    if (source !== undefined) return source;
  }
  return undefined;
}

/** Files the manifest names for a subpath: `exports`, then `types`, `module` and `main`. */
function entriesOf(manifest: PackageManifest, subpath: string, readText: (path: ModuleId) => string | undefined): string[] {
  const fields = readFields(readText(manifest.path));
  const exported = textsOf(subpath === '' ? mainExport(fields.exports) : member(fields.exports, `./${subpath}`));
  return subpath === '' ? [...exported, ...textsOf([fields.types, fields.module]), ...textsOf(manifest.main)] : exported;
}

interface EntryFields {
  readonly exports?: unknown;
  readonly types?: unknown;
  readonly module?: unknown;
}

function readFields(text: string | undefined): EntryFields {
  try {
    const parsed: unknown = JSON.parse(text ?? '{}');
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;

/** `exports` may be the main entry itself, by conditions. */
const mainExport = (exports: unknown): unknown => member(exports, '.') ?? (hasSubpaths(exports) ? undefined : exports);

const hasSubpaths = (exports: unknown): boolean =>
  typeof exports === 'object' && exports !== null && Object.keys(exports).some((key) => key.startsWith('.'));

/** Every text in a value of conditions, in order. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
