import { createHash } from 'node:crypto';
import type { FileSyntax } from '../model/file-syntax.ts';
import type { ModuleId } from '../model/ids.ts';
import type { CacheContent } from './cache-file.ts';
import type { StampOf } from './file-stamps.ts';
import { isSyntaxHeader, type SyntaxEntry, type SyntaxHeader } from './syntax-header.ts';
import { createValueCodec, type ValueCodec } from './value-codec.ts';

/** What was extracted from files in earlier runs, found again by content. */
export interface SyntaxCache {
  /** The syntax of a file whose content is what it was. */
  find(path: ModuleId, extent: Extent): FileSyntax | undefined;
  /** Takes what was extracted from a file that was asked for before, and read afterwards. */
  keep(syntax: FileSyntax): void;
  /** What is to be kept for the next run: the files asked for in this one. Undefined when nothing is new. */
  content(): CacheContent | undefined;
}

export type Extent = 'whole' | 'imports';

export interface SyntaxCacheInput {
  /** What earlier runs left. */
  readonly stored: CacheContent | undefined;
  /** The program that extracts: what another one extracted is of no use. */
  readonly version: string;
  readonly stampOf: StampOf;
  readonly readSource: (path: ModuleId) => string | undefined;
}

interface Kept extends SyntaxEntry {
  readonly bytes: Uint8Array;
}

export function createSyntaxCache({ stored, version, stampOf, readSource }: SyntaxCacheInput): SyntaxCache {
  const header = usableHeader(stored, version);
  const codec = createValueCodec(header?.forms);
  const before = header === undefined || stored === undefined ? new Map<string, Kept>() : keptBefore(header, stored.body);
  const now = new Map<string, Kept>();
  /** Taken before a file is read: one that is changed meanwhile must not pass for what was read of it. */
  const stamps = new Map<string, string | undefined>();

  return {
    find(path, extent) {
      const entry = before.get(path);
      const stamp = stampOf(path);
      stamps.set(path, stamp);
      if (entry === undefined || entry.extent !== extent) return undefined;
      const isSame = (stamp !== undefined && stamp === entry.stamp) || hashOfText(readSource(path)) === entry.hash;
      const syntax = isSame ? decodeSyntax(codec, entry.bytes) : undefined;
      if (syntax !== undefined) now.set(path, stamp === entry.stamp ? entry : withStamp(entry, stamp));
      return syntax;
    },
    keep(syntax) {
      const { path, hash } = syntax;
      now.set(path, withStamp({ path, hash, extent: syntax.extent ?? 'whole', bytes: codec.encode(syntax) }, stamps.get(path)));
    },
    content: () => (isUnchanged(before, now) ? undefined : toContent(version, codec, now)),
  };
}

const withStamp = ({ path, hash, extent, bytes }: Kept, stamp: string | undefined): Kept =>
  stamp === undefined ? { path, hash, extent, bytes } : { path, hash, extent, bytes, stamp };

function usableHeader(stored: CacheContent | undefined, version: string): SyntaxHeader | undefined {
  const header = stored?.header;
  return isSyntaxHeader(header) && header.version === version ? header : undefined;
}

function keptBefore({ files }: SyntaxHeader, body: Uint8Array): Map<string, Kept> {
  const kept = new Map<string, Kept>();
  let start = 0;
  for (const { length, ...entry } of files) {
    kept.set(entry.path, { ...entry, bytes: body.subarray(start, start + length) });
    start += length;
  }
  return kept;
}

function decodeSyntax(codec: ValueCodec, bytes: Uint8Array): FileSyntax | undefined {
  try {
    // The bytes are whole, and of this version: what they hold was a `FileSyntax` when it was encoded.
    return codec.decode(bytes) as FileSyntax;
  } catch {
    return undefined;
  }
}

const isUnchanged = (before: ReadonlyMap<string, Kept>, now: ReadonlyMap<string, Kept>): boolean =>
  before.size === now.size && [...now].every(([path, entry]) => before.get(path) === entry);

function toContent(version: string, codec: ValueCodec, now: ReadonlyMap<string, Kept>): CacheContent {
  const entries = [...now.values()];
  const files = entries.map(({ bytes, ...entry }) => ({ ...entry, length: bytes.length }));
  const header: SyntaxHeader = { version, forms: codec.forms, files };
  return { header, body: Buffer.concat(entries.map(({ bytes }) => bytes)) };
}

const hashOfText = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : createHash('sha1').update(text).digest('hex');
