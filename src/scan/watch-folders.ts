import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';

/** Tells when something changes in some folders of a root; what lies deeper is watched by its own folder. */
export interface FolderWatch {
  /** The folders to watch from now on, relative to the root. */
  follow(folders: ReadonlySet<string>): void;
  /** Waits until something changed since it was last asked, and then nothing for a moment; false when it was aborted. */
  changed(signal: AbortSignal): Promise<boolean>;
  close(): void;
}

/** Editors and version control change many files, and each several times. */
const QUIET_MILLISECONDS = 200;

/** Changes there are no changes of the monolith. */
const ignored = /^(node_modules|\..*|banyan-out|coverage|.*\.part)$/;

export function watchFolders(root: string): FolderWatch {
  const watchers = new Map<string, FSWatcher>();
  let isChanged = false;
  let onChange: () => void = () => {};
  const note = (name: string | null): void => {
    if (name !== null && ignored.test(name)) return;
    isChanged = true;
    onChange();
  };
  const unwatch = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const open = (folder: string): void => {
    try {
      // A folder that is removed meanwhile is told by the one around it.
      const watcher = watch(join(root, folder), (_event, name) => note(name)).on('error', () => unwatch(folder));
      watchers.set(folder, watcher);
    } catch {
      isChanged = true;
    }
  };

  return {
    follow(folders) {
      for (const folder of [...watchers.keys()]) if (!folders.has(folder)) unwatch(folder);
      for (const folder of folders) if (!watchers.has(folder)) open(folder);
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
