import { expect, test } from 'vitest';
import { addressesOf } from '../../support/file-routes.ts';

test.each<[string, string, readonly string[]]>([
  ['a module', 'src/routes/api/books.ts', ['POST /api/books']],
  ['the index', 'src/routes/api/books/index.ts', ['POST /api/books']],
  ['a parameter', 'src/routes/api/books/[id].ts', ['POST /api/books/{id}']],
  ['a group', 'src/routes/(shop)/api/books.ts', ['POST /api/books']],
])('%s', (_title, path, expected) =>
  expect(addressesOf('@solidjs/start', 'export async function POST() {} export default function Page() {}', [path])).toEqual(expected),
);
