import { lstat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeWholeFile } from '../../src/output/write-whole-file.ts';
import { readFiles, temporaryFolder } from '../support/temporary-folder.ts';

test('makes the folders above and leaves nothing beside the file', async () => {
  const folder = await temporaryFolder({ 'plan.yaml': 'old' });
  await writeWholeFile(join(folder, 'plan.yaml'), 'new');
  await writeWholeFile(join(folder, 'a/b/c.json'), '{}');
  expect(await readFiles(folder)).toEqual({ 'plan.yaml': 'new', 'a/b/c.json': '{}' });
});

test('writes through a link', async () => {
  const folder = await temporaryFolder({ 'shared/plan.yaml': 'old' });
  await symlink('shared/plan.yaml', join(folder, 'plan.yaml'));
  await writeWholeFile(join(folder, 'plan.yaml'), 'new');
  expect((await lstat(join(folder, 'plan.yaml'))).isSymbolicLink()).toBe(true);
  expect(await readFiles(folder)).toEqual({ 'shared/plan.yaml': 'new' });
});

test.each([
  ['a folder in its place', { 'plan.yaml/note': '' }, 'plan.yaml'],
  ['a file above it', { plans: '' }, 'plans/plan.yaml'],
])('%s is told, and nothing is lost', async (_title, files, path) => {
  const folder = await temporaryFolder(files);
  const refused = expect(writeWholeFile(join(folder, path), 'new')).rejects;
  await refused.toMatchObject({ name: 'UserError', code: 'unwritable-output', nextStep: expect.stringContaining('writable') });
  expect(await readFiles(folder)).toEqual(files);
});
