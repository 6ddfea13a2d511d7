import { existsSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';

/** Where a package is installed, looking from a folder upward as Node does. */
export function findPackage(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = join(folder, '..')) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(candidate)) return candidate;
    if (folder === parse(folder).root) return undefined;
  }
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
