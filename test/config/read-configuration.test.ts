import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { configurationJsonSchema } from '../../src/config/configuration-schema.ts';
import { readConfiguration } from '../../src/config/read-configuration.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DEFAULTS = {
  entries: [],
  exclude: [],
  types: 'auto' as const,
  history: 'read' as const,
  traces: [],
  verify: { ready: '/', readyTimeoutSeconds: 60, port: 3000, environment: {}, resetTimeoutSeconds: 300, testTimeoutSeconds: 1800 },
};

test.each([
  ['no file', {}, DEFAULTS],
  ['an empty file', { 'banyan.config.yaml': '# nothing yet\n' }, DEFAULTS],
  ['one value', { 'banyan.config.yaml': 'entries: [src/shop.ts]\n' }, { ...DEFAULTS, entries: ['src/shop.ts'] }],
  [
    'values inside verify',
    { 'banyan.config.yaml': 'verify:\n  start: npm start\n  port: 4000\n  environment: { LOG: quiet }\n' },
    { ...DEFAULTS, verify: { ...DEFAULTS.verify, start: 'npm start', port: 4000, environment: { LOG: 'quiet' } } },
  ],
  ['JSON', { 'banyan.config.json': '{ "exclude": ["legacy/**"] }' }, { ...DEFAULTS, exclude: ['legacy/**'] }],
])('fills the defaults around %s', async (_title, files, expected) => {
  expect(await readConfiguration(await temporaryFolder(files))).toEqual(expected);
});

test.each([
  ['unknown key', 'entries: []\nexlude: []\n', 'banyan.config.yaml:2:1 unknown key "exlude"', 'Did you mean "exclude"?'],
  ['unknown key below another', 'verify:\n  prot: 1\n', 'banyan.config.yaml:2:3 unknown key "verify.prot"', 'Did you mean "port"?'],
  [
    'a key like none',
    'colour: red\n',
    'banyan.config.yaml:1:1 unknown key "colour"',
    'Known here: entries, exclude, history, traces, types, verify.',
  ],
  ['wrong type', 'verify:\n  port: many\n', 'banyan.config.yaml:2:3 verify.port: ', 'Correct the value'],
  ['missing value', 'verify:\n  test:\n    command: npm test\n', 'banyan.config.yaml:2:3 verify.test.results: ', 'Correct the value'],
  ['broken YAML', 'entries: [src/a.ts\nverify: {}\n', 'banyan.config.yaml:2:', 'Correct the line'],
  ['a list instead of keys', '- src/a.ts\n', 'banyan.config.yaml:1:1 the file: ', 'Correct the value'],
])('%s is told with its place', async (_title, text, what, nextStep) => {
  const root = await temporaryFolder({ 'banyan.config.yaml': text });
  await expect(readConfiguration(root)).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringContaining(what),
    nextStep: expect.stringContaining(nextStep),
  });
});

test('two configurations are not guessed between', async () => {
  const root = await temporaryFolder({ 'banyan.config.yaml': '', 'banyan.config.json': '{}' });
  await expect(readConfiguration(root)).rejects.toMatchObject({ code: 'two-configurations' });
});

test('a configuration that is a folder is a user error', async () => {
  const root = await temporaryFolder({ 'banyan.config.yaml/readme': '' });
  await expect(readConfiguration(root)).rejects.toMatchObject({ code: 'unreadable-file' });
});

test('the published schema is current', async () => {
  const published = await readFile(new URL('../../docs/schema/banyan.config.schema.json', import.meta.url), 'utf8');
  expect(published).toBe(configurationJsonSchema());
});
