import { describe, expect, test } from 'vitest';
import { analyzeFiles } from '../../support/file-routes.ts';
import type { Sources } from '../../support/program.ts';

const books = `
  import { Authorized, Body, Get, JsonController, Param, Post, UseBefore, UseAfter } from 'routing-controllers';
  import { note, Measure } from './middleware';
  export class NewBook {}
  export class Book {}
  class Base { @Get('/ping') ping() {} }
  @JsonController('/books') @UseBefore(note)
  export class BookController extends Base {
    @Get() list(): Promise<Book[]> { return []; }
    @Get('/:id') find(@Param('id') id: string) {}
    @Authorized('editor') @Post() @UseAfter(Measure) create(@Body() book: NewBook): Promise<Book> {}
  }`;
const middleware = `
  import { Middleware } from 'routing-controllers';
  export const note = (request, response, next) => next();
  export class Measure { use(request, response, next) { next(); } }
  @Middleware({ type: 'after' }) export class Failure { error(error, request, response, next) {} }`;

const analyze = (main: string, more: Sources = {}) =>
  analyzeFiles({
    dependencies: ['routing-controllers', 'express'],
    files: { 'src/main.ts': main, 'src/api/books.ts': books, 'src/api/middleware.ts': middleware, ...more },
  });

const server = (options: string): string => `
  import { createExpressServer } from 'routing-controllers'; import { BookController } from './api/books'; import { Failure } from './api/middleware';
  import jwt from 'jsonwebtoken';
  const app = createExpressServer(${options});
  app.listen(1);`;

describe('controllers', () => {
  test.each<[string, string, readonly string[], readonly string[]]>([
    [
      'named by class',
      server(`{ controllers: [BookController], routePrefix: '/api' }`),
      ['GET /api/books', 'GET /api/books/ping', 'GET /api/books/{id}', 'POST /api/books'],
      [],
    ],
    [
      'named by a pattern of compiled files',
      server(`{ controllers: [__dirname + '/../dist/api/*.js'] }`),
      ['GET /books', 'GET /books/ping', 'GET /books/{id}', 'POST /books'],
      [],
    ],
    [
      'in a list that is not known',
      server(`{ controllers: process.env.CONTROLLERS.split(',') }`),
      ['GET /books', 'GET /books/ping', 'GET /books/{id}', 'POST /books'],
      ['dynamic-mount'],
    ],
    ['of another file', server(`{ controllers: ['src/other/*.ts'] }`), [], []],
    [
      'in an application that is there',
      `import express from 'express'; import { useExpressServer } from 'routing-controllers'; import { BookController } from './api/books';
       const app = express(); app.get('/health', (req, res) => res.end()); useExpressServer(app, { controllers: [BookController] }); app.listen(1);`,
      ['GET /books', 'GET /books/ping', 'GET /books/{id}', 'GET /health', 'POST /books'],
      [],
    ],
  ])('%s', (_title, main, expected, codes) => {
    const { routes, diagnostics } = analyze(main);
    expect(routes.map(({ id }) => id).sort()).toEqual(expected);
    expect(diagnostics.map(({ code }) => code)).toEqual(codes);
  });

  test('that nothing registers are told', () => {
    const { routes, diagnostics } = analyze(`import './api/books'; import express from 'express'; express().listen(1);`);
    expect(routes).toEqual([]);
    expect(diagnostics.map(({ code, data }) => [code, 'framework' in data && data.framework])).toContainEqual([
      'framework-without-routes',
      'routing-controllers',
    ]);
  });
});

test('what stands around a method', () => {
  const { routes } = analyze(
    server(
      `{ controllers: [BookController], middlewares: [Failure], authorizationChecker: function allowed(action) { return jwt.verify(action.request.headers.authorization, 's'); } }`,
    ),
  );
  const create = routes.find(({ id }) => id === 'POST /books');
  expect(create?.chain.map(({ role, name }) => `${role} ${name.replace(/^.*\./, '')}`)).toEqual([
    'middleware note',
    'authentication authorizationChecker',
    'handler create',
    'middleware Measure',
    'error-handler Failure',
  ]);
  expect(create?.authentication?.scheme).toBe('bearer');
  expect(create?.shapes).toEqual({
    body: { kind: 'type', symbol: 'src/api/books.ts#NewBook' },
    responses: { default: { kind: 'type', symbol: 'src/api/books.ts#Book' } },
  });
  expect(create?.handler.symbol).toBe('src/api/books.ts#BookController.create');
});
