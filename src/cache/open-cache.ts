import { join } from 'node:path';
import type { ModuleId } from '../model/ids.ts';
import { readCacheFile, writeCacheFile } from './cache-file.ts';
import { createFileStamps, noStamps } from './file-stamps.ts';
import { createSyntaxCache, type SyntaxCache } from './syntax-cache.ts';

/** Where a cache lies, and what it may be trusted with. */
export interface CachePlace {
  /** Absolute path. */
  readonly folder: string;
  /** The build of Banyan that reads and writes it. */
  readonly version: string;
  /** Whether a file that looks the same from outside is taken for the same, or its text is compared, too. */
  readonly trusts: 'stamps' | 'content';
}

export interface OpenCache {
  readonly syntax: SyntaxCache;
  /** Writes what is new. */
  save(): void;
}

/** Opens the cache of one root. What is broken, of another build, or cannot be read counts as nothing. */
export function openCache(place: CachePlace, root: string, readSource: (path: ModuleId) => string | undefined): OpenCache {
  const path = join(place.folder, 'syntax.bin');
  const stampOf = place.trusts === 'stamps' ? createFileStamps(root) : noStamps;
  const syntax = createSyntaxCache({ stored: readCacheFile(path), version: place.version, stampOf, readSource });
  return {
    syntax,
    save() {
      const content = syntax.content();
      if (content !== undefined) writeCacheFile(path, content);
    },
  };
}
