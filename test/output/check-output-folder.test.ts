import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkOutputFolder, refuseAmongSources } from '../../src/output/check-output-folder.ts';
import { readFiles, temporaryFolder } from '../support/temporary-folder.ts';

const files = { 'shop/src/books.ts': '', 'thesis/one.md': 'mine', note: '' };

describe('an output folder is fine', () => {
  test.each(['shop/banyan-out', 'out', 'shop/build/slices'])('%s', async (out) => {
    const folder = await temporaryFolder(files);
    await checkOutputFolder(join(folder, 'shop'), join(folder, out));
    await refuseAmongSources(join(folder, 'shop'), join(folder, out), ['src/books.ts']);
    expect(Object.keys(await readFiles(folder))).toEqual(Object.keys(files).sort());
  });
});

describe('an output folder is refused', () => {
  test.each([
    ['shop', 'output-in-monolith'],
    ['shop/../shop', 'output-in-monolith'],
    ['.', 'output-in-monolith'],
    ['link', 'output-in-monolith'],
    ['link/node_modules/slices', 'output-in-monolith'],
    ['thesis', 'foreign-output-folder'],
    ['note', 'unwritable-output'],
    ['note/slices/all', 'unwritable-output'],
    ['x'.repeat(300), 'unwritable-output'],
  ])('%s: %s', async (out, code) => {
    const folder = await temporaryFolder(files);
    await symlink(join(folder, 'shop'), join(folder, 'link'));
    await expect(checkOutputFolder(join(folder, 'shop'), join(folder, out))).rejects.toMatchObject({ name: 'UserError', code });
  });

  test('among the sources, also through a link', async () => {
    const folder = await temporaryFolder(files);
    await mkdir(join(folder, 'shop/src/generated'));
    await symlink(join(folder, 'shop/src'), join(folder, 'link'));
    const refused = expect(refuseAmongSources(join(folder, 'shop'), join(folder, 'link/generated'), ['src/books.ts'])).rejects;
    await refused.toMatchObject({ code: 'output-in-monolith', message: expect.stringContaining('such as src/books.ts') });
  });
});
