import { expect, test } from 'vitest';
import { traceOf } from '../support/trace.ts';

test('what a generated route hands to the library calls the method that it names', () => {
  const files = {
    'src/books.ts': 'export class BooksController { list() { return []; } }',
    'src/main.ts': `import express from 'express';
import { ExpressTemplateService } from '@tsoa/runtime';
import { BooksController } from './books';
const templates = new ExpressTemplateService({}, {});
const app = express();
app.get('/books', async function list(request, response, next) {
  const controller = new BooksController();
  await templates.apiHandler({ methodName: 'list', controller, response, next });
});
app.listen(1);`,
  };
  const { trace } = traceOf({ files }, { entries: ['src/main.ts'] });
  expect(trace.calls.map(({ to }) => to)).toContain('src/books.ts#BooksController.list');
});
