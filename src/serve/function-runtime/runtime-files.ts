import { cpSync, existsSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

/**
 * Puts beside a bundle what the slice's code may read from the disk (views, certificates, static files), at the paths
 * they have in the slice: everything that is neither source nor part of the package's own paperwork.
 */
export function copyRuntimeFiles(slice: string, folder: string): void {
  if (!existsSync(slice)) return;
  for (const entry of readdirSync(slice, { withFileTypes: true })) {
    if (PAPERWORK.has(entry.name)) continue;
    cpSync(join(slice, entry.name), join(folder, entry.name), { recursive: true, filter: (path) => !SOURCE.has(extname(path)) });
  }
}

const SOURCE = new Set(['.ts', '.tsx', '.mts', '.cts']);

const PAPERWORK = new Set([
  'README.md',
  'closure.json',
  'dist',
  'node_modules',
  'openapi.json',
  'package-lock.json',
  'package.json',
  'test',
  'tsconfig.json',
]);
