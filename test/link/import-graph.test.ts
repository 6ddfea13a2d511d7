import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import madge from 'madge';
import { expect, test } from 'vitest';
import { link } from '../../src/link/link.ts';
import { createModuleResolver } from '../../src/link/module-resolver.ts';
import { parseAll } from '../../src/parse/parse-all.ts';
import { createSyntaxTrees } from '../../src/parse/syntax-trees.ts';
import { scan } from '../../src/scan/scan.ts';
import { createSourceReader } from '../../src/scan/source-reader.ts';
import { project } from '../support/project.ts';

/** Every form of import that madge sees too. */
const bookshop = {
  'tsconfig.json': { compilerOptions: { module: 'commonjs', moduleResolution: 'node', baseUrl: '.', paths: { '@/*': ['src/*'] } } },
  'package.json': { name: 'bookshop' },
  'src/app.ts':
    "import express from 'express'; import { books } from './books'; import './setup.js'; import * as orders from '@/orders'; import fs = require('fs');",
  'src/books/index.ts': "export * from './store'; export { type Book } from './book'; export const books = 1;",
  'src/books/store.ts': "import type { Book } from './book'; import { orders } from '../orders'; const load = () => import('./seed');",
  'src/books/book.ts': "export interface Book { author: import('../people').Person }",
  'src/books/seed.ts': 'export default [];',
  'src/orders.ts': "import legacy = require('./legacy'); export const orders = 1; export type { Person } from './people';",
  'src/people.ts': 'export interface Person {}',
  'src/setup.ts': "import './legacy';",
  'src/legacy.js': "const { helper } = require('./helper'); module.exports = { helper };",
  'src/helper.js': "exports.helper = () => require('./late');",
  'src/late.js': 'module.exports = 1;',
  'src/page.tsx': "import { books } from './books'; export const Page = () => <b>{books}</b>;",
};

async function ours(root: string): Promise<string[]> {
  const { value: tree } = await scan(root, { exclude: [] });
  const { text } = createSourceReader(root);
  const resolver = createModuleResolver(root, tree);
  const { value: syntaxes } = parseAll({
    tree,
    readSource: text,
    trees: createSyntaxTrees(text),
    events: () => {},
    resolve: resolver.resolve,
  });
  const { program } = link({ tree, syntaxes, resolver }).value;
  const edges = program.imports.flatMap(({ from, target }) => (target.kind === 'module' ? [`${from} → ${target.module}`] : []));
  return [...new Set(edges)].sort();
}

async function theirs(root: string, folder = '.'): Promise<string[]> {
  const graph = await madge(join(root, folder), {
    baseDir: root,
    fileExtensions: ['ts', 'tsx', 'js', 'jsx'],
    tsConfig: join(root, 'tsconfig.json'),
  });
  return Object.entries(graph.obj())
    .flatMap(([from, targets]) => targets.map((to) => `${from} → ${to}`))
    .sort();
}

test("the import graph is madge's", async () => {
  const root = realpathSync(project(bookshop));
  const edges = await ours(root);
  expect(edges).toHaveLength(15);
  expect(edges).toEqual(await theirs(root));
});

const repository = resolve(import.meta.dirname, '../..');

test.each([
  ['the storefront', join(repository, 'fixtures/storefront'), 250],
  ['Banyan itself', repository, 1_000],
])("the import graph of %s is madge's", { timeout: 180_000 }, async (_title, root, fewest) => {
  const ofSources = (edges: readonly string[]) => edges.filter((edge) => edge.startsWith('src/'));
  const edges = ofSources(await ours(root));
  expect(edges.length).toBeGreaterThan(fewest);
  expect(edges).toEqual(ofSources(await theirs(root, 'src')));
});

test('paths hold where a referenced project includes other files', async () => {
  const root = realpathSync(
    project({
      'package.json': { name: 'bookshop' },
      'web/tsconfig.json': {
        compilerOptions: { module: 'esnext', moduleResolution: 'bundler', paths: { '@server/*': ['../server/*'] } },
        include: ['./src'],
        references: [{ path: './tsconfig.node.json' }],
      },
      'web/tsconfig.node.json': { compilerOptions: { composite: true, module: 'esnext' }, include: ['vite.config.ts'] },
      'web/src/page.ts': "import { books } from '@server/books'; export const page = books;",
      'server/books.ts': 'export const books = 1;',
    }),
  );
  expect(await ours(root)).toEqual(['web/src/page.ts → server/books.ts']);
});
