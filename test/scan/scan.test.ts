import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scan } from '../../src/scan/scan.ts';
import { createSourceReader } from '../../src/scan/source-reader.ts';
import { project } from '../support/project.ts';

const scanned = async (files: Readonly<Record<string, unknown>>, exclude: readonly string[] = []) => scan(project(files), { exclude });
const paths = async (files: readonly string[], exclude: readonly string[] = []): Promise<string[]> => {
  const { value } = await scanned(Object.fromEntries(files.map((path) => [path, ''])), exclude);
  return value.files.map(({ path, role }) => (role === 'source' ? path : `${path} (${role})`));
};

describe('files', () => {
  test.each<[string, string[], string[]]>([
    ['TypeScript and JavaScript, sorted', ['src/b.ts', 'src/a.tsx', 'c.mjs', 'readme.md'], ['c.mjs', 'src/a.tsx', 'src/b.ts']],
    [
      'packages, output and tool folders are left out',
      ['a.ts', 'node_modules/x/a.js', 'dist/a.js', 'dist/a.d.ts', 'coverage/a.js', 'banyan-out/a.ts', '.git/a.js'],
      ['a.ts'],
    ],
    [
      'a folder that is only named like output stays',
      ['src/build/pipeline.ts', 'src/build/steps.js', 'src/out/letter.ts'],
      ['src/build/pipeline.ts', 'src/build/steps.js', 'src/out/letter.ts'],
    ],
    [
      'tests',
      [
        'src/a.test.ts',
        'src/b.spec.js',
        'test/c.ts',
        'src/__tests__/d.ts',
        'src/__test__/h.ts',
        'e2e/e.ts',
        'cypress/f.ts',
        'src/attest/g.ts',
      ],
      [
        'cypress/f.ts (test)',
        'e2e/e.ts (test)',
        'src/__test__/h.ts (test)',
        'src/__tests__/d.ts (test)',
        'src/a.test.ts (test)',
        'src/attest/g.ts',
        'src/b.spec.js (test)',
        'test/c.ts (test)',
      ],
    ],
    ['declarations', ['a.ts', 'types/b.d.ts', 'types/c.d.mts'], ['a.ts', 'types/b.d.ts (declaration)', 'types/c.d.mts (declaration)']],
  ])('%s', async (_title, files, expected) => expect(await paths(files)).toEqual(expected));

  test('what the user excludes', async () => {
    expect(await paths(['src/a.ts', 'src/legacy/b.ts'], ['src/legacy/**'])).toEqual(['src/a.ts']);
  });

  test('a link to a folder above ends', async () => {
    const root = project({ 'src/a.ts': '' });
    symlinkSync('..', join(root, 'src/loop'));
    expect((await scan(root, { exclude: [] })).value.files).toHaveLength(1);
  });
});

test('the output folder of a tsconfig is left out', async () => {
  const { value } = await scanned({
    'src/a.ts': '',
    'lib/a.js': '',
    'lib/a.d.ts': '',
    'tsconfig.json': '{ "compilerOptions": { "outDir": "./lib", /* compiled */ }, }',
  });
  expect(value.files.map(({ path }) => path)).toEqual(['src/a.ts']);
});

test('assets, configurations and the lock file', async () => {
  const { value } = await scanned({
    'a.ts': '',
    'db/schema.prisma': '',
    'db/1.sql': '',
    'api.graphql': '',
    'tsconfig.json': '{}',
    'apps/x/tsconfig.app.json': '{}',
    'pnpm-lock.yaml': '',
  });
  expect(value.assets.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
    'api.graphql graphql',
    'db/1.sql sql',
    'db/schema.prisma prisma',
  ]);
  expect(value.tsconfigs).toEqual(['apps/x/tsconfig.app.json', 'tsconfig.json']);
  expect(value.lockfile).toEqual({ path: 'pnpm-lock.yaml', kind: 'pnpm' });
});

