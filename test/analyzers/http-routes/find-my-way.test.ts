import { expect, test } from 'vitest';
import { routeLines } from '../../support/http-routes.ts';

test('reads routes of a router that the program looks up itself', () =>
  expect(
    routeLines({
      'src/main.ts': `import http from 'node:http'; import createRouter from 'find-my-way'; import { find, list } from './books';
const router = createRouter({ ignoreTrailingSlash: true }); router.on('GET', '/books', list); router.on(['PUT', 'PATCH'], '/books/:id', { constraints: {} }, find); router.get('/files/*', list);
http.createServer((request, response) => router.lookup(request, response)).listen(80);`,
      'src/books.ts': 'export const list = (request, response) => {}; export const find = (request, response, params) => {};',
    }),
  ).toEqual([
    'GET /books → books.ts#list',
    'GET /files/* → books.ts#list',
    'PATCH /books/{id} → books.ts#find',
    'PUT /books/{id} → books.ts#find',
  ]));
