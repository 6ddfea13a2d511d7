import { statSync } from 'node:fs';
import { join } from 'node:path';

/** What a file looks like from outside: the same stamp means the same content. Undefined where only the content can tell. */
export type StampOf = (path: string) => string | undefined;

/** Stamps of files below a root, from what the file system knows of them. */
export const createFileStamps =
  (root: string): StampOf =>
  (path) => {
    const stats = statSync(join(root, path), { throwIfNoEntry: false });
    return stats === undefined ? undefined : `${stats.mtimeMs} ${stats.ctimeMs} ${stats.size} ${stats.ino}`;
  };

/** Machines that build check files out anew, and restore caches of other machines: their times say nothing. */
export const noStamps: StampOf = () => undefined;
