import { readFileSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { analyzers } from '../../analyzers/analyzers.ts';
import { libraryModels } from '../../analyzers/library-models.ts';
import { runAnalyzers } from '../../src/analyze/run-analyzers.ts';
import { assemble } from '../../src/assemble/assemble.ts';
import { boot } from '../../src/boot/boot.ts';
import { createSqlParser } from '../../src/lib/sql/sql-parser.ts';
import { linkWithTypes } from '../../src/link/checker/link-with-types.ts';
import { openTypeScriptSeven } from '../../src/link/checker/typescript-seven.ts';
import { createModuleResolver } from '../../src/link/module-resolver.ts';
import type { TypesMode } from '../../src/model/configuration.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { SourceTree } from '../../src/model/source-tree.ts';
import { parseAll } from '../../src/parse/parse-all.ts';
import { createSyntaxTrees } from '../../src/parse/syntax-trees.ts';
import { sortDiagnostics } from '../../src/pipeline/sort-diagnostics.ts';
import { createFolderLister } from '../../src/scan/folder-lister.ts';
import { scan } from '../../src/scan/scan.ts';
import { createSourceReader } from '../../src/scan/source-reader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Order = <T>(items: readonly T[]) => readonly T[];

const orders: readonly (readonly [string, Order])[] = [
  ['backwards', (items) => items.toReversed()],
  ['from the middle', (items) => [...items.slice(items.length / 2), ...items.slice(0, items.length / 2)]],
  [
    'every second first',
    (items) => [...items.filter((_item, index) => index % 2 === 1), ...items.filter((_item, index) => index % 2 === 0)],
  ],
];

/** A monorepo whose packages share names of classes, tables and routes, and need a checker for one call. */
const library = {
  'package.json': '{ "name": "library", "workspaces": ["apps/*", "packages/*"], "scripts": { "start": "node apps/desk/src/main.js" } }',
  'tsconfig.json': '{}',
  'apps/desk/package.json':
    '{ "name": "desk", "main": "src/main.ts", "dependencies": { "express": "4", "@library/shelves": "*", "@library/people": "*" } }',
  'apps/desk/src/main.ts': `
    import express from 'express';
    import { shelves } from '@library/shelves';
    import { people } from '@library/people';
    const app = express();
    app.use('/shelves', shelves);
    app.use('/people', people);
    app.listen(process.env.PORT);
  `,
  'packages/shelves/package.json': '{ "name": "@library/shelves", "main": "src/index.ts", "dependencies": { "express": "4", "pg": "8" } }',
  'packages/shelves/src/index.ts': `
    import { Router } from 'express';
    import { Store } from './store';
    export const shelves = Router();
    const seen: Record<string, number> = {};
    shelves.get('/:id', async (request, response) => {
      seen[request.params.id] = (seen[request.params.id] ?? 0) + 1;
      response.json(await new Store().find(request.params.id));
    });
  `,
  'packages/shelves/src/store.ts': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export class Store { find(id: string) { return pool.query('select * from shelves where id = $1', [id]); } }
  `,
  'packages/people/package.json': '{ "name": "@library/people", "main": "src/index.ts", "dependencies": { "express": "4", "pg": "8" } }',
  'packages/people/src/index.ts': `
    import { Router } from 'express';
    import { Store, type Lent } from './store';
    export const people = Router();
    const open = (store: Lent<Store>) => store.find('1');
    people.get('/:id', async (request, response) => response.json(await open(new Store())));
  `,
  'packages/people/src/store.ts': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export type Lent<T> = { [Key in keyof T as Key extends string ? Key : never]: T[Key] };
    export class Store { find(id: string) { return pool.query('select * from people where id = $1', [id]); } }
  `,
};

/** All that analysis tells of a tree, as text: its files, manifests and analyzers are taken in an order. */
async function analyze(root: string, order: Order, types: TypesMode): Promise<string> {
  const found: Diagnostic[] = [];
  const keep = <T>({ value, diagnostics }: { readonly value: T; readonly diagnostics: readonly Diagnostic[] }): T => {
    found.push(...diagnostics);
    return value;
  };
  const scanned = keep(await scan(root, { exclude: [] }));
  const tree: SourceTree = {
    ...scanned,
    files: order(scanned.files),
    assets: order(scanned.assets),
    packages: order(scanned.packages),
    tsconfigs: order(scanned.tsconfigs),
  };
  const { text } = createSourceReader(root);
  const syntaxTrees = createSyntaxTrees(text);
  const resolver = createModuleResolver(root, tree);
  const syntaxes = keep(parseAll({ tree, readSource: text, trees: syntaxTrees, events: () => {}, resolve: resolver.resolve }));
  const program = keep(await linkWithTypes({ tree, syntaxes, resolver, root, types, openChecker: openTypeScriptSeven }));
  const listFiles = createFolderLister(root);
  const trace = keep(boot({ program, tree, models: order(libraryModels), syntaxTrees, configuredEntries: [], listFiles }));
  const assets = new Map(tree.assets.map(({ path, kind }) => [path, { kind, text: readFileSync(join(root, path), 'utf8') }]));
  const sql = await createSqlParser();
  const facts = keep(runAnalyzers(order(analyzers), { program, trace, assets, packages: tree.packages, sql }));
  const monolith = keep(await assemble({ name: basename(root), tree, program, trace, facts }));
  return JSON.stringify({ monolith, diagnostics: sortDiagnostics(found) }, undefined, 1);
}

const subjects: readonly (readonly [string, () => Promise<string>, TypesMode])[] = [
  ['the storefront', async () => fileURLToPath(new URL('../../fixtures/storefront', import.meta.url)), 'never'],
  ['a monorepo', async () => realpath(await temporaryFolder(library)), 'always'],
];

test.each(subjects)('the facts of %s do not depend on the order of files', { timeout: 120_000 }, async (_name, folder, types) => {
  const root = await folder();
  const expected = await analyze(root, (items) => items, types);
  const { monolith } = JSON.parse(expected);
  expect(monolith.routes.length).toBeGreaterThan(1);
  expect(monolith.accesses.length).toBeGreaterThan(1);
  for (const [name, order] of orders) expect(await analyze(root, order, types), name).toBe(expected);
});
