import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { askGit } from '../../src/scan/ask-git.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a repository names a program as its server, and allows it, and it is not run', async () => {
  const repository = await temporaryFolder({ 'spy.sh': '#!/bin/sh\ntouch "$(dirname "$0")/asked"\n' });
  const inRepository = (...words: string[]) => execFileSync('git', words, { cwd: repository });
  inRepository('init', '-q');
  inRepository('config', 'remote.origin.url', `ext::sh ${join(repository, 'spy.sh')}`);
  inRepository('config', 'protocol.ext.allow', 'always');
  const { words, environment } = askGit(['fetch', 'origin']);
  expect(() => execFileSync('git', words, { cwd: repository, env: environment, stdio: 'ignore' })).toThrow();
  expect(existsSync(join(repository, 'asked'))).toBe(false);
  expect(() => execFileSync('git', ['fetch', 'origin'], { cwd: repository, stdio: 'ignore' })).toThrow();
  expect(existsSync(join(repository, 'asked'))).toBe(true);
});
