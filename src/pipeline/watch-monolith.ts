import { posix } from 'node:path';
import { UserError } from '../lib/errors.ts';
import type { WatchState } from '../model/commands.ts';
import type { SourceTree } from '../model/source-tree.ts';
import { watchFolders } from '../scan/watch-folders.ts';
import type { Analysis } from './analyze-monolith.ts';

/**
 * Analyzes a monolith, and again whenever its files change. Only the last analysis is held; a state that cannot be
 * analyzed, such as a broken configuration, is told and waited out.
 */
export async function* watchMonolith(root: string, analyze: () => Promise<Analysis>, signal: AbortSignal): AsyncIterable<WatchState> {
  const watch = watchFolders(root);
  try {
    do {
      watch.follow();
      const { state, tree } = await attempt(analyze);
      if (tree !== undefined) watch.keepTo(foldersOf(tree));
      yield state;
    } while (await watch.changed(signal));
  } finally {
    watch.close();
  }
}

async function attempt(analyze: () => Promise<Analysis>): Promise<{ readonly state: WatchState; readonly tree?: SourceTree }> {
  try {
    const { monolith, diagnostics, tree } = await analyze();
    return { state: { kind: 'analyzed', result: { monolith, diagnostics } }, tree };
  } catch (error) {
    if (error instanceof UserError) return { state: { kind: 'failed', error } };
    throw error;
  }
}

/** Every folder on the way to a file that was read. */
function foldersOf({ files, assets, packages, tsconfigs }: SourceTree): ReadonlySet<string> {
  const folders = new Set(['.']);
  for (const path of [
    ...files.map((file) => file.path),
    ...assets.map((file) => file.path),
    ...packages.map((one) => one.path),
    ...tsconfigs,
  ])
    for (let folder = posix.dirname(path); !folders.has(folder); folder = posix.dirname(folder)) folders.add(folder);
  return folders;
}
