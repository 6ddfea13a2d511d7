import { expect, test } from 'vitest';
import { addressesOf, fileRoutesOf } from '../../support/file-routes.ts';

test.each<[string, string, readonly string[]]>([
  ['a folder', 'src/routes/api/books/+server.ts', ['GET /api/books']],
  ['a parameter with a matcher', 'src/routes/api/books/[id=isbn]/+server.ts', ['GET /api/books/{id}']],
  ['an optional parameter', 'src/routes/[[language]]/books/+server.ts', ['GET /books', 'GET /{language}/books']],
  ['the rest of the path', 'src/routes/files/[...path]/+server.js', ['GET /files/{path+}']],
  ['a group', 'src/routes/(shop)/books/+server.ts', ['GET /books']],
  ['a character that a file cannot have', 'src/routes/[x+2e]well-known/books/+server.ts', ['GET /.well-known/books']],
  ['the root', 'src/routes/+server.ts', ['GET /']],
])('%s', (_title, path, expected) => expect(addressesOf('@sveltejs/kit', 'export const GET = () => {};', [path])).toEqual(expected));

test('pages load what they show, and take forms', () => {
  const files = {
    'src/routes/books/+page.server.ts': `export const load = async () => {}; export const actions = { default: async () => {} };`,
    'src/routes/books/+server.ts': `export const fallback = () => {};`,
  };
  expect(fileRoutesOf({ dependencies: ['@sveltejs/kit'], files })).toEqual([
    'ALL /books → src/routes/books/+server.ts#fallback',
    'GET /books → src/routes/books/+page.server.ts#load',
    'POST /books → src/routes/books/+page.server.ts#actions',
  ]);
});
