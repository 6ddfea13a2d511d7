import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../lib/sort.ts';
import { type ModuleId, toModuleId } from '../model/ids.ts';

/**
 * Lists the files below a folder of the root at any depth, or the file itself; sorted; `node_modules` and hidden folders
 * left out, links not followed. A path that leaves the root, or that is not there, has no files.
 */
export function createFolderLister(root: string): (folder: string) => readonly ModuleId[] {
  return (folder) => {
    const path = folder === '.' || folder === './' ? '' : folder.replace(/^\.\/|\/$/g, '');
    if (path.split('/').includes('..') || path.startsWith('/')) return [];
    return listBelow(root, path).sort(compareText).map(toModuleId);
  };
}

function listBelow(root: string, folder: string): string[] {
  const entries = attempt(() => readdirSync(join(root, folder), { withFileTypes: true }));
  if (entries === 'not-a-folder') return [folder];
  return (entries ?? []).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile()) return [path];
    const skipped = entry.name === 'node_modules' || entry.name.startsWith('.');
    return entry.isDirectory() && !skipped ? listBelow(root, path) : [];
  });
}

function attempt<T>(read: () => T): T | 'not-a-folder' | undefined {
  try {
    return read();
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOTDIR' ? 'not-a-folder' : undefined;
  }
}
