import { expect, test } from 'vitest';
import { httpRouteAnalyzers } from '../../analyzers/http-routes/index.ts';
import { analyzeTraced, traceOf } from '../support/trace.ts';

const routers = `import { Router } from 'express';
import { inject } from 'inversify';
import { TOKENS } from './tokens';
export class BookRouter { router = Router(); constructor() { this.router.get('/books', (req, res) => res.end()); } }
export class ApiRouter {
  router = Router();
  constructor(@inject(TOKENS.books) private readonly books: { router: Router }) { this.router.use('/api', this.books.router); }
}`;
const tokens = `export const TOKENS = { api: Symbol.for('ApiRouter'), books: Symbol('BookRouter') };`;
const server = (wiring: string, asked: string): string =>
  `import express from 'express';\nimport { ApiRouter, BookRouter } from './routers';\nimport { TOKENS } from './tokens';\n${wiring}\nconst app = express();\napp.use(${asked}.router);\napp.listen(1);`;

test.each([
  [
    'inversify, by class and by factory',
    server(
      `import { Container } from 'inversify';\nconst container = new Container();\ncontainer.bind(TOKENS.api).to(ApiRouter).inSingletonScope();\ncontainer.bind(TOKENS.books).toDynamicValue(() => new BookRouter());`,
      'container.get(TOKENS.api)',
    ),
  ],
  [
    'inversify, by value and by the class itself',
    server(
      `import { Container } from 'inversify';\nconst container = new Container();\ncontainer.bind(ApiRouter).toSelf();\ncontainer.bind(TOKENS.books).toConstantValue(new BookRouter());`,
      'container.get(ApiRouter)',
    ),
  ],
  [
    'tsyringe',
    server(
      `import { container } from 'tsyringe';\ncontainer.register(TOKENS.books, { useClass: BookRouter });\ncontainer.registerSingleton('Api', ApiRouter);`,
      `container.resolve('Api')`,
    ),
  ],
])('what was provided for a token is given where it is asked for: %s', (_title, main) => {
  const files = { 'src/main.ts': main, 'src/routers.ts': routers, 'src/tokens.ts': tokens };
  const { value } = analyzeTraced(traceOf({ files }, { entries: ['src/main.ts'] }), httpRouteAnalyzers);
  expect(value.flatMap((fact) => (fact.kind === 'route' ? [fact.id] : []))).toEqual(['GET /api/books']);
});
