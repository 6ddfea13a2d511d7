import { stat } from 'node:fs/promises';
import { UserError } from '../lib/errors.ts';

/** Refuses a root that is no folder, before anything is read or written. */
export async function requireRoot(root: string): Promise<void> {
  const stats = await stat(root).catch(() => undefined);
  if (stats === undefined) throw new UserError('no-such-folder', `${root} does not exist`, 'Name the folder that holds the monolith.');
  if (!stats.isDirectory()) throw new UserError('not-a-folder', `${root} is a file`, 'Name the folder that holds the monolith.');
}
