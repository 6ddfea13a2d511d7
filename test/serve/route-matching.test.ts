import { describe, expect, test } from 'vitest';
import { createRouteMatcher } from '../../src/serve/route-matching.ts';
import { route } from './support.ts';

const match = createRouteMatcher(
  [
    'GET /',
    'GET /books/{id}',
    'GET /books/export',
    'ALL /books/{id}',
    'GET /books/{id}/pages/{page}',
    'GET /books/{rest+}',
    'GET /trips/{from}-{to}',
    'GET /files/{name}.json',
    'ALL /{rest+}',
    'POST /Readers',
  ].map((text, order) => route(order, text)),
);

test.each([
  ['GET', '/', 'GET /', {}],
  ['GET', '/books/7', 'GET /books/{id}', { id: '7' }],
  ['GET', '/books/export', 'GET /books/export', {}],
  ['GET', '/books/export/', 'GET /books/export', {}],
  ['GET', '/BOOKS/Export', 'GET /books/export', {}],
  ['HEAD', '/books/7', 'ALL /books/{id}', { id: '7' }],
  ['HEAD', '/', 'GET /', {}],
  ['DELETE', '/books/7', 'ALL /books/{id}', { id: '7' }],
  ['GET', '/books/7/pages/2', 'GET /books/{id}/pages/{page}', { id: '7', page: '2' }],
  ['GET', '/books/7/notes/2', 'GET /books/{rest+}', { rest: '7/notes/2' }],
  ['GET', '/books/a%20b', 'GET /books/{id}', { id: 'a b' }],
  ['GET', '/books/100%', 'GET /books/{id}', { id: '100%' }],
  ['GET', '/trips/oslo-rome', 'GET /trips/{from}-{to}', { from: 'oslo', to: 'rome' }],
  ['GET', '/files/a.b.json', 'GET /files/{name}.json', { name: 'a.b' }],
  ['POST', '/readers', 'POST /Readers', {}],
  ['PUT', '/readers', 'ALL /{rest+}', { rest: 'readers' }],
  ['OPTIONS', '/', undefined, undefined],
  ['GET', '/books//', 'ALL /{rest+}', { rest: 'books/' }],
])('%s %s finds %s', (method, path, id, parameters) => {
  const found = match(method, path);
  expect(found?.route.id).toBe(id);
  expect(found?.parameters).toEqual(parameters);
});

describe('wildcards without a name', () => {
  const wild = createRouteMatcher(
    ['GET /*', 'GET /covers/*', 'OPTIONS /api/streaming*', 'GET /shops/*/books/{id}', 'GET /covers/new'].map((text, order) =>
      route(order, text),
    ),
  );
  test.each([
    ['GET', '/', undefined, undefined],
    ['GET', '/anything/else', 'GET /*', { wildcard: 'anything/else' }],
    ['GET', '/covers/large/7', 'GET /covers/*', { wildcard: 'large/7' }],
    ['GET', '/covers/new', 'GET /covers/new', {}],
    ['OPTIONS', '/api/streaming', 'OPTIONS /api/streaming*', { wildcard: '' }],
    ['OPTIONS', '/api/streaming/all', 'OPTIONS /api/streaming*', { wildcard: '/all' }],
    ['OPTIONS', '/api/stream', undefined, undefined],
    ['GET', '/shops/north/oslo/books/7', 'GET /shops/*/books/{id}', { wildcard: 'north/oslo', id: '7' }],
  ])('%s %s finds %s', (method, path, id, parameters) => {
    const found = wild(method, path);
    expect(found?.route.id).toBe(id);
    expect(found?.parameters).toEqual(parameters);
  });
});

test('two paths of the same shape are decided by the registration order', () => {
  const same = createRouteMatcher([route(2, 'GET /books/{isbn}'), route(1, 'GET /books/{id}')]);
  expect(same('GET', '/books/1')?.route.id).toBe('GET /books/{id}');
});

test.each([
  ['/magazines/export', 'GET /{kind}/export'],
  ['/books/export', 'GET /{kind}/export'],
  ['/books/7', 'GET /books/{id}'],
  ['/books/7/loans', 'GET /books/{id}/loans'],
])('%s goes to %s: what a moved and a staying route share stays', (path, id) => {
  const shared = createRouteMatcher([
    route(0, 'ALL /{rest+}'),
    route(1, 'GET /books/{id}', 'books'),
    route(2, 'GET /books/{id}/loans', 'books'),
    route(3, 'GET /{kind}/export'),
  ]);
  expect(shared('GET', path)?.route.id).toBe(id);
});