describe('manifests', () => {
  test('their fields', async () => {
    const { value } = await scanned({
      'a.ts': '',
      'package.json': {
        name: 'shop',
        type: 'module',
        scripts: { start: 'node .' },
        dependencies: { express: '4' },
        peerDependencies: { pg: '8' },
        workspaces: { packages: ['packages/*'] },
        private: true,
      },
      'packages/core/package.json': { name: 'core', main: 'dist/index.js' },
    });
    expect(value.packages).toMatchObject([
      {
        path: 'package.json',
        directory: '.',
        name: 'shop',
        type: 'module',
        scripts: { start: 'node .' },
        dependencies: { express: '4', pg: '8' },
        workspaces: ['packages/*'],
        private: true,
      },
      { path: 'packages/core/package.json', directory: 'packages/core', name: 'core', main: 'dist/index.js', type: 'commonjs' },
    ]);
  });

  test.each([
    ['broken JSON', '{\n  "name" "bookshop"\n}', 2],
    ['JSON that ends too early', '{\n  "name": ', 2],
    ['no object', '[]', 1],
  ])('%s is a diagnostic with its line', async (_title, text, line) => {
    const { value, diagnostics } = await scanned({ 'a.ts': '', 'package.json': text });
    expect(value.packages).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'unreadable-file', at: { file: 'package.json', line } }]);
  });

  test('names of the object prototype are ordinary names', async () => {
    const { value } = await scanned({
      'a.ts': '',
      'package.json': '{"dependencies":{"constructor":"1","__proto__":"2"},"scripts":{"a":1}}',
    });
    expect(Object.keys(value.packages[0]?.dependencies ?? {}).sort()).toEqual(['__proto__', 'constructor']);
  });
});

describe('nothing to analyse', () => {
  test.each<[string, (root: string) => string, string]>([
    ['no such folder', (root) => join(root, 'gone'), 'no-such-folder'],
    ['a file', (root) => join(root, 'readme.md'), 'not-a-folder'],
    ['no sources', (root) => root, 'no-sources'],
  ])('%s', async (_title, folder, code) => {
    const root = project({ 'readme.md': '' });
    await expect(scan(folder(root), { exclude: [] })).rejects.toMatchObject({ name: 'UserError', code });
  });
});

test('sources are read without a byte order mark', () => {
  const { text, bytes } = createSourceReader(project({ 'a.ts': '\uFEFFconst a = 1;' }));
  expect(text('a.ts' as never)).toBe('const a = 1;');
  expect(bytes('a.ts' as never)).toHaveLength(15);
  expect(text('gone.ts' as never)).toBeUndefined();
});

describe('tsconfigs', () => {
  test.each([
    ['comments and trailing commas', '{\n  // strict\n  "compilerOptions": { "strict": true, },\n}', []],
    ['an empty file', '', []],
    ['a base in a package', '{ "extends": "@tsconfig/node20/tsconfig.json" }', []],
    ['a base that is there', '{ "extends": ["./tsconfig.base", "./tsconfig.base.json"] }', []],
    ['a missing colon', '{\n  "compilerOptions": {\n    "strict" true\n  }\n}', ['tsconfig.json:3 it is not valid JSON']],
    ['an early end', '{\n  "compilerOptions": {\n', ['tsconfig.json:2 it is not valid JSON']],
    ['a list', '[]', ['tsconfig.json:1 it must hold an object']],
    ['a base that is not there', '{\n  "extends": "../base.json"\n}', ['tsconfig.json:2 "../base.json", which it extends, is not there']],
  ])('%s', async (_title, text, expected) => {
    const { diagnostics } = await scanned({ 'a.ts': '', 'tsconfig.json': text, 'tsconfig.base.json': '{}' });
    const told = diagnostics.map(({ data, at }) => `${at?.file}:${at?.line} ${'message' in data ? data.message : ''}`);
    expect(told).toEqual(expected);
  });

  test.each<[string, Record<string, string>, readonly string[]]>([
    ['itself', { 'tsconfig.json': '{\n  "extends": "./tsconfig"\n}' }, ['tsconfig.json:2 it extends itself']],
    [
      'itself by way of others, told once',
      {
        'tsconfig.json': '{ "extends": "./tsconfig.shelf.json" }',
        'tsconfig.base.json': '{\n  "extends": ["./tsconfig"]\n}',
        'tsconfig.shelf.json': '{ "extends": "./tsconfig.base.json" }',
        'desk/tsconfig.json': '{ "extends": "../tsconfig" }',
      },
      ['tsconfig.base.json:2 it extends itself, over "tsconfig.json", "tsconfig.shelf.json"'],
    ],
    [
      'one base twice, which is no cycle',
      {
        'tsconfig.json': '{ "extends": ["./tsconfig.shelf", "./tsconfig.base"] }',
        'tsconfig.base.json': '{}',
        'tsconfig.shelf.json': '{ "extends": "./tsconfig.base" }',
      },
      [],
    ],
  ])('extends %s', async (_title, files, expected) => {
    const { diagnostics } = await scanned({ 'a.ts': '', ...files });
    expect(diagnostics.map(({ data, at }) => `${at?.file}:${at?.line} ${'message' in data ? data.message : ''}`)).toEqual(expected);
  });
});

test('a folder that Banyan wrote is no part of the monolith, whatever its name', async () => {
  const { value } = await scanned({ 'a.ts': '', 'generated/.banyan/manifest.json': '{}', 'generated/services/b.ts': '' });
  expect(value.files.map(({ path }) => path)).toEqual(['a.ts']);
});
