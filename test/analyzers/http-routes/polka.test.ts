import { expect, test } from 'vitest';
import { chainLines, type Files, routeLines } from '../../support/http-routes.ts';

const books = `
export const list = (request, response) => {};
export const find = (request, response) => {};
export const check = (request, response, next) => next();
`;

const shop = (code: string): Files => ({
  'src/main.ts': `import polka from 'polka'; import { App } from '@tinyhttp/app'; import * as books from './books';\n${code}`,
  'src/books.ts': books,
});

test.each<[string, Files, readonly string[]]>([
  [
    'polka, and one in another',
    shop(
      `const inner = polka().get('/:id', books.find); polka().use(books.check).get('/books', books.list).add('PUT', '/books', books.list).use('/api', inner).listen(80);`,
    ),
    ['GET /api/{id} → books.ts#find', 'GET /books → books.ts#list', 'PUT /books → books.ts#list'],
  ],
  [
    'tinyhttp, and one in another',
    shop(
      `const inner = new App(); inner.get('/:id', books.find); const app = new App(); app.get('/books', books.list).use('/api', inner); app.listen(80);`,
    ),
    ['GET /api/{id} → books.ts#find', 'GET /books → books.ts#list'],
  ],
])('reads %s', (_title, files, expected) => expect(routeLines(files)).toEqual(expected));

test('the chain', () =>
  expect(chainLines(shop(`polka().use(books.check).get('/books', books.check, books.list).listen(80);`), 'GET /books')).toEqual([
    'middleware check',
    'middleware check',
    'handler list',
  ]));
