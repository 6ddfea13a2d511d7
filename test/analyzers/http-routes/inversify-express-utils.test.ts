import { expect, test } from 'vitest';
import { analyzeFiles } from '../../support/file-routes.ts';

const controller = `
  import { controller, httpGet, httpMethod, httpPost, requestBody } from 'inversify-express-utils';
  import { note } from './note';
  interface NewBook {}
  @controller('/books', note)
  export class BookController {
    @httpGet('/:id', (request, response, next) => next()) find() {}
    @httpPost('/') create(@requestBody() book: NewBook) {}
    @httpMethod('propfind', '/tree') tree() {}
  }`;

const main = (options: string): string => `
  import { Container } from 'inversify'; import { InversifyExpressServer } from 'inversify-express-utils'; import express from 'express';
  import './books';
  const server = new InversifyExpressServer(new Container()${options});
  server.setConfig((app) => { app.use(express.json()); app.get('/health', (request, response) => response.end()); });
  server.build().listen(1);`;

const analyze = (options: string) =>
  analyzeFiles({
    dependencies: ['inversify-express-utils', 'express'],
    files: {
      'src/main.ts': main(options),
      'src/books.ts': controller,
      'src/note.ts': 'export const note = (request, response, next) => next();',
    },
  });

test('controllers that were loaded are registered', () => {
  const { routes, diagnostics } = analyze('');
  expect(routes.map(({ id }) => id).sort()).toEqual(['GET /books/{id}', 'GET /health', 'POST /books', 'PROPFIND /books/tree']);
  expect(diagnostics).toEqual([]);
});

test('below the root path, with what stands around them', () => {
  const { routes } = analyze(`, null, { rootPath: '/api' }`);
  const find = routes.find(({ id }) => id === 'GET /api/books/{id}');
  expect(find?.chain.map(({ role }) => role)).toEqual(['body-parser', 'middleware', 'middleware', 'handler']);
  expect(routes.find(({ method }) => method === 'POST')?.shapes?.body).toEqual({ kind: 'type', symbol: 'src/books.ts#NewBook' });
});
