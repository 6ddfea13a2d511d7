import { join } from 'node:path';
import { test } from 'vitest';
import { functions } from '../../../generators/functions/functions.ts';
import { generateSliceOf } from '../../support/slice.ts';
import { expectArtifacts } from '../expect-artifacts.ts';

const bookshop = `import express from 'express';
const app = express();
app.get('/books', (_request, response) => response.json([]));
app.get('/books/:id', (_request, response) => response.json({}));
`;

test.each([
  ['handed-over', `${bookshop}app.listen(3000);\n`],
  ['exported', `${bookshop}export { app as shop };\n`],
  [
    'request-scoped',
    `${bookshop}const books = new Map();
app.get('/cached/:id', async (request, response) => {
  const { id } = request.params;
  if (!books.has(id)) books.set(id, await fetch('https://books.example/' + id));
  return response.json(books.get(id));
});
app.listen(3000);\n`,
  ],
])('%s', (name, main) => {
  const { value } = generateSliceOf(
    [functions],
    { 'src/main.ts': main },
    { routes: name === 'request-scoped' ? ['GET /cached/{id}'] : ['GET /books', 'GET /books/{id}'], entries: ['src/main.ts'] },
  );
  expectArtifacts(join(import.meta.dirname, name, 'expected'), value);
});
