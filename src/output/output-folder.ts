import { lstat, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../lib/errors.ts';
import { foldersOf } from './check-paths.ts';
import { JOURNAL_PATH, MANIFEST_PATH, RECORDS } from './manifest.ts';

/** Refuses a folder that holds something and was not written by us. A missing or empty one is fine. */
export async function checkOwnership(out: string): Promise<void> {
  const names = await asUserError(out, () => listFolder(out));
  if (names.every((name) => name === RECORDS)) return;
  if ((await readIfExists(join(out, MANIFEST_PATH))) !== undefined || (await readIfExists(join(out, JOURNAL_PATH))) !== undefined) return;
  throw new UserError(
    'foreign-output-folder',
    `${out} holds "${names[0]}"${names.length > 1 ? ` and ${names.length - 1} more` : ''}, which Banyan did not write`,
    'Name an empty or new folder with --out; nothing was changed.',
  );
}

async function listFolder(out: string): Promise<readonly string[]> {
  try {
    return (await readdir(out)).sort();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** A link inside the output could lead writes out of it. */
export async function refuseLinks(out: string, paths: readonly string[]): Promise<void> {
  for (const folder of new Set(paths.flatMap(foldersOf))) {
    const stats = await lstat(join(out, folder)).catch(() => undefined);
    if (stats?.isSymbolicLink())
      throw new UserError(
        'linked-output-folder',
        `${folder} in the output folder is a symbolic link; files written through it would land elsewhere`,
        'Replace the link by a folder; nothing was changed.',
      );
  }
}

/** Bytes of a file; undefined when there is none. */
export async function readIfExists(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

export async function createFolder(out: string): Promise<void> {
  await asUserError(out, () => makeFolders(out));
}

/** Not `mkdir` with `recursive`: where a file system takes no folders (`/proc`), Node would try for ever. */
export async function makeFolders(path: string): Promise<void> {
  const stats = await stat(path).catch(() => undefined);
  if (stats?.isDirectory()) return;
  if (stats === undefined && dirname(path) !== path) await makeFolders(dirname(path));
  await mkdir(path).catch(async (error: unknown) => {
    // Somebody else may have made it meanwhile.
    if (!(await stat(path).catch(() => undefined))?.isDirectory()) throw error;
  });
}

/** Runs disk work; what the disk refuses is the user's to solve and told as such. */
export async function asUserError<T>(
  path: string,
  work: () => Promise<T>,
  nextStep: string = 'Free it, or name another folder with --out.',
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reason = REFUSALS[codeOf(error) ?? ''];
    if (reason === undefined) throw error;
    throw new UserError('unwritable-output', `${path} cannot be written: ${reason}`, nextStep);
  }
}

const REFUSALS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a file stands where a folder is needed',
  EEXIST: 'a file stands where a folder is needed',
  EISDIR: 'a folder stands where a file is needed',
  ENOENT: 'nothing can be made there',
  ENAMETOOLONG: 'the path is too long',
  ELOOP: 'its links lead in a circle',
};

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
