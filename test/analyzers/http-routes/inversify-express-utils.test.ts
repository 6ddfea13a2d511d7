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

test.each<[string, string]>([
  ['a container', 'const container = new Container(); container.bind(TYPES.member).to(MemberMiddleware);'],
  [
    'a module',
    'const container = new Container(); container.load(new ContainerModule((bind) => { bind(TYPES.member).to(MemberMiddleware); }));',
  ],
  [
    'a module of version 7',
    'const container = new Container(); container.load(new ContainerModule(({ bind }) => { bind(TYPES.member).toConstantValue(new MemberMiddleware()); }));',
  ],
])('middleware that %s holds under a token', (_title, code) => {
  const { routes } = analyzeFiles({
    dependencies: ['inversify-express-utils', 'express'],
    files: {
      'src/main.ts': `import { Container, ContainerModule } from 'inversify'; import { InversifyExpressServer } from 'inversify-express-utils';
        import './books'; import { TYPES } from './types'; import { MemberMiddleware } from './member';
        ${code}
        new InversifyExpressServer(container).build().listen(1);`,
      'src/types.ts': "export const TYPES = { member: Symbol.for('member') };",
      'src/member.ts': `import { BaseMiddleware } from 'inversify-express-utils';
        export class MemberMiddleware extends BaseMiddleware { handler(request, response, next) { next(); } }`,
      'src/books.ts': `import { controller, httpGet } from 'inversify-express-utils'; import { TYPES } from './types';
        @controller('/books') export class BookController { @httpGet('/', TYPES.member) list() {} }`,
    },
  });
  expect(routes[0]?.chain.map(({ name, symbol }) => symbol ?? name)).toEqual([
    'src/member.ts#MemberMiddleware.handler',
    'src/books.ts#BookController.list',
  ]);
});
