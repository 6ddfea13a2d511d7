import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { VerifyConfiguration } from '../../src/model/configuration.ts';
import type { GatewayTable } from '../../src/model/gateway-table.ts';
import { toServiceId } from '../../src/model/ids.ts';
import { findFreePort } from '../../src/serve/loopback.ts';
import { libraryFunction, makeFolder, route } from '../serve/support.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** The routes of a bookshop, as a monolith has them and as a slice takes them along. Data lives in a file both use. */
const BOOKS = `
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import express from 'express';

const file = process.env.BOOKS_FILE;
const load = () => JSON.parse(readFileSync(file, 'utf8'));
const requireReader = (request, response, next) => (request.get('authorization') ? next() : response.status(401).json({ error: 'who are you' }));

export const books = express.Router();
books.get('/', (request, response) => response.set('cache-control', 'max-age=60').json({ items: load(), page: Number(request.query.page ?? 1) }));
books.post('/', requireReader, (request, response) => {
  const book = { id: randomUUID(), title: request.body.title, price: 700, addedAt: new Date().toISOString() };
  writeFileSync(file, JSON.stringify([...load(), book]));
  response.status(201).location('/api/books/' + book.id).cookie('last', book.id, { httpOnly: true }).json(book);
});
books.get('/:id', (request, response) => {
  const book = load().find(({ id }) => id === request.params.id);
  return book ? response.json(book) : response.status(404).json({ error: 'no such book' });
});
books.delete('/:id', requireReader, (request, response) => response.status(204).end());
books.get('/:id/cover', (request, response) => response.type('png').send(Buffer.from([0x89, 0x50, 0xff, 0x00])));
`;

const MONOLITH = `
import express from 'express';
import { books } from './books.mjs';
const app = express();
app.use(express.json());
app.use('/api/books', books);
app.get('/api/readers', (request, response) => response.json(['Jane']));
app.listen(Number(process.argv[2]));
`;

const FUNCTION = `
import express from 'express';
import serverless from 'serverless-http';
import { books } from '../books.mjs';
const app = express();
app.use(express.json());
if (process.env.BANYAN_PROOF === '1') {
  for (const { route } of books.stack) {
    const last = route.stack.at(-1);
    const { handle } = last;
    last.handle = (request, response, next) => handle(request, response.set('x-banyan-handler', request.method + ' ' + route.path), next);
  }
}
app.use('/api/books', books);
export const handler = serverless(app, { binary: ['image/*'] });
`;

/** The suite: prints nothing, writes a report in Jest's form, and fails where an answer is not as expected. */
const SUITE = `
import { writeFileSync } from 'node:fs';
const url = process.argv[2];
const results = [];
const expectStatus = async (fullName, status, path, init) => {
  const response = await fetch(url + path, init);
  const text = await response.text();
  results.push({ fullName, status: response.status === status ? 'passed' : 'failed' });
  return text;
};
const headers = { 'content-type': 'application/json', authorization: 'reader' };
const made = JSON.parse(await expectStatus('adds a book', 201, '/api/books', { method: 'POST', headers, body: '{"title":"Emma"}' }));
await expectStatus('asks who adds', 401, '/api/books', { method: 'POST' });
await expectStatus('lists books', 200, '/api/books?page=2');
await expectStatus('finds the book', 200, '/api/books/' + made.id);
await expectStatus('misses a book', 404, '/api/books/none');
await expectStatus('shows its cover', 200, '/api/books/' + made.id + '/cover');
await expectStatus('knows readers', 200, '/api/readers');
await expectStatus('fails always', 500, '/api/readers');
writeFileSync('report.json', JSON.stringify({ testResults: [{ name: process.cwd() + '/suite.mjs', assertionResults: results }] }));
`;

export interface Bookshop {
  readonly root: string;
  readonly out: string;
  readonly table: GatewayTable;
  readonly configuration: VerifyConfiguration;
}

/** A runnable bookshop with a slice made of it by hand; `change` plants differences into the slice's code. */
export async function makeBookshop(change: (books: string) => string = (books) => books): Promise<Bookshop> {
  const root = makeFolder({
    'package.json': '{"name":"bookshop","type":"module"}',
    'books.mjs': BOOKS,
    'server.mjs': MONOLITH,
    'suite.mjs': SUITE,
    'reset.mjs': "import { writeFileSync } from 'node:fs'; writeFileSync('books.json', '[]');",
    'banyan-out/services/library/package.json': JSON.stringify({
      name: 'bookshop-library',
      dependencies: { express: '4', 'serverless-http': '4' },
    }),
    'banyan-out/services/library/tsconfig.json': JSON.stringify({
      compilerOptions: { noEmit: true, allowJs: true, esModuleInterop: true, skipLibCheck: true, types: ['node'] },
      include: ['src'],
    }),
    'banyan-out/services/library/src/books.mjs': change(BOOKS),
    'banyan-out/services/library/src/functions/books-api.ts': FUNCTION,
  });
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'), 'junction');
  return {
    root,
    out: join(root, 'banyan-out'),
    table: {
      version: 1,
      granularity: 'service',
      routes: [
        route(0, 'GET /api/books', 'books-api', '/'),
        route(1, 'POST /api/books', 'books-api', '/'),
        route(2, 'GET /api/books/{id}', 'books-api', '/:id'),
        route(3, 'DELETE /api/books/{id}', 'books-api', '/:id'),
        route(4, 'GET /api/books/{id}/cover', 'books-api', '/:id/cover'),
        route(5, 'GET /api/readers'),
      ],
      functions: [{ ...libraryFunction('books-api'), environment: ['BOOKS_FILE'] }],
    },
    configuration: {
      start: 'node server.mjs {port}',
      ready: '/api/readers',
      readyTimeoutSeconds: 15,
      port: await findFreePort(),
      environment: { BOOKS_FILE: join(root, 'books.json') },
      reset: 'node reset.mjs',
      resetTimeoutSeconds: 15,
      testTimeoutSeconds: 30,
      test: { command: 'node suite.mjs {url}', results: 'report.json', format: 'jest-json' },
    },
  };
}

export const library = toServiceId('library');
