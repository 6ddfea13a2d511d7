import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FolderWatch, watchFolders } from '../../src/scan/watch-folders.ts';

let root: string;
let watch: FolderWatch;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'banyan-watched-'));
  for (const folder of ['src', 'src/books', 'docs']) mkdirSync(join(root, folder));
  watch = watchFolders(root);
  watch.follow();
  watch.keepTo(new Set(['.', 'src', 'src/books']));
});
afterEach(() => {
  watch.close();
  rmSync(root, { recursive: true });
});

const isSeen = (milliseconds: number): Promise<boolean> => watch.changed(AbortSignal.timeout(milliseconds));
const write = (path: string): void => writeFileSync(join(root, path), 'export {};\n');

test.each([
  ['src/books/novel.ts', true],
  ['src/index.ts', true],
  ['tsconfig.json', true],
  ['docs/readme.md', false],
  ['docs/example.ts', true],
  ['src/.novel.ts.swp', false],
])(
  'a change of %s is seen: %s',
  async (path, expected) => {
    write(path);
    expect(await isSeen(expected ? 20_000 : 1_000)).toBe(expected);
  },
  30_000,
);

test('many changes at once are one', async () => {
  for (let count = 0; count < 20; count++) write(`src/books/novel${count}.ts`);
  expect(await isSeen(20_000)).toBe(true);
  expect(await isSeen(1_000)).toBe(false);
}, 30_000);

test('a file is seen in a folder that was empty when it was made', async () => {
  mkdirSync(join(root, 'src/orders'));
  expect(await isSeen(20_000)).toBe(true);
  watch.follow();
  watch.keepTo(new Set(['.', 'src', 'src/books']));
  write('src/orders/order.ts');
  expect(await isSeen(20_000)).toBe(true);
}, 60_000);

test('a file is seen in a folder that was removed and made again', async () => {
  rmSync(join(root, 'src/books'), { recursive: true });
  mkdirSync(join(root, 'src/books'));
  expect(await isSeen(20_000)).toBe(true);
  watch.follow();
  watch.keepTo(new Set(['.', 'src', 'src/books']));
  write('src/books/novel.ts');
  expect(await isSeen(20_000)).toBe(true);
}, 60_000);

test('a change while the folders are read is not lost', async () => {
  watch.close();
  watch.follow();
  write('docs/novel.ts');
  watch.keepTo(new Set(['.', 'docs']));
  expect(await isSeen(20_000)).toBe(true);
}, 30_000);

test('of a folder that nothing was read of, changed files do not count', async () => {
  write('docs/example.ts');
  expect(await isSeen(20_000)).toBe(true);
  write('docs/example.ts');
  expect(await isSeen(1_000)).toBe(false);
}, 30_000);
