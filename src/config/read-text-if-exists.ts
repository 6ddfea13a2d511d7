import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserError } from '../lib/errors.ts';

/** Text of a file; undefined when there is none. */
export async function readTextIfExists(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return undefined;
    throw new UserError(
      'unreadable-file',
      `${basename(path)} cannot be read: ${REASONS[String(code)] ?? String(error)}`,
      'Check that it is a file and that you may read it.',
    );
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'the operation is not permitted',
  ELOOP: 'its links lead in a circle',
};
