import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCacheFile, writeCacheFile } from '../../src/cache/cache-file.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'banyan-cache-'));
  path = join(folder, 'inner/syntax.bin');
  writeCacheFile(path, { header: { version: '1' }, body: Buffer.from([1, 2, 3]) });
});
afterEach(() => rmSync(folder, { recursive: true }));

test('gives back what was written, and leaves nothing beside it', () => {
  expect(readCacheFile(path)?.header).toEqual({ version: '1' });
  expect([...(readCacheFile(path)?.body ?? [])]).toEqual([1, 2, 3]);
  expect(readdirSync(join(folder, 'inner'))).toEqual(['syntax.bin']);
});

test.each<[string, (bytes: Buffer) => Buffer]>([
  ['is cut off', (bytes) => bytes.subarray(0, -1)],
  ['has another byte', (bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([9])])],
  ['is empty', () => Buffer.alloc(0)],
  ['is something else', () => Buffer.from('a shopping list')],
])('takes a cache that %s for none', (_title, change) => {
  writeFileSync(path, change(readFileSync(path)));
  expect(readCacheFile(path)).toBeUndefined();
});

test('takes a missing cache for none, and one that cannot be written is not missed', () => {
  expect(readCacheFile(join(folder, 'none.bin'))).toBeUndefined();
  writeFileSync(join(folder, 'file'), '');
  expect(() => writeCacheFile(join(folder, 'file/syntax.bin'), { header: {}, body: Buffer.alloc(0) })).not.toThrow();
});

test('writes through no link that stands where it works', () => {
  writeFileSync(join(folder, 'letter'), 'Dear reader');
  symlinkSync(join(folder, 'letter'), `${path}.${process.pid}.part`);
  writeCacheFile(path, { header: { version: '2' }, body: Buffer.alloc(0) });
  expect(readFileSync(join(folder, 'letter'), 'utf8')).toBe('Dear reader');
  expect(readCacheFile(path)?.header).toEqual({ version: '2' });
});
