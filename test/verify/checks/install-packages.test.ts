import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installPackages } from '../../../src/verify/checks/install-packages.ts';
import { makeFolder } from '../../serve/support.ts';
import { library } from '../bookshop.ts';

/** Runs the installation with a program in npm's place. */
async function install(npm: string, files: Readonly<Record<string, string>> = {}) {
  const out = makeFolder({ 'bin/npm': `#!/bin/sh\n${npm}\n`, 'services/library/package.json': '{}', ...files });
  chmodSync(join(out, 'bin/npm'), 0o755);
  const environment = { PATH: `${join(out, 'bin')}:${process.env.PATH}`, NPM_TOKEN: 'key-of-the-shop' };
  const [result] = await installPackages([library], { out, environment, events: () => {}, signal: new AbortController().signal });
  return result;
}

// Longer than what is kept of other commands: npm explains all its options after the cause.
const EXPLAINS = 'i=0; while [ $i -lt 90 ]; do echo "npm error   --option-$i" >&2; i=$((i+1)); done';

test('a failure says what npm says, and what to do, in one line', async () => {
  const npm = `echo "npm error code EUSAGE" >&2; echo "npm error Missing: ink@1.0.0 from lock file, asked with key-of-the-shop" >&2; echo "npm error Usage:" >&2; ${EXPLAINS}; exit 1`;
  expect(await install(npm, { 'services/library/package-lock.json': '{}' })).toEqual({
    name: 'install',
    service: 'library',
    status: 'failed',
    summary: expect.stringMatching(
      /^npm ci exited with code 1: EUSAGE Missing: ink@1\.0\.0 from lock file, asked with \*\*\*; the lock file does not fit package\.json: run `banyan extract` again/,
    ),
    details: ['code EUSAGE', 'Missing: ink@1.0.0 from lock file, asked with ***'],
  });
});

test('without a lock file it installs from the manifest', async () => {
  expect(await install('exit 0')).toMatchObject({ status: 'passed', summary: 'npm install succeeded' });
});
