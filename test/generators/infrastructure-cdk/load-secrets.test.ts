import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'banyan-secrets-'));
const script = new URL('./bookshop/expected/infrastructure/runtime/load-secrets.mjs', import.meta.url);

/** Stands for the client that the Lambda runtime brings. */
const CLIENT = `
const values = { shop: '{"JWT_SECRET":"s3cret"}', database: '{"username":"me","password":"p@ss/word","host":"db"}' };
exports.GetSecretValueCommand = class { constructor(input) { this.input = input; } };
exports.SecretsManagerClient = class { send = async ({ input }) => ({ SecretString: values[input.SecretId] }); };
`;

beforeAll(() => {
  const client = join(folder, '@aws-sdk/client-secrets-manager');
  mkdirSync(client, { recursive: true });
  writeFileSync(join(client, 'index.js'), CLIENT);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['a value as it is', { secret: 'shop', template: '{JWT_SECRET}', optional: false }, 's3cret'],
  [
    'a URL with encoded parts',
    { secret: 'database', template: 'postgresql://{username}:{password}@{host}', optional: false },
    'postgresql://me:p%40ss%2Fword@db',
  ],
  ['nothing for a missing optional one', { secret: 'shop', template: '{MAIL_KEY}', optional: true }, 'undefined'],
  ['an error for a missing one', { secret: 'shop', template: '{MAIL_KEY}', optional: false }, 'secret shop lacks a value for VALUE'],
])('a function starts with %s', (_title, variable, expected) => {
  expect(start([{ name: 'VALUE', ...variable }])).toContain(expected);
});

function start(variables: readonly object[]): string {
  const env = {
    PATH: process.env.PATH,
    NODE_PATH: folder,
    SECRET_VARIABLES: JSON.stringify(variables),
    NODE_OPTIONS: `--import ${pathToFileURL(script.pathname)}`,
  };
  try {
    return execFileSync(process.execPath, ['-p', 'String(process.env.VALUE)'], { env, stdio: 'pipe', encoding: 'utf8' });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
