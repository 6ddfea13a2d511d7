import { createServer } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { PipelineEvent } from '../../../src/model/events.ts';
import { listenOnLoopback } from '../../../src/serve/loopback.ts';
import { type ParityInput, verifyParity } from '../../../src/verify/parity/verify-parity.ts';
import { ask } from '../../serve/support.ts';
import { type Bookshop, library, makeBookshop } from '../bookshop.ts';

// Whole processes start here, several for each test, on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const inputFor = (shop: Bookshop, changes: Partial<ParityInput> = {}): ParityInput => ({
  ...shop,
  slices: [library],
  environment: { PATH: process.env.PATH },
  events: () => {},
  signal: new AbortController().signal,
  ...changes,
});

const verify = async (
  change?: (books: string) => string,
  { secretVariables = [], ...changes }: Partial<ParityInput> & { readonly secretVariables?: readonly string[] } = {},
) => {
  const shop = await makeBookshop(change);
  const functions = shop.table.functions.map((one) => ({ ...one, environment: [...one.environment, ...secretVariables] }));
  const outcome = await verifyParity(inputFor({ ...shop, table: { ...shop.table, functions } }, changes));
  if (outcome.kind === 'not-run') throw new Error([outcome.failure.what, ...outcome.failure.details].join('\n'));
  return outcome;
};

test('a slice that answers as the monolith did is proven, route by route, whatever ids and times differ', async () => {
  const { routes, suite } = await verify();
  expect(routes.map(({ id, verdict, handledByMovedHandler, missing }) => [id, verdict, handledByMovedHandler, missing])).toEqual([
    ['GET /api/books', 'proven', 1, undefined],
    ['POST /api/books', 'proven', 1, undefined],
    ['GET /api/books/{id}', 'proven', 2, undefined],
    ['DELETE /api/books/{id}', 'unproven', 0, 'no request of the test suite reaches it'],
    ['GET /api/books/{id}/cover', 'proven', 1, undefined],
  ]);
  expect(routes[1]).toMatchObject({ comparisons: 2, servedBy: { 'books-api': 2 }, successes: { monolith: 1, slice: 1 } });
  expect(suite).toMatchObject({ direct: { passed: 7, failed: 1 }, gateway: { passed: 7, failed: 1 }, differences: [] });
  expect(suite.volatile).toEqual([
    'GET /api/books body.items[*].addedAt',
    'GET /api/books body.items[*].id',
    'GET /api/books header etag',
    'GET /api/books/{id} body.addedAt',
    'GET /api/books/{id} body.id',
    'GET /api/books/{id} header etag',
    'POST /api/books body.addedAt',
    'POST /api/books body.id',
    'POST /api/books header etag',
    'POST /api/books header location',
    'POST /api/books header set-cookie last value',
  ]);
  // A title stays, an id and a time do not.
  expect(routes[1]?.partly).toEqual({ bodies: 1, leastShare: 0.5 });
});

test('planted differences are found: status, body field, header, bytes; an error before the handler proves nothing', async () => {
  const { routes, suite } = await verify((books) =>
    books
      .replace("'max-age=60'", "'no-store'")
      .replace('price: 700', 'price: 7')
      .replace('status(404)', 'status(410)')
      .replace('[0x89, 0x50, 0xff, 0x00]', '[0x89, 0x50, 0xff, 0x01]'),
  );
  const found = Object.fromEntries(
    routes.map(({ id, verdict, firstDifference }) => [id, [verdict, firstDifference?.field, firstDifference?.slice]]),
  );
  expect(found).toEqual({
    'GET /api/books': ['different', 'header cache-control', 'no-store'],
    'POST /api/books': ['different', 'body.price', '7'],
    'GET /api/books/{id}': ['different', 'body.price', '7'],
    'DELETE /api/books/{id}': ['unproven', undefined, undefined],
    'GET /api/books/{id}/cover': ['different', expect.stringMatching(/^(header etag|body)$/), expect.any(String)],
  });
  expect(suite.differences).toEqual([{ test: 'suite.mjs › misses a book', direct: 'passed', gateway: 'failed' }]);
});

test('what a slice gives away is not given away again by the result', async () => {
  const { routes } = await verify(
    (books) =>
      books.replace("{ error: 'no such book' }", "{ error: 'no such book in ' + process.env.BOOKS_FILE + ' ' + process.env.SHOP_SECRET }"),
    { environment: { PATH: process.env.PATH, SHOP_SECRET: 'hunter2-of-the-shop' }, secretVariables: ['SHOP_SECRET'] },
  );
  expect(routes[2]?.firstDifference).toMatchObject({ field: 'body.error', slice: expect.stringMatching(/books\.json \*\*\*$/) });
});

