import { access, constants, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { UserError } from '../lib/errors.ts';
import { asUserError, checkOwnership } from './output-folder.ts';

/**
 * Refuses, before any work, an output folder that cannot or must not be written: the monolith itself, a folder of its
 * sources or tools, a foreign folder, a place that takes no files. A missing folder is fine.
 */
export async function checkOutputFolder(root: string, out: string): Promise<void> {
  const [source, target] = [await realPathOf(root), await realPathOf(out)];
  const above = relative(target, source);
  if (above === '' || !leaves(above)) {
    throw refusal(`the output folder ${out} ${above === '' ? 'is' : 'contains'} the monolith ${root}`);
  }
  const below = relative(source, target);
  const reserved = leaves(below) ? undefined : below.split(sep).find((name) => RESERVED.has(name));
  if (reserved !== undefined) throw refusal(`the output folder ${out} lies in ${reserved}, which belongs to other tools`);
  await checkOwnership(out);
  await asUserError(out, async () => access(await nearestFolder(out), constants.W_OK));
}

/** Refuses an output folder among the sources of the monolith, given by their paths: its own build would take the slices in. */
export async function refuseAmongSources(root: string, out: string, sources: readonly string[]): Promise<void> {
  const below = relative(await realPathOf(root), await realPathOf(out));
  if (leaves(below)) return;
  const folder = dirname(below).split(sep).join('/');
  const found = folder === '.' ? undefined : sources.find((path) => path.startsWith(`${folder}/`));
  if (found !== undefined) throw refusal(`the output folder ${out} lies among sources of the monolith, such as ${found}`);
}

const RESERVED: ReadonlySet<string> = new Set(['.git', 'node_modules', '.banyan']);

const refusal = (what: string): UserError =>
  new UserError(
    'output-in-monolith',
    what,
    'Name a folder of its own with --out, such as banyan-out in the root of the monolith; nothing was changed.',
  );

const leaves = (path: string): boolean => path === '..' || path.startsWith(`..${sep}`) || path.startsWith(sep) || /^[A-Za-z]:/.test(path);

/** The path with links resolved, as far as it exists. */
async function realPathOf(path: string): Promise<string> {
  const real = await realpath(path).catch(() => undefined);
  if (real !== undefined) return real;
  return dirname(path) === path ? path : join(await realPathOf(dirname(path)), basename(path));
}

/** The folder itself, or the one above it in which it will be made. */
async function nearestFolder(path: string): Promise<string> {
  const exists = await stat(path).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
      throw error;
    },
  );
  return exists || dirname(path) === path ? path : nearestFolder(dirname(path));
}
