import { expect, test } from 'vitest';
import { chainLines, type Files, routeLines } from '../../support/http-routes.ts';

const books = `
export const list = (request, response) => {};
export const find = (request, response) => {};
export const check = (request, response, next) => next();
`;

const shop = (code: string): Files => ({
  'src/main.ts': `import * as restify from 'restify'; import { Router } from 'restify-router'; import * as books from './books';\nconst server = restify.createServer({ name: 'shop' });\n${code}\nserver.listen(80);`,
  'src/books.ts': books,
});

test.each<[string, Files, readonly string[]]>([
  [
    'methods, and paths with versions',
    shop(
      `server.get('/books/:id', books.find); server.del({ path: '/books/:id', version: '1.0.0' }, books.list); server.opts('/books', books.list);`,
    ),
    ['DELETE /books/{id} → books.ts#list', 'GET /books/{id} → books.ts#find', 'OPTIONS /books → books.ts#list'],
  ],
  [
    'routers, in each other and in groups',
    shop(
      `const router = new Router(); router.get('/books', books.list); const inner = new Router(); inner.get('/:id', books.find); router.add('/shelf', inner); router.group('/admin', books.check, (admin) => { admin.post('/books', books.list); }); router.applyRoutes(server, '/api');`,
    ),
    ['GET /api/books → books.ts#list', 'GET /api/shelf/{id} → books.ts#find', 'POST /api/admin/books → books.ts#list'],
  ],
])('reads %s', (_title, files, expected) => expect(routeLines(files)).toEqual(expected));

test('the chain', () => {
  const files = shop(
    `server.use(restify.plugins.bodyParser()); server.pre(books.check); const router = new Router(); router.use(books.check); router.get('/books', books.list); router.applyRoutes(server); server.get('/own', books.find);`,
  );
  expect(chainLines(files, 'GET /books')).toEqual([
    'middleware check',
    'middleware restify.plugins.bodyParser()',
    'middleware check',
    'handler list',
  ]);
  expect(chainLines(files, 'GET /own')).toEqual(['middleware check', 'middleware restify.plugins.bodyParser()', 'handler find']);
});

test('what `use` adds to a server runs for routes before it, too', () => {
  const files = shop(`server.get('/books', books.list); server.use(books.check);`);
  expect(chainLines(files, 'GET /books')).toEqual(['middleware check', 'handler list']);
});
