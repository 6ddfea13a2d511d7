import { expect, test } from 'vitest';
import { httpRouteAnalyzers } from '../../../analyzers/http-routes/index.ts';
import { analyzeRoutes, chainLines, type Files, findingLines, routeLines } from '../../support/http-routes.ts';
import { triggerSummaries } from '../../support/triggers.ts';

const books = `
export const list = () => [];
export const find = ({ params }) => ({});
export const check = ({ set }) => {};
`;

const shop = (code: string, more: Files = {}): Files => ({
  'src/main.ts': `import { Elysia, t } from 'elysia'; import * as books from './books';\n${code}`,
  'src/books.ts': books,
  ...more,
});

test.each<[string, Files, readonly string[]]>([
  [
    'methods, groups and guards',
    shop(
      `new Elysia({ prefix: '/api' }).get('/books', books.list).group('/admin', (app) => app.post('/books', books.list).guard({ body: t.Object({}) }, (inner) => inner.put('/:id', books.find))).route('GET', '/any', books.find).get('/version', 'one').listen(80);`,
    ),
    [
      'GET /api/any → books.ts#find',
      'GET /api/books → books.ts#list',
      'GET /api/version → main.ts#<module>',
      'POST /api/admin/books → books.ts#list',
      'PUT /api/admin/{id} → books.ts#find',
    ],
  ],
  [
    'applications and functions that another uses',
    shop(
      `import { shelf } from './shelf'; const plugin = (app) => app.get('/plugin', books.list); new Elysia().use(shelf).use(plugin).use(import('./lazy')).listen(80);`,
      {
        'src/shelf.ts': `import { Elysia } from 'elysia'; import { find } from './books'; export const shelf = new Elysia({ prefix: '/shelf' }).get('/:id', find);`,
        'src/lazy.ts': `import { Elysia } from 'elysia'; import { list } from './books'; export default new Elysia().get('/lazy', list);`,
      },
    ),
    ['GET /lazy → books.ts#list', 'GET /plugin → books.ts#list', 'GET /shelf/{id} → books.ts#find'],
  ],
])('reads %s', (_title, files, expected) => expect(routeLines(files)).toEqual(expected));

test('hooks run for what is registered after them, in the same application', () => {
  const files = shop(
    `const inner = new Elysia().onBeforeHandle(books.check).get('/inner', books.list); new Elysia().use(inner).get('/early', books.list).derive(books.check).get('/late', books.list, { beforeHandle: [books.check] }).listen(80);`,
  );
  expect(chainLines(files, 'GET /inner')).toEqual(['middleware check', 'handler list']);
  expect(chainLines(files, 'GET /early')).toEqual(['handler list']);
  expect(chainLines(files, 'GET /late')).toEqual(['middleware check', 'middleware check', 'handler list']);
});

test('reads the schemas of a route', () => {
  const { routes } = analyzeRoutes(
    shop(`new Elysia().put('/books/:id', books.find, { params: t.Object({}), body: t.Object({}), response: t.Object({}) }).listen(80);`),
  );
  expect(Object.keys(routes[0]?.shapes ?? {})).toEqual(['parameters', 'body', 'responses']);
});

test.each([
  ['one function', 'beforeHandle: books.check'],
  ['a list of them', 'beforeHandle: [books.check]'],
])('what a guard is given to run before, %s, runs for its routes only', (_title, guard) => {
  const files = shop(
    `new Elysia().guard({ ${guard} }, (inner) => inner.get('/inside', books.list)).get('/outside', books.list).listen(80);`,
  );
  expect(chainLines(files, 'GET /inside')).toEqual(['middleware check', 'handler list']);
  expect(chainLines(files, 'GET /outside')).toEqual(['handler list']);
});

test.each<[string, string, readonly string[]]>([
  [
    'each function of a socket, below prefixes and groups',
    `const join = (ws) => {}; const say = (ws, text) => {}; const chat = new Elysia({ prefix: '/chat' }).group('/rooms', (rooms) => rooms.ws('/:id', { open: join, message: say, body: {} }));
     new Elysia({ prefix: '/api' }).use(chat).listen(80);`,
    ['socket /api/chat/rooms/{id} join (elysia)', 'socket /api/chat/rooms/{id} say (elysia)'],
  ],
  [
    'methods of an object',
    `new Elysia().ws('/orders', { message(ws, text) { ws.send(text); } }).listen(80);`,
    ['socket /orders message (elysia)'],
  ],
  [
    'functions that are not known',
    `import options from 'elsewhere'; new Elysia().ws('/orders', options).listen(80);`,
    ['socket /orders unknown (elysia)'],
  ],
  ['routes are none', `new Elysia().get('/orders', () => []).listen(80);`, []],
])('reads %s', (_title, code, expected) =>
  expect(triggerSummaries(`import { Elysia } from 'elysia'; ${code}`, httpRouteAnalyzers)).toEqual(expected),
);

test('an application of sockets alone has registered something', () => {
  const main = `import { Elysia } from 'elysia'; new Elysia().ws('/orders', { message() {} }).listen(80);`;
  expect(findingLines({ 'src/main.ts': main })).toEqual([]);
  expect(routeLines({ 'src/main.ts': main })).toEqual([]);
});
