import { describe, expect, test } from 'vitest';
import { addressesOf, analyzeFiles, fileRoutesOf } from '../../support/file-routes.ts';

const code = 'export const loader = async () => null;';

describe('names of modules', () => {
  test.each<[string, string, readonly string[]]>([
    ['dots are slashes', 'app/routes/api.books.ts', ['GET /api/books']],
    ['a parameter', 'app/routes/books.$id.tsx', ['GET /books/{id}']],
    ['the index', 'app/routes/books._index.tsx', ['GET /books']],
    ['the root', 'app/routes/_index.tsx', ['GET /']],
    ['layouts without a segment', 'app/routes/_shop.books.tsx', ['GET /books']],
    ['no nesting', 'app/routes/books_.edit.tsx', ['GET /books/edit']],
    ['the rest of the path', 'app/routes/files.$.ts', ['GET /files/*']],
    ['an optional segment', 'app/routes/($language).books.tsx', ['GET /books', 'GET /{language}/books']],
    ['an escaped dot', 'app/routes/sitemap[.]xml.ts', ['GET /sitemap.xml']],
    ['a folder', 'app/routes/api.books/route.ts', ['GET /api/books']],
    ['folders that are segments', 'app/routes/_shop+/books+/$id.edit.tsx', ['GET /books/{id}/edit']],
    ['a layout', 'app/routes/books+/_layout.tsx', []],
    ['a module beside', 'app/routes/api.books/queries.ts', []],
  ])('%s', (_title, path, expected) => expect(addressesOf('@remix-run/node', code, [path])).toEqual(expected));
});

test('loaders answer reads, actions the rest', () => {
  const files = {
    'app/routes/books.tsx': `export async function loader() {} export async function action() {} export default function Books() {}`,
  };
  expect(fileRoutesOf({ dependencies: ['@remix-run/node'], files })).toEqual([
    'ALL /books → app/routes/books.tsx#action',
    'GET /books → app/routes/books.tsx#loader',
  ]);
});

test('a configuration names modules and their paths', () => {
  const files = {
    'app/routes.ts': `
      import { index, layout, prefix, route } from '@react-router/dev/routes';
      export default [
        index('./home.tsx'),
        layout('./shop/layout.tsx', [route('books', './shop/books.tsx', [route(':id', './shop/book.tsx')])]),
        ...prefix('api', [route('health', './health.ts')]),
      ];`,
    'app/home.tsx': code,
    'app/shop/layout.tsx': code,
    'app/shop/books.tsx': code,
    'app/shop/book.tsx': code,
    'app/health.ts': code,
    'app/unused.ts': code,
  };
  const { routes, diagnostics } = analyzeFiles({ dependencies: ['@react-router/dev'], files });
  expect(routes.map(({ id }) => id).sort()).toEqual(['GET /', 'GET /api/health', 'GET /books', 'GET /books/{id}']);
  expect(diagnostics).toEqual([]);
});

test('a configuration that is not constant is told', () => {
  const files = { 'app/routes.ts': `import { made } from 'books-routes'; export default made();`, 'app/routes/books.ts': code };
  const { routes, diagnostics } = analyzeFiles({ dependencies: ['@react-router/dev'], files });
  expect(routes.map(({ id }) => id)).toEqual(['GET /books']);
  expect(diagnostics.map((one) => one.code)).toEqual(['dynamic-mount']);
});
