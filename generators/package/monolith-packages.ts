import type { GeneratorInput } from '../../src/generate/generator.ts';
import type { ModuleId } from '../../src/model/ids.ts';
import type { PackageManifest, SourceTree } from '../../src/model/source-tree.ts';
import { emptyLockfile, type LockfileQuery } from './locked-package.ts';
import { readNpmLockfile } from './npm-lockfile.ts';
import { readPnpmLockfile } from './pnpm-lockfile.ts';
import { readYarnLockfile } from './yarn-lockfile.ts';

/** Which version of a package the monolith uses, asked from one of its modules. */
export interface MonolithPackages {
  /** What a manifest of the slice writes: the locked version, else the manifest's range; undefined when neither names the package. */
  specifierOf(name: string, importer: ModuleId): string | undefined;
  /** The manifest that governs a module: the nearest one above it. */
  manifestOf(module: ModuleId): PackageManifest | undefined;
}

/** Reads lock file and manifests once. */
export function readMonolithPackages({ tree, readSource }: Pick<GeneratorInput, 'tree' | 'readSource'>): MonolithPackages {
  const locked = readLockfile(tree, readSource);
  return {
    specifierOf(name, importer) {
      const manifests = manifestsAbove(tree.packages, importer);
      const listing = manifests.find((manifest) => rangeIn(manifest, name) !== undefined);
      const range = listing === undefined ? undefined : rangeIn(listing, name);
      const directory = (listing ?? manifests.at(-1))?.directory ?? '.';
      return locked({ name, range, directory })?.specifier ?? range;
    },
    manifestOf: (module) => manifestsAbove(tree.packages, module)[0],
  };
}

const readers: Readonly<Record<NonNullable<SourceTree['lockfile']>['kind'], (text: string) => LockfileQuery>> = {
  npm: readNpmLockfile,
  yarn: readYarnLockfile,
  pnpm: readPnpmLockfile,
};

function readLockfile(tree: SourceTree, readSource: GeneratorInput['readSource']): LockfileQuery {
  const text = tree.lockfile === undefined ? undefined : readSource(tree.lockfile.path);
  return tree.lockfile === undefined || text === undefined ? emptyLockfile : readers[tree.lockfile.kind](text);
}

/** Nearest first. */
const manifestsAbove = (manifests: readonly PackageManifest[], module: ModuleId): readonly PackageManifest[] =>
  manifests
    .filter(({ directory }) => directory === '.' || module.startsWith(`${directory}/`))
    .toSorted((left, right) => depth(right) - depth(left));

const depth = ({ directory }: PackageManifest): number => (directory === '.' ? 0 : directory.split('/').length);

const rangeIn = (manifest: PackageManifest, name: string): string | undefined =>
  manifest.dependencies[name] ?? manifest.devDependencies[name];
