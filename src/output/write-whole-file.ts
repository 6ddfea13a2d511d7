import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { asUserError } from './output-folder.ts';

/** Writes one file so that it is never seen half: beside its place first, then renamed. Throws a `UserError` when refused. */
export async function writeWholeFile(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.part`;
  await asUserError(dirname(path), async () => {
    await mkdir(dirname(path), { recursive: true });
    try {
      await writeFile(beside, text);
      await rename(beside, path);
    } finally {
      await rm(beside, { force: true });
    }
  });
}
