import { expect, test } from 'vitest';
import { chainLines, type Files, routeLines } from '../../support/http-routes.ts';

const books = `
export const list = (request, response) => {};
export const find = (request, response) => {};
export const check = (request, response, next) => next();
`;

const files: Files = {
  'src/main.ts': `import { AutoRouter, Router } from 'itty-router'; import * as books from './books';
const inner = Router({ base: '/api' }); inner.get('/:id', books.find);
const router = AutoRouter({ before: [books.check] }); router.get('/books', books.list).all('/api/*', inner.fetch).get('/files/:path+', books.find);
export default router;`,
  'src/books.ts': books,
};

test('reads routes, and those of a router in a router', () =>
  expect(routeLines(files)).toEqual(['GET /api/{id} → books.ts#find', 'GET /books → books.ts#list', 'GET /files/{path+} → books.ts#find']));

test('the chain', () => expect(chainLines(files, 'GET /books')).toEqual(['middleware check', 'handler list']));
