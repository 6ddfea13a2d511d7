import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A header that is JSON, and bytes that it tells the meaning of. */
export interface CacheContent {
  readonly header: unknown;
  readonly body: Uint8Array;
}

const HASH_LENGTH = 20;
const SIZE_LENGTH = 4;

/** Reads a cache; undefined when there is none, or it is not whole. */
export function readCacheFile(path: string): CacheContent | undefined {
  try {
    const bytes = readFileSync(path);
    const rest = bytes.subarray(HASH_LENGTH);
    if (!hashOf(rest).equals(bytes.subarray(0, HASH_LENGTH))) return undefined;
    const start = SIZE_LENGTH + rest.readUInt32BE();
    return { header: JSON.parse(rest.toString('utf8', SIZE_LENGTH, start)), body: rest.subarray(start) };
  } catch {
    return undefined;
  }
}

/** Writes a cache beside its place first, so that nobody reads half of it. A cache that cannot be written is none. */
export function writeCacheFile(path: string, { header, body }: CacheContent): void {
  const text = Buffer.from(JSON.stringify(header));
  const size = Buffer.alloc(SIZE_LENGTH);
  size.writeUInt32BE(text.length);
  const rest = Buffer.concat([size, text, body]);
  const beside = `${path}.${process.pid}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    // A link that stands there, or what a run left that was ended, is not written through.
    rmSync(beside, { force: true });
    writeFileSync(beside, Buffer.concat([hashOf(rest), rest]), { flag: 'wx' });
    renameSync(beside, path);
  } catch {
    discard(beside);
  }
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Where it could not be made there is nothing to remove.
  }
}

const hashOf = (bytes: Uint8Array): Buffer => createHash('sha1').update(bytes).digest();
