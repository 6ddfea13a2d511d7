import { type FSWatcher, readdirSync, type WatchEventType, watch } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../lib/errors.ts';

/** Tells when something changes in the folders of a root. */
export interface FolderWatch {
  /** Watches every folder that is there now. To be called before they are read: what changes afterwards is then not lost. */
  follow(): void;
  /** Tells which folders hold what was read, relative to the root. Of all others only new sources and folders count. */
  keepTo(folders: ReadonlySet<string>): void;
  /** Waits until something changed since it was last asked, and then nothing for a moment; false when it was aborted. */
  changed(signal: AbortSignal): Promise<boolean>;
  close(): void;
}

/** Editors and version control change many files, and each several times. */
const QUIET_MILLISECONDS = 200;

/** Changes there are no changes of the monolith. */
const ignored = /^(node_modules|bower_components|\..*|banyan-out|coverage|.*\.part)$/;

/** Folders, and what a scan may want. */
const mayBeWanted = /^[^.]+$|\.([cm]?[jt]sx?|json|prisma|sql|graphql|gql)$/;

export function watchFolders(root: string): FolderWatch {
  const watchers = new Map<string, FSWatcher>();
  /** Folders in which nothing was read. */
  const unread = new Set<string>();
  let read: ReadonlySet<string> = new Set();
  let isChanged = false;
  let onChange: () => void = () => {};
  const note = (folder: string, event: WatchEventType, name: string | null): void => {
    if (name !== null && ignored.test(name)) return;
    if (name !== null && unread.has(folder) && (event !== 'rename' || !mayBeWanted.test(name))) return;
    // A folder that comes back under its name is another one: the old one's watcher tells no more.
    if (name !== null && event === 'rename') unwatchBelow(folder === '.' ? name : `${folder}/${name}`);
    isChanged = true;
    onChange();
  };
  const unwatch = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
    unread.delete(folder);
  };
  const unwatchBelow = (folder: string): void => {
    if (!watchers.has(folder)) return;
    for (const one of [...watchers.keys()]) if (one === folder || one.startsWith(`${folder}/`)) unwatch(one);
  };
  /** Whether the folder is there. */
  const open = (folder: string): boolean => {
    if (watchers.has(folder)) return true;
    try {
      // A folder that is removed meanwhile is told by the one around it.
      const watcher = watch(join(root, folder), (event, name) => note(folder, event, name)).on('error', () => unwatch(folder));
      watchers.set(folder, watcher);
      return true;
    } catch (error) {
      refuseWithoutWatches(error);
      return false;
    }
  };

  return {
    follow() {
      const folders = new Set([...foldersBelow(root, '.'), ...read]);
      for (const folder of [...watchers.keys()]) if (!folders.has(folder)) unwatch(folder);
      for (const folder of folders) open(folder);
    },
    keepTo(folders) {
      read = folders;
      for (const folder of folders) if (!open(folder)) isChanged = true;
      unread.clear();
      for (const folder of watchers.keys()) if (!folders.has(folder)) unread.add(folder);
    },
    async changed(signal) {
      while (!signal.aborted) {
        const wasChanged = isChanged;
        isChanged = false;
        const again = await nextChange((listener) => (onChange = listener), wasChanged ? QUIET_MILLISECONDS : undefined, signal);
        if (again) isChanged = true;
        else if (wasChanged && !signal.aborted) return true;
      }
      return false;
    },
    close: () => {
      for (const folder of [...watchers.keys()]) unwatch(folder);
    },
  };
}

/** The folder and all below it. Links are not followed, nor does a scan follow them. */
function foldersBelow(root: string, folder: string): readonly string[] {
  try {
    const inner = readdirSync(join(root, folder), { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && !ignored.test(entry.name),
    );
    return [folder, ...inner.flatMap(({ name }) => foldersBelow(root, folder === '.' ? name : `${folder}/${name}`))];
  } catch {
    // It was removed meanwhile, or nobody may read it.
    return [];
  }
}

/** To go on would be to miss changes silently. */
function refuseWithoutWatches(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ENOSPC' && code !== 'EMFILE') return;
  throw new UserError(
    'too-many-folders',
    'the system lets no more folders be watched',
    'Raise its limit (Linux: fs.inotify.max_user_watches).',
  );
}

/** True when something changes, false when the time is over or it is aborted. */
function nextChange(listen: (listener: () => void) => void, milliseconds: number | undefined, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (changed: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      listen(() => {});
      resolve(changed);
    };
    const abort = (): void => end(false);
    const timer = milliseconds === undefined ? undefined : setTimeout(() => end(false), milliseconds);
    signal.addEventListener('abort', abort, { once: true });
    listen(() => end(true));
  });
}
