import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toModuleId } from '../../src/model/ids.ts';
import { createIgnoredFiles } from '../../src/scan/ignored-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const files = {
  '.gitignore': 'uploads/\n*.log\n',
  'shop/uploads/cover.png': 'x',
  'shop/mails/welcome.html': 'x',
  'shop/mails/sent.log': 'x',
};
const askIn = (root: string) => {
  const isIgnored = createIgnoredFiles(root);
  return ['uploads/cover.png', 'mails/welcome.html', 'mails/sent.log'].map((path) => isIgnored(toModuleId(path)));
};

test('a folder of a repository ignores what git ignores in it', async () => {
  const repository = await temporaryFolder(files);
  execFileSync('git', ['init', '-q'], { cwd: repository });
  expect(askIn(join(repository, 'shop'))).toEqual([true, false, true]);
});

test('a repository names a program to ask, and it is not run', async () => {
  const repository = await temporaryFolder({ ...files, 'spy.sh': '#!/bin/sh\ntouch "$(dirname "$0")/asked"\n' });
  execFileSync('git', ['init', '-q'], { cwd: repository });
  execFileSync('chmod', ['+x', 'spy.sh'], { cwd: repository });
  execFileSync('git', ['config', 'core.fsmonitor', join(repository, 'spy.sh')], { cwd: repository });
  expect(askIn(join(repository, 'shop'))).toEqual([true, false, true]);
  expect(() => execFileSync('test', ['-e', join(repository, 'asked')])).toThrow();
});

test('without a repository nothing is ignored', async () => {
  expect(askIn(join(await temporaryFolder(files), 'shop'))).toEqual([false, false, false]);
});
