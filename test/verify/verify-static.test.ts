import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { toServiceId } from '../../src/model/ids.ts';
import type { PlannedService } from '../../src/model/migration-plan.ts';
import { verifyStatic } from '../../src/verify/verify-static.ts';
import { makeFolder } from '../serve/support.ts';
import { type Bookshop, library, makeBookshop } from './bookshop.ts';

// A compiler and a bundler start here, on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

function planned({ table }: Bookshop): PlannedService {
  const routes = table.routes.flatMap(({ target, ...route }) =>
    target === undefined ? [] : [{ ...route, localPath: target.localPath, function: target.function }],
  );
  // The checks look at nothing else of a planned service.
  return { id: library, routes } as unknown as PlannedService;
}

async function check(shop: Bookshop, service = planned(shop)) {
  const results = await verifyStatic({
    ...shop,
    services: [service],
    packages: 'monolith',
    environment: {},
    events: () => {},
    signal: new AbortController().signal,
  });
  return Object.fromEntries(results.map(({ name, status, summary }) => [name, `${status}: ${summary}`]));
}

test('a sound slice passes every check', async () => {
  const shop = await makeBookshop();
  expect(await check(shop)).toEqual({
    'routes-once': 'passed: 5 routes, each once, in 1 function',
    'no-cross-slice-imports': 'passed: 2 files import nothing outside the slice',
    packages: 'passed: all packages are found',
    bundle: expect.stringMatching(/^passed: books-api (\d+ kB|\d\.\d MB)$/),
    types: expect.stringMatching(/^passed: compiles with TypeScript \d/),
    synthesis: 'skipped: there is no infrastructure/bin/app.ts',
  });
});

test('what is wrong is told by the check that looks for it', async () => {
  const shop = await makeBookshop();
  const source = join(shop.out, 'services/library/src');
  writeFileSync(join(source, 'loans.ts'), "import '../../loans/src/loan.ts';\nconst days: number = 'many';\nexport { days };\n");
  const [first, ...rest] = shop.table.routes;
  if (first === undefined) throw new Error('no routes');
  const results = await check({ ...shop, table: { ...shop.table, routes: rest } }, planned(shop));
  expect(results).toMatchObject({
    'routes-once': 'failed: GET /api/books is missing in the gateway table',
    'no-cross-slice-imports': 'failed: services/library/src/loans.ts imports "../../loans/src/loan.ts"',
    types: expect.stringMatching(/^failed: src\/loans\.ts\(\d,\d\): error TS.*/),
  });
});

test('a function name that two slices use is told', async () => {
  const shop = await makeBookshop();
  const functions = shop.table.functions.flatMap((one) => [one, { ...one, service: toServiceId('loans') }]);
  const results = await check({ ...shop, table: { ...shop.table, functions } });
  expect(results['routes-once']).toBe('failed: books-api is a function of loans, too: rename one of the services');
});

test('packages are linked from the monolith for the time of the check, and only those named', async () => {
  const shop = await makeBookshop();
  const out = makeFolder({
    'services/library/package.json': JSON.stringify({ dependencies: { paper: '1', torn: '1' } }),
    'services/library/tsconfig.json': JSON.stringify({ compilerOptions: { noEmit: true, types: [] }, include: ['src'] }),
    'services/library/src/functions/books-api.ts': "import { sheet } from 'paper'; export const handler = async () => sheet;",
  });
  const root = makeFolder({
    'node_modules/paper/package.json': '{"name":"paper","main":"index.js","types":"index.d.ts"}',
    'node_modules/paper/index.js': "exports.sheet = 'A4';",
    'node_modules/paper/index.d.ts': 'export declare const sheet: string;',
  });
  expect(await check({ ...shop, out, root })).toMatchObject({
    packages: "failed: torn not installed: install the monolith's packages, or run `banyan verify --install`",
    bundle: 'skipped: packages are not installed: torn',
    types: 'skipped: packages are not installed: torn',
  });
  writeFileSync(join(out, 'services/library/package.json'), JSON.stringify({ dependencies: { paper: '1' } }));
  expect(await check({ ...shop, out, root })).toMatchObject({
    packages: 'passed: all packages are found',
    bundle: 'passed: books-api 1 kB',
    types: expect.stringMatching(/^passed/),
  });
  expect(existsSync(join(out, 'services/library/node_modules'))).toBe(false);
  expect(readdirSync(join(root, 'node_modules'))).toEqual(['paper']);
});

test('nothing passes where there is nothing to look at', async () => {
  const shop = await makeBookshop();
  const out = makeFolder({ 'services/library/README.md': '' });
  const results = await check({ ...shop, out, table: { ...shop.table, routes: [], functions: [] } }, { ...planned(shop), routes: [] });
  expect(results).toMatchObject({
    'routes-once': 'skipped: no route of it is to move',
    'no-cross-slice-imports': 'failed: services/library holds no code',
    packages: 'failed: package.json is missing',
    bundle: 'failed: the gateway table names no function of it',
    types: 'failed: tsconfig.json is missing',
  });
});

test('what cannot be bundled is told with its reason, and counts towards the limit of Lambda', async () => {
  const shop = await makeBookshop();
  const shelf = 'services/library/node_modules/shelf';
  const out = makeFolder({
    'services/library/package.json': JSON.stringify({ dependencies: { shelf: '1' } }),
    'services/library/src/functions/books-api.ts': "import { place } from 'shelf'; export const handler = async () => place;",
    [`${shelf}/package.json`]: '{"name":"shelf"}',
    [`${shelf}/index.js`]: 'exports.place = __dirname;',
    [`${shelf}/books.dat`]: '',
  });
  expect((await check({ ...shop, out })).bundle).toBe('passed: books-api 1 kB and 1 kB of packages beside it');
  // A file of zeros that takes no room on most disks.
  truncateSync(join(out, shelf, 'books.dat'), 260 * 1024 * 1024);
  expect((await check({ ...shop, out })).bundle).toBe(
    "failed: books-api is over Lambda's 250 MB: 1 kB of code and 260.0 MB of packages that cannot be bundled; " +
      'drop some of them, or place the service on Fargate',
  );
});