test('functions that die are told by slice, and at each route they failed', async () => {
  const { routes, functions } = await verify((books) => `console.error('Error: no shelves'); process.exit(3);\n${books}`);
  const why = 'books-api could not start: the process exited with code 3 while loading: Error: no shelves';
  expect(functions).toMatchObject([
    { name: 'functions', service: 'library', status: 'failed', summary: `6 of 6 invocations not answered: ${why}` },
  ]);
  expect(routes[0]).toMatchObject({ verdict: 'different', firstDifference: { field: 'status', slice: '502', cause: why } });
});

test('statelessness says what it compared, and nothing passes where nothing could be', async () => {
  const sound = await verify(undefined, { statelessness: 'tested' });
  expect(sound.statelessness).toMatchObject([
    { status: 'passed', summary: 'two instances in turn answer as one does: 4 of 5 moved routes, 6 requests compared' },
  ]);
  const dead = await verify((books) => `process.exit(3);\n${books}`, { statelessness: 'tested' });
  expect(dead.statelessness).toMatchObject([
    { status: 'skipped', summary: 'nothing was compared: none of 5 moved routes is proven with one instance' },
  ]);
});

test('a slice that remembers between requests is right with one instance and told with two', async () => {
  const { routes, statelessness } = await verify(
    (books) =>
      books
        .replace('const load = () => JSON', 'let kept; const load = () => kept ??= JSON')
        .replace('writeFileSync(file, JSON.stringify([...load(), book]))', 'kept = [...load(), book]'),
    { statelessness: 'tested' },
  );
  expect(routes.filter(({ verdict }) => verdict === 'different')).toEqual([]);
  expect(statelessness).toMatchObject([
    {
      name: 'statelessness',
      service: 'library',
      status: 'failed',
      details: [expect.stringMatching(/^GET \/api\/books\/\{id\}: with two instances in turn, .* gives status 404 instead of 200$/)],
    },
  ]);
});

test.each<[string, (shop: Bookshop) => Partial<Bookshop['configuration']>, RegExp]>([
  [
    'no test command',
    ({ configuration: { test: _test, ...rest } }) => ({ ...rest, test: undefined }) as object,
    /no command runs the test suite/,
  ],
  ['a reset that fails', () => ({ reset: 'exit 4' }), /the reset command \(exit 4\) exited with code 4/],
  [
    'a reset that hangs',
    () => ({ reset: 'sleep 30', resetTimeoutSeconds: 0.5 }),
    /the reset command \(sleep 30\) did not end within 0\.5 s/,
  ],
  [
    'a suite that hangs',
    () => ({ test: { command: 'sleep 30', results: 'report.json', format: 'jest-json' }, testTimeoutSeconds: 0.5 }),
    /the test command \(sleep 30\) did not end within 0\.5 s, with the monolith alone/,
  ],
  [
    'a suite without a report',
    () => ({ test: { command: 'exit 0', results: 'report.json', format: 'jest-json' } }),
    /did not write report\.json/,
  ],
  [
    'a report of another form',
    () => ({ test: { command: 'node suite.mjs {url}', results: 'report.json', format: 'junit-xml' } }),
    /report\.json is no junit-xml report/,
  ],
])('%s is told, and every route is unproven', async (_title, change, expected) => {
  const shop = await makeBookshop();
  const configuration = { ...shop.configuration, ...change(shop) };
  const outcome = await verifyParity(inputFor({ ...shop, configuration }));
  if (outcome.kind !== 'not-run') throw new Error('it ran');
  expect(outcome.failure.what).toMatch(expected);
  expect(new Set(outcome.routes.map(({ verdict }) => verdict))).toEqual(new Set(['unproven']));
});

test('a taken port is told', async () => {
  const shop = await makeBookshop();
  const server = createServer();
  const port = await listenOnLoopback(server, 0);
  onTestFinished(() => void server.close());
  const outcome = await verifyParity(inputFor({ ...shop, configuration: { ...shop.configuration, port } }));
  expect(outcome).toMatchObject({ kind: 'not-run', failure: { what: `port ${port} is in use` } });
});

test('aborting in the middle of a suite leaves nothing running', async () => {
  const shop = await makeBookshop();
  const controller = new AbortController();
  const ports: number[] = [shop.configuration.port];
  const events = (event: PipelineEvent): void => {
    if (event.type !== 'log') return;
    const port = /server\.mjs (\d+)/.exec(event.text)?.[1];
    if (port !== undefined) ports.push(Number(port));
    if (event.text.startsWith('test (monolith)')) setTimeout(() => controller.abort(), 50);
  };
  const configuration = { ...shop.configuration, test: { command: 'sleep 30', results: 'report.json', format: 'jest-json' as const } };
  const running = verifyParity(inputFor({ ...shop, configuration }, { events, signal: controller.signal }));
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  expect(ports).toHaveLength(2);
  for (const port of ports) await expect(ask(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
