import { expect, test } from 'vitest';
import { tsoaRoutes } from '../../../analyzers/http-routes/tsoa.ts';
import type { AssetText } from '../../../src/analyze/analyzer.ts';
import type { RouteFact } from '../../../src/model/fact.ts';
import { type ModuleId, toModuleId } from '../../../src/model/ids.ts';
import { manifestOf } from '../../support/findings.ts';
import { traceOf } from '../../support/trace.ts';

const books = `
  import { Body, Controller, Get, NoSecurity, Path, Post, Queries, Route, Security } from 'tsoa';
  interface NewBook {} interface Book {} interface Wanted {}
  @Route('books') @Security('jwt')
  export class BookController extends Controller {
    @Get('{id}') @NoSecurity() async find(@Path() id: string): Promise<Book> {}
    @Get() async list(@Queries() wanted: Wanted): Promise<Book[]> {}
    @Post() @Security('api_key') async create(@Body() book: NewBook): Promise<void> {}
  }`;

const analyze = (settings?: string): readonly RouteFact[] => {
  const packages = [manifestOf('.', ['tsoa'])];
  const files = {
    'src/main.ts': `import express from 'express'; import { RegisterRoutes } from '../build/routes'; const app = express(); RegisterRoutes(app); app.listen(1);`,
    'src/books/bookController.ts': books,
  };
  const { program, trace } = traceOf({ files }, { packages });
  const assets = new Map<ModuleId, AssetText>(settings === undefined ? [] : [[toModuleId('tsoa.json'), { kind: 'json', text: settings }]]);
  const found = tsoaRoutes.analyze({ program, trace, assets, packages, sql: () => ({ kind: 'error', message: 'none' }) });
  return [...found].filter((one): one is RouteFact => 'kind' in one);
};

test('controllers are routes though the file that registers them is not there', () => {
  expect(analyze().map(({ id, authentication, shapes }) => [id, authentication?.scheme, Object.keys(shapes ?? {})])).toEqual([
    ['GET /books/{id}', undefined, ['responses']],
    ['GET /books', 'bearer', ['query', 'responses']],
    ['POST /books', 'api-key', ['body']],
  ]);
});

test.each<[string, string, readonly string[]]>([
  ['a base path', '{ "routes": { "basePath": "/v1" } }', ['GET /v1/books/{id}', 'GET /v1/books', 'POST /v1/books']],
  ['patterns that find them', '{ "controllerPathGlobs": ["src/**/*Controller.ts"] }', ['GET /books/{id}', 'GET /books', 'POST /books']],
  ['patterns that do not', '{ "controllerPathGlobs": ["src/shelves/*.ts"] }', []],
])('settings: %s', (_title, settings, expected) => expect(analyze(settings).map(({ id }) => id)).toEqual(expected));
