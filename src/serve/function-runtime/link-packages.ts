import { lstatSync, mkdirSync, realpathSync, rmdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPackage, readManifest } from './package-folder.ts';

export interface LinkedPackages {
  /** Run-time dependencies found nowhere. */
  readonly missing: readonly string[];
  /** Development dependencies found nowhere: types, test tools. */
  readonly missingForDevelopment: readonly string[];
  /** Removes every link again. */
  undo(): void;
}

/**
 * Makes the packages that a generated folder names resolvable without installing them: what is not found from the
 * folder upward is linked from the monolith, else from Banyan's own installation. Only named packages are linked,
 * so that one missing in `package.json` is noticed.
 */
export function linkPackages(folder: string, root: string): LinkedPackages {
  const manifest = readManifest(join(folder, 'package.json'));
  const links: string[] = [];
  const find = (name: string): boolean => {
    if (findPackage(name, folder) !== undefined) return true;
    const installed = findPackage(name, root) ?? findPackage(name, OWN_FOLDER);
    if (installed === undefined) return false;
    const target = realpathSync(installed);
    const link = (path: string, to: string): void => {
      makeLink(path, to);
      links.push(path);
    };
    link(join(folder, 'node_modules', name), target);
    // Tools look for programs there: the CDK for esbuild.
    for (const [program, path] of programsOf(target, name)) link(join(folder, 'node_modules', '.bin', program), join(target, path));
    return true;
  };
  return {
    missing: namesIn(manifest.dependencies).filter((name) => !find(name)),
    missingForDevelopment: namesIn(manifest.devDependencies).filter((name) => !find(name)),
    undo: () => {
      for (const path of links.splice(0)) removeLink(path, folder);
    },
  };
}

function makeLink(path: string, target: string): void {
  mkdirSync(dirname(path), { recursive: true });
  // A link that an interrupted run left behind may point nowhere now.
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(path);
  symlinkSync(target, path, 'junction');
}

function programsOf(folder: string, name: string): readonly (readonly [string, string])[] {
  const { bin } = readManifest(join(folder, 'package.json'));
  if (typeof bin === 'string') return [[name.replace(/^@[^/]+\//, ''), bin]];
  if (typeof bin !== 'object' || bin === null) return [];
  return Object.entries(bin).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
}

const OWN_FOLDER = dirname(fileURLToPath(import.meta.url));

const namesIn = (section: unknown): readonly string[] =>
  typeof section === 'object' && section !== null ? Object.keys(section).sort() : [];

/** Removes the link, and the folders above it that are empty now, up to the slice's own. */
function removeLink(path: string, folder: string): void {
  rmSync(path, { force: true });
  for (let parent = dirname(path); parent !== folder; parent = dirname(parent)) {
    try {
      rmdirSync(parent);
    } catch {
      return;
    }
  }
}
