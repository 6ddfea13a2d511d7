import type { Artifact, WriteResult } from '../model/artifact.ts';
import { hashOf, type ManifestEntry } from './manifest.ts';

/** What stands on the disk for one path. */
export interface DiskState {
  /** Undefined: there is no such file. */
  readonly current: Uint8Array | undefined;
  /** The file `<path>.new` beside it. */
  readonly beside: Uint8Array | undefined;
  /** What we generated last time; undefined: never. */
  readonly entry: ManifestEntry | undefined;
}

/** What happens to one path. */
export interface Decision {
  readonly path: string;
  readonly action: WriteResult['action'];
  /** Bytes to put at a path: the artifact's own, or `<path>.new`. */
  readonly place?: { readonly path: string; readonly bytes: Uint8Array; readonly executable: boolean };
  readonly remove?: string;
  /** The entry of the new manifest; absent when the path is no longer ours. */
  readonly entry?: ManifestEntry;
}

/**
 * A file that nobody changed since we wrote it is replaced; one that a person changed, or that is not ours, is kept and
 * the new content goes beside it when it differs from what we generated last.
 */
export function decideWrite(artifact: Artifact, { current, beside, entry: before }: DiskState): Decision {
  const { path, executable = false } = artifact;
  const bytes = toBytes(artifact.content);
  const entry = toEntry(artifact, hashOf(bytes));
  const place = { path, bytes, executable };
  if (current === undefined) return { path, action: 'created', place, entry };
  const hash = hashOf(current);
  if (hash === entry.sha256) {
    const isSettled = beside !== undefined && before !== undefined && hashOf(beside) === before.sha256;
    return { path, action: 'unchanged', entry, ...(isSettled ? { remove: besideOf(path) } : {}) };
  }
  if (hash === before?.sha256) return { path, action: 'updated', place, entry };
  if (before?.sha256 === entry.sha256) {
    const isOpen = beside !== undefined && hashOf(beside) === entry.sha256;
    return { path, action: isOpen ? 'conflict' : 'kept-edited', entry };
  }
  const isTheirs = beside !== undefined && hashOf(beside) !== before?.sha256 && hashOf(beside) !== entry.sha256;
  // A person works in the file beside, too: it stays, and the conflict is told again until it is gone.
  if (isTheirs) return { path, action: 'conflict', ...(before === undefined ? {} : { entry: before }) };
  return { path, action: 'conflict', place: { ...place, path: besideOf(path) }, entry };
}

/** A path that is no longer generated: removed when it still is what we wrote, else left to whoever changed it. */
export function decideRemoval(before: ManifestEntry, current: Uint8Array | undefined): Decision {
  const { path } = before;
  if (current === undefined) return { path, action: 'removed' };
  return hashOf(current) === before.sha256 ? { path, action: 'removed', remove: path } : { path, action: 'kept-edited' };
}

export const besideOf = (path: string): string => `${path}.new`;

export const toBytes = (content: string | Uint8Array): Uint8Array => (typeof content === 'string' ? Buffer.from(content, 'utf8') : content);

const toEntry = ({ path, origin }: Artifact, sha256: string): ManifestEntry => ({
  path,
  sha256,
  generator: origin.generator,
  ...(origin.source === undefined ? {} : { source: origin.source }),
});
