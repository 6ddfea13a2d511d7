import { expect, test } from 'vitest';
import { addressesOf } from '../../support/file-routes.ts';

test.each<[string, string, readonly string[]]>([
  ['a module', 'src/pages/api/books.ts', ['GET /api/books']],
  ['the index', 'src/pages/api/books/index.ts', ['GET /api/books']],
  ['a file with an extension of its own', 'src/pages/books.json.ts', ['GET /books.json']],
  ['parameters in one segment', 'src/pages/[language]-[id].ts', ['GET /{language}-{id}']],
  ['the rest of the path', 'src/pages/files/[...path].ts', ['GET /files/{path+}']],
  ['a private module', 'src/pages/_books.ts', []],
])('%s', (_title, path, expected) => expect(addressesOf('astro', 'export const GET = () => {};', [path])).toEqual(expected));
