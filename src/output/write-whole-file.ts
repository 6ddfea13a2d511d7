import { access, constants, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { asUserError, makeFolders } from './output-folder.ts';

/**
 * Writes one file so that it is never seen half: beside its place first, then renamed. A link stays one; a file that is
 * protected against writing is not replaced. Throws a `UserError` when refused.
 */
export async function writeWholeFile(path: string, text: string): Promise<void> {
  await asUserError(
    path,
    async () => {
      await makeFolders(dirname(path));
      const target = await realpath(path).catch(() => undefined);
      if (target !== undefined) await access(target, constants.W_OK);
      await replace(target ?? path, text);
    },
    'Make it writable and run the command again; nothing was changed.',
  );
}

async function replace(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.part`;
  try {
    await writeFile(beside, text);
    await rename(beside, path);
  } finally {
    await rm(beside, { force: true });
  }
}
