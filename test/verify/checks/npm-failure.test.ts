import { expect, test } from 'vitest';
import { explainNpmFailure } from '../../../src/verify/checks/npm-failure.ts';

const USAGE = ['', 'Clean install a project', '', 'Usage:', 'npm ci', '', 'Options:', '[--no-audit]', 'Run "npm help ci" for more info'];

test.each<[string, readonly string[], string, RegExp]>([
  [
    'a lock file that does not fit',
    [
      'code EUSAGE',
      '',
      '`npm ci` can only install packages when your package.json and package-lock.json are in sync.',
      '',
      'Missing: ink@1.0.0 from lock file',
      ...USAGE,
    ],
    'EUSAGE Missing: ink@1.0.0 from lock file',
    /run `banyan extract` again/,
  ],
  [
    'a package that is nowhere',
    [
      'code E404',
      '404 Not Found - GET https://jane:s3cret@shelf.example/ink',
      '404 ',
      "404  The requested resource 'ink@1.0.0' could not be found",
    ],
    'E404 404 Not Found - GET https://***@shelf.example/ink',
    /does not have it/,
  ],
  [
    'a registry that is away',
    ['code ECONNREFUSED', 'errno ECONNREFUSED', 'request to https://shelf.example/ink failed'],
    'ECONNREFUSED request to https://shelf.example/ink failed',
    /cannot be reached/,
  ],
  [
    'a registry that wants a key',
    ['code E401', 'Unable to authenticate, need: Bearer _authToken=abc123'],
    'E401 Unable to authenticate, need: Bearer *** ',
    /lets nobody in/,
  ],
  [
    'a script that fails',
    ['code 1', 'path /shop/node_modules/ink', 'command failed', 'gyp ERR! find Python'],
    '1 gyp ERR! find Python',
    /install script/,
  ],
])('%s is told in npm’s own words, without secrets', (_title, errors, cause, nextStep) => {
  for (const prefix of ['npm error', 'npm ERR!']) {
    const failure = explainNpmFailure(['npm warn old', ...errors.map((line) => `${prefix} ${line}`.trimEnd())]);
    expect(failure.cause).toBe(cause.trim());
    expect(failure.nextStep).toMatch(nextStep);
    expect(failure.lines.join('\n')).not.toMatch(/s3cret|abc123|Usage|--no-audit/);
    expect(failure.lines[0]).toBe(errors[0]);
  }
});

test('what is no error of npm is told by its last line', () => {
  expect(explainNpmFailure(['sh: 1: npm: not found'])).toMatchObject({ cause: 'sh: 1: npm: not found', lines: ['sh: 1: npm: not found'] });
  expect(explainNpmFailure([])).toMatchObject({ cause: '', lines: [] });
});
