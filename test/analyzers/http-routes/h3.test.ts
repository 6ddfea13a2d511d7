import { expect, test } from 'vitest';
import { httpRouteAnalyzers } from '../../../analyzers/http-routes/index.ts';
import { analyzeTraced, traceOf } from '../../support/trace.ts';

const routesOf = (code: string): readonly string[] => {
  const traced = traceOf({ files: { 'src/main.ts': code } }, { entries: ['src/main.ts'] });
  return analyzeTraced(traced, httpRouteAnalyzers)
    .value.flatMap((fact) => (fact.kind === 'route' ? [fact.id] : []))
    .sort();
};

test.each<[string, string, readonly string[]]>([
  [
    'a router of an application',
    `import { createApp, createRouter, eventHandler, toNodeListener } from 'h3'; import { createServer } from 'node:http';
     const app = createApp(); const router = createRouter();
     router.get('/books/:id', eventHandler(() => 1)).post('/books', eventHandler(() => 2)); router.use('/ping', eventHandler(() => 3));
     app.use(router); createServer(toNodeListener(app)).listen(1);`,
    ['ALL /ping', 'GET /books/{id}', 'POST /books'],
  ],
  [
    'routers in each other',
    `import { createApp, createRouter, eventHandler, useBase, toNodeListener } from 'h3';
     const app = createApp(); const router = createRouter(); const books = createRouter(); const shelves = createRouter();
     books.get('/:id', eventHandler(() => 1)); shelves.get('/all', eventHandler(() => 2));
     router.use('/books/**', useBase('/books', books.handler)); router.get('/ping', useBase('/ping', eventHandler(() => 3)));
     app.use(router); app.use('/shelves', useBase('/shelves', shelves.handler)); toNodeListener(app);`,
    ['GET /books/{id}', 'GET /ping', 'GET /shelves/all'],
  ],
  [
    'an application that takes routes itself',
    `import { H3, serve } from 'h3'; const app = new H3(); app.get('/files/**:path', () => 1); serve(app);`,
    ['GET /files/{path+}'],
  ],
])('%s', (_title, code, expected) => expect(routesOf(code)).toEqual(expected));
