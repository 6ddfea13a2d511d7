import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';

/** A package on the disk, as the part of a file's path up to it. */
export interface PackageFolder {
  /** `pg`, `@prisma/client`, `.prisma/client`. */
  readonly name: string;
  readonly folder: string;
}

/** The installed package a file belongs to; undefined for a file of one's own code. */
export function packageFolderOf(file: string): PackageFolder | undefined {
  const parts = file.split(/[\\/]/);
  const at = parts.lastIndexOf('node_modules');
  const first = parts[at + 1];
  if (at < 0 || first === undefined) return undefined;
  const length = first.startsWith('@') || first.startsWith('.') ? 2 : 1;
  const name = parts.slice(at + 1, at + 1 + length).join('/');
  return { name, folder: parts.slice(0, at + 1 + length).join('/') };
}

/** Where a package is installed, looking from a folder upward as Node does. */
export function findPackage(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = join(folder, '..')) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(candidate)) return candidate;
    if (folder === parse(folder).root) return undefined;
  }
}

/** Whether a package carries compiled code (addons, WebAssembly) that it reads from its own folder, so that a bundle would miss it. */
export function isNativePackage(folder: string): boolean {
  if (['binding.gyp', 'prebuilds'].some((name) => existsSync(join(folder, name)))) return true;
  const manifest = readManifest(join(folder, 'package.json'));
  return manifest.gypfile === true || manifest.binary !== undefined || containsCompiledCode(folder, SEARCH_DEPTH);
}

/** An object of unknown content; empty when there is no readable manifest. */
export function readManifest(path: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

const SEARCH_DEPTH = 3;

function containsCompiledCode(folder: string, depth: number): boolean {
  for (const entry of readEntries(folder)) {
    if (entry.isFile() && /\.(node|wasm)$/.test(entry.name)) return true;
    if (depth > 1 && entry.isDirectory() && entry.name !== 'node_modules' && containsCompiledCode(join(folder, entry.name), depth - 1))
      return true;
  }
  return false;
}

function readEntries(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
