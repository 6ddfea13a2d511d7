import { describe, expect, test } from 'vitest';
import { addressesOf, analyzeFiles, fileRoutesOf } from '../../support/file-routes.ts';

describe('addresses', () => {
  test.each<[string, string, readonly string[]]>([
    ['any method', 'server/api/books.ts', ['ALL /api/books']],
    ['a method', 'server/api/books.post.ts', ['POST /api/books']],
    ['the index with a method', 'server/api/books/index.get.ts', ['GET /api/books']],
    ['a parameter', 'server/api/books/[id].delete.ts', ['DELETE /api/books/{id}']],
    ['the rest of the path', 'server/api/files/[...path].ts', ['ALL /api/files/{path+}']],
    ['the rest without a name', 'server/api/files/[...].ts', ['ALL /api/files/*']],
    ['not below api', 'server/routes/feed.xml.get.ts', ['GET /feed.xml']],
    ['a layer', 'layers/shop/server/api/books.get.ts', ['GET /api/books']],
    ['another folder', 'server/store/books.ts', []],
  ])('%s', (_title, path, expected) =>
    expect(addressesOf('nuxt', 'export default defineEventHandler(() => []);', [path])).toEqual(expected),
  );
});

test('handlers are what is given to defineEventHandler, imported or not', () => {
  const files = {
    'server/api/books.get.ts': `export default defineEventHandler(async function list(event) {});`,
    'server/api/books.post.ts': `import { defineEventHandler } from 'h3'; import { create } from '../../store'; export default defineEventHandler(create);`,
    'server/api/shelves.ts': `export default defineEventHandler((event) => { if (event.method === 'PUT') return 1; });`,
    'store.ts': 'export const create = () => {};',
  };
  expect(fileRoutesOf({ dependencies: ['nuxt'], files })).toEqual([
    'GET /api/books → server/api/books.get.ts#default.<function 1:35>',
    'POST /api/books → store.ts#create',
    'PUT /api/shelves → server/api/shelves.ts#default.<function 1:35>',
  ]);
});

test('middleware runs before every handler', () => {
  const files = {
    'server/middleware/reader.ts': 'export default defineEventHandler(reader); function reader() {};',
    'server/api/books.get.ts': 'export default defineEventHandler(list); function list() {}',
  };
  const [route] = analyzeFiles({ dependencies: ['nuxt'], files }).routes;
  expect(route?.chain.map(({ role, name, scope }) => [role, name, scope])).toEqual([
    ['middleware', 'reader', 'application'],
    ['handler', 'list', 'route'],
  ]);
});

test('a server without pages may have its routes at the root', () => {
  expect(addressesOf('nitropack', 'export default eventHandler(() => 1);', ['routes/books/[id].get.ts', 'api/ping.ts'])).toEqual([
    'ALL /api/ping',
    'GET /books/{id}',
  ]);
});
