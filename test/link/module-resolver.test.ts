import { describe, expect, test } from 'vitest';
import { createModuleResolver } from '../../src/link/module-resolver.ts';
import { toModuleId } from '../../src/model/ids.ts';
import type { ImportTarget } from '../../src/model/program.ts';
import { scan } from '../../src/scan/scan.ts';
import { project } from '../support/project.ts';

const text = (target: ImportTarget): string => {
  switch (target.kind) {
    case 'module':
      return target.module;
    case 'package':
      return `package ${target.package}${target.subpath === '' ? '' : ` ${target.subpath}`}`;
    case 'builtin':
      return `builtin ${target.name}`;
    case 'asset':
      return `asset ${target.path}`;
    case 'unresolved':
      return target.reason;
  }
};

/** What each specifier names, written in `from`. */
async function targets(files: Readonly<Record<string, unknown>>, from: string, specifiers: readonly string[]): Promise<string[]> {
  const root = project(files);
  const resolver = createModuleResolver(root, (await scan(root, { exclude: [] })).value);
  return specifiers.map((specifier) => text(resolver.resolve(toModuleId(from), specifier)));
}

const sources = {
  'src/app.ts': '',
  'src/books.ts': '',
  'src/shelf/index.ts': '',
  'src/page.tsx': '',
  'src/old.js': '',
  'src/data.json': '{}',
};

describe('relative', () => {
  test.each([
    ['./books', 'src/books.ts'],
    ['./books.js', 'src/books.ts'],
    ['./page.jsx', 'src/page.tsx'],
    ['./shelf', 'src/shelf/index.ts'],
    ['./shelf/', 'src/shelf/index.ts'],
    ['./old', 'src/old.js'],
    ['./data.json', 'asset src/data.json'],
    ['./gone', 'not-found'],
    ['../../../outside', 'outside-root'],
  ])('%s', async (specifier, expected) => expect(await targets(sources, 'src/app.ts', [specifier])).toEqual([expected]));

  test.each<[string, Record<string, string>]>([
    ['tsconfig', { 'src/tsconfig.json': '{ "extends": ' }],
    ['tsconfig parent', { 'src/tsconfig.json': '{ "extends": "@gone/config" }' }],
    ['package.json', { 'src/package.json': '{ bad' }],
  ])('a broken %s beside the file does not hinder', async (_title, broken) => {
    expect(await targets({ ...sources, ...broken }, 'src/app.ts', ['./books', 'express'])).toEqual(['src/books.ts', 'package express']);
  });
});

describe('packages and builtins, nothing installed', () => {
  test.each([
    ['fs', 'builtin fs'],
    ['node:fs/promises', 'builtin fs/promises'],
    ['express', 'package express'],
    ['@prisma/client/edge', 'package @prisma/client edge'],
    ['@/books', 'not-found'],
    ['~/books', 'not-found'],
    ['#books', 'not-found'],
  ])('%s', async (specifier, expected) => expect(await targets(sources, 'src/app.ts', [specifier])).toEqual([expected]));
});

test('paths of a tsconfig with comments, its parents, and what they do not find', async () => {
  const files = {
    ...sources,
    'tsconfig.base.json': '{ /* shared */ "compilerOptions": { "paths": { "@app/*": ["./src/*"], "config": ["./src/data"], }, }, }',
    'tsconfig.json': '{ "extends": "./tsconfig.base.json" }',
  };
  expect(await targets(files, 'src/app.ts', ['@app/books', '@app/shelf', '@app/gone', 'other'])).toEqual([
    'src/books.ts',
    'src/shelf/index.ts',
    'not-found',
    'package other',
  ]);
});

test('each folder obeys its own tsconfig', async () => {
  const config = (folder: string) => ({ compilerOptions: { paths: { '@/*': [`./${folder}/*`] } } });
  const files = {
    'a/one/x.ts': '',
    'b/two/x.ts': '',
    'a/main.ts': '',
    'b/main.ts': '',
    'a/tsconfig.json': config('one'),
    'b/tsconfig.json': config('two'),
  };
  expect(await targets(files, 'a/main.ts', ['@/x'])).toEqual(['a/one/x.ts']);
  expect(await targets(files, 'b/main.ts', ['@/x'])).toEqual(['b/two/x.ts']);
});

test('own paths of a tsconfig that extends one of a package that is not installed', async () => {
  const files = {
    ...sources,
    'package.json': { imports: { '#src/*': './build/*' } },
    'tsconfig.json': { extends: '@bookshop/tsconfig/base', compilerOptions: { baseUrl: '.', paths: { '#src/*': ['src/*'] } } },
  };
  expect(await targets(files, 'src/app.ts', ['#src/books.js', '#src/shelf/index.js'])).toEqual(['src/books.ts', 'src/shelf/index.ts']);
});

test('baseUrl', async () => {
  const files = { ...sources, 'tsconfig.json': { compilerOptions: { baseUrl: './src' } } };
  expect(await targets(files, 'src/app.ts', ['shelf', 'books'])).toEqual(['src/shelf/index.ts', 'src/books.ts']);
});

describe('workspaces without links', () => {
  const files = {
    'apps/api/main.ts': '',
    'package.json': { workspaces: ['packages/*'] },
    'packages/core/package.json': {
      name: '@shop/core',
      main: 'dist/index.js',
      exports: { '.': './dist/index.js', './money': { types: './dist/cash.d.ts' } },
    },
    'packages/core/src/index.ts': '',
    'packages/core/src/cash.ts': '',
    'packages/core/src/deep/tax.ts': '',
    'packages/db/package.json': { name: '@shop/db', main: 'src/main.ts' },
    'packages/db/src/main.ts': '',
    'packages/log/package.json': { name: 'log' },
    'packages/log/index.js': '',
  };
  test.each([
    ['@shop/core', 'packages/core/src/index.ts'],
    ['@shop/core/money', 'packages/core/src/cash.ts'],
    ['@shop/core/deep/tax', 'packages/core/src/deep/tax.ts'],
    ['@shop/db', 'packages/db/src/main.ts'],
    ['log', 'packages/log/index.js'],
    ['@shop/gone', 'package @shop/gone'],
  ])('%s', async (specifier, expected) => expect(await targets(files, 'apps/api/main.ts', [specifier])).toEqual([expected]));
});

test('compiled output of a package, built or not, is read at its source', async () => {
  const files = {
    'packages/core/package.json': { name: '@shop/core' },
    'packages/core/src/cash.ts': '',
    'packages/core/src/bin/run.ts': '',
    'packages/core/dist/cash.js': '',
    'packages/core/bin/main.js': '',
    '.gitignore': 'dist',
  };
  expect(await targets(files, 'packages/core/bin/main.js', ['../dist/cash', '../dist/bin/run.js', '../dist/gone'])).toEqual([
    'packages/core/src/cash.ts',
    'packages/core/src/bin/run.ts',
    'not-found',
  ]);
});
