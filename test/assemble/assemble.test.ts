import { describe, expect, test } from 'vitest';
import { assemble } from '../../src/assemble/assemble.ts';
import type { BootTrace } from '../../src/model/boot-trace.ts';
import type { Fact, RouteFact } from '../../src/model/fact.ts';
import { moduleOf, type SymbolId, toModuleId, toRouteId, toTableId } from '../../src/model/ids.ts';
import type { Monolith } from '../../src/model/monolith.ts';
import { emptyTrace } from '../support/findings.ts';
import { programOf, type Sources, sourceTreeOf } from '../support/program.ts';

const at = { file: toModuleId('src/app.ts'), line: 1, column: 1 };
const symbol = (text: string) => text as SymbolId;

const route = (handler: string, chain: readonly RouteFact['chain'][number][] = []): RouteFact => ({
  kind: 'route',
  id: toRouteId('GET', '/books'),
  method: 'GET',
  path: '/books',
  localPath: '/books',
  framework: 'express',
  handler: { module: moduleOf(symbol(handler)), symbol: symbol(handler) },
  chain,
  guards: [],
  statements: [],
  at,
});
const access = (from: string, operation: 'read' | 'update', table: string, transaction?: string): Fact => ({
  kind: 'table-access',
  table: toTableId(table),
  symbol: symbol(from),
  operation,
  library: 'pg',
  ...(transaction === undefined ? {} : { transaction }),
  at,
});

const assembled = async (sources: Sources, facts: readonly Fact[], trace: BootTrace = emptyTrace): Promise<Monolith> => {
  const program = programOf(sources);
  const { value } = await assemble({ name: 'bookshop', tree: sourceTreeOf(sources), program, trace, facts });
  return value;
};

const sources = {
  'src/app.ts':
    "import { find } from './books.ts';\nimport { guard } from './guard.ts';\nfind();\nexport const list = () => [1].map(() => find());\nexport { guard };",
  'src/books.ts':
    "import { cache } from './cache.ts';\nimport type { Book } from './types.ts';\nexport function find() { return new Store().all(); }\nexport class Store { all() { return cache.get('a'); }\n drop() {} }\nexport type { Book };",
  'src/cache.ts': "export const cache = new Map<string, number>();\nexport const fill = () => cache.set('a', 1);",
  'src/guard.ts': 'export const guard = () => fetchUser();\nconst fetchUser = () => 1;',
  'src/types.ts': 'export interface Book { id: number }',
  'src/unused.ts': 'export const unused = 1;',
};

test.each([
  ['a package that keeps files', { package: 'multer' }, ['src/covers.ts#storage']],
  ['a package that hands them on', { package: 'busboy' }, []],
  ['code of the program', { symbol: symbol('src/guard.ts#guard') }, []],
])('files that uploads leave on the disk: %s', async (_title, by, expected) => {
  const { reach } = await assembled(sources, [
    route('src/app.ts#list', [{ role: 'upload', name: 'upload', scope: 'route', at, ...by }]),
    { kind: 'state', state: 'local-file', symbol: symbol('src/covers.ts#storage'), summary: 'uploads', writers: [], at },
  ]);
  expect(reach.map(({ state }) => state)).toEqual([expected]);
});

describe('reach of an entry point', () => {
  const facts: readonly Fact[] = [
    route('src/app.ts#list', [{ role: 'middleware', symbol: symbol('src/guard.ts#guard'), name: 'guard', scope: 'application', at }]),
    access('src/books.ts#Store.all', 'read', 'books'),
    access('src/books.ts#Store.all', 'read', 'books'),
    access('src/books.ts#Store.drop', 'update', 'archive'),
    access('src/guard.ts#fetchUser', 'update', 'users', 'src/guard.ts#guard@1'),
    { kind: 'transaction', id: 'src/guard.ts#guard@1', symbol: symbol('src/guard.ts#guard'), form: 'callback', at },
    { kind: 'state', state: 'cache', symbol: symbol('src/cache.ts#cache'), summary: '', writers: [symbol('src/cache.ts#fill')], at },
  ];

  test('goes through calls, inner functions and the chain, and not into members nobody calls', async () => {
    const { reach, accesses } = await assembled(sources, facts);
    expect(accesses).toHaveLength(3);
    expect(reach).toEqual([
      {
        entryPoint: 'GET /books',
        modules: ['src/app.ts', 'src/books.ts', 'src/guard.ts'],
        symbols: [
          'src/app.ts#list',
          'src/app.ts#list.<function 4:35>',
          'src/books.ts#Store',
          'src/books.ts#Store.all',
          'src/books.ts#find',
          'src/guard.ts#fetchUser',
          'src/guard.ts#guard',
        ],
        own: ['src/app.ts#list', 'src/app.ts#list.<function 4:35>', 'src/books.ts#Store', 'src/books.ts#Store.all', 'src/books.ts#find'],
        reads: ['books'],
        writes: ['users'],
        transactions: ['src/guard.ts#guard@1'],
        state: ['src/cache.ts#cache'],
      },
    ]);
  });

  test('does not run start-up callbacks through the helpers they were passed to', async () => {
    const helper = {
      'src/helper.ts': 'export const run = (work: () => void) => work();',
      'src/app.ts': "import { run } from './helper.ts';\nconst seed = () => 1;\nrun(seed);\nexport const list = () => run(() => 2);",
    };
    const trace: BootTrace = {
      ...emptyTrace,
      calls: [
        {
          from: symbol('src/helper.ts#run'),
          to: symbol('src/app.ts#seed'),
          at: { file: toModuleId('src/helper.ts'), line: 1, column: 42 },
        },
      ],
    };
    const { reach, calls } = await assembled(helper, [route('src/app.ts#list')], trace);
    expect(calls.filter(({ provenance }) => provenance === 'boot')).toHaveLength(1);
    expect(reach[0]?.symbols).toEqual(['src/app.ts#list', 'src/app.ts#list.<function 4:31>', 'src/helper.ts#run']);
  });
});

test('dependencies, orphans and tables', async () => {
  const trace: BootTrace = { ...emptyTrace, entries: [{ module: toModuleId('src/app.ts'), reason: 'package-main' }] };
  const monolith = await assembled(sources, [access('src/books.ts#find', 'read', 'books')], trace);
  expect(monolith.dependencies.map(({ from, to, kind }) => `${from} ${to} ${kind}`)).toEqual([
    'src/app.ts src/books.ts value',
    'src/app.ts src/guard.ts value',
    'src/books.ts src/cache.ts value',
    'src/books.ts src/types.ts type',
  ]);
  expect(monolith.orphans).toEqual(['src/unused.ts']);
  expect(monolith.tables.map(({ id, columns }) => ({ id, columns }))).toEqual([{ id: 'books', columns: [] }]);
});

test('the order of facts does not matter', async () => {
  const facts: readonly Fact[] = [
    access('src/books.ts#find', 'read', 'loans'),
    access('src/books.ts#find', 'read', 'books'),
    route('src/app.ts#list'),
  ];
  expect(JSON.stringify(await assembled(sources, facts))).toBe(JSON.stringify(await assembled(sources, facts.toReversed())));
});
