import { describe, expect, test } from 'vitest';
import { honoPaths } from '../../../analyzers/http-routes/hono/paths.ts';
import { analyzeRoutes, chainLines, type Files, findingLines, routeLines } from '../../support/http-routes.ts';

const handlers = `
export const list = (c) => c.json([]);
export const find = (c) => c.json({});
export async function create(c) { return c.json({}, 201); }
export const requireAuth = async (c, next) => { await next(); };
export const log = async (c, next) => { await next(); };
`;

const shop = (code: string, more: Files = {}): Files => ({
  'src/main.ts': `import { Hono } from 'hono';\nimport { serve } from '@hono/node-server';\nimport * as books from './books';\nconst app = new Hono();\n${code}\nserve({ fetch: app.fetch, port: 3000 });\n`,
  'src/books.ts': handlers,
  ...more,
});

describe('registration styles', () => {
  test.each<[string, Files, readonly string[]]>([
    [
      'methods, all and on',
      shop(`app.get('/books', books.list); app.all('/any', books.find); app.on(['GET', 'PURGE'], ['/a', '/b'], books.list);`),
      [
        'ALL /any → books.ts#find',
        'GET /a → books.ts#list',
        'GET /b → books.ts#list',
        'GET /books → books.ts#list',
        'PURGE /a → books.ts#list',
        'PURGE /b → books.ts#list',
      ],
    ],
    [
      'a chain whose later calls go on with the path',
      shop(`app.get('/books', books.list).post(books.create).get('/books/:id', books.find);`),
      ['GET /books → books.ts#list', 'GET /books/{id} → books.ts#find', 'POST /books → books.ts#create'],
    ],
    [
      'an application in an application, with what it has by then',
      shop(`const api = new Hono().get('/', books.list).get('/:id', books.find); app.route('/books', api); api.get('/late', books.list);`),
      ['GET /books → books.ts#list', 'GET /books/{id} → books.ts#find'],
    ],
    [
      'a base path, and one of an application put into another',
      shop(
        `const v1 = app.basePath('/v1'); v1.get('/books', books.list); const sub = new Hono().basePath('/sub'); sub.get('/x', books.find); v1.route('/y', sub);`,
      ),
      ['GET /v1/books → books.ts#list', 'GET /v1/y/sub/x → books.ts#find'],
    ],
    [
      'another application that answers below a path',
      shop(`const other = new Hono(); other.get('/x', books.find); app.mount('/o', other.fetch); app.mount('/legacy', books.list);`),
      ['ALL /legacy/* → books.ts#list', 'GET /o/x → books.ts#find'],
    ],
    [
      'handlers and applications of a factory',
      shop(
        `import { createFactory } from 'hono/factory'; const factory = createFactory(); const own = factory.createApp(); const both = factory.createHandlers(books.requireAuth, books.list); own.get('/books', ...both); app.route('/', own);`,
      ),
      ['GET /books → books.ts#list'],
    ],
    [
      'an application that a module exports for a runtime',
      {
        'src/index.ts': `import { Hono } from 'hono'; import { list } from './books'; const app = new Hono(); app.get('/books', list); export default app;`,
        'src/books.ts': handlers,
      },
      ['GET /books → books.ts#list'],
    ],
    [
      'routes described by schemas',
      shop(`import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
const api = new OpenAPIHono(); const route = createRoute({ method: 'get', path: '/books/{id}', request: { params: z.object({}) }, responses: { 200: { description: 'one', content: { 'application/json': { schema: z.object({}) } } } } });
api.openapi(route, books.find); api.doc('/openapi.json', {}); app.route('/api', api);`),
      ['GET /api/books/{id} → books.ts#find', 'GET /api/openapi.json → main.ts#<module>'],
    ],
  ])('reads %s', (_title, files, expected) => expect(routeLines(files)).toEqual(expected));
});

test.each([
  ['/books/:id{[0-9]+}/pages', ['/books/{id}/pages']],
  ['/books/:id?', ['/books/{id}', '/books']],
  ['/files/:path{.+\\.png}', ['/files/{path}']],
  ['/files/:path{.+}', ['/files/{path+}']],
  ['/static/*', ['/static/*']],
  ['books/', ['/books']],
  ['/', ['/']],
])('writes the path %s', (written, expected) => expect(honoPaths(written)).toEqual(expected));

describe('chains', () => {
  const files = shop(
    `import { jwt } from 'hono/jwt'; app.use(books.log); app.use('/admin/*', jwt({ secret: 's' })); app.use('/books', books.requireAuth);
const admin = new Hono(); admin.use(books.requireAuth); admin.get('/books', books.find); app.get('/books', books.list); app.get('/books/:id', books.find); app.route('/admin', admin); app.get('/after', books.list); app.use(books.requireAuth);`,
  );
  test.each([
    ['GET /books', ['middleware log', 'middleware requireAuth', 'handler list']],
    ['GET /books/{id}', ['middleware log', 'handler find']],
    ['GET /admin/books', ['middleware log', 'authentication hono/jwt.jwt()', 'middleware requireAuth', 'handler find']],
    ['GET /after', ['middleware log', 'handler list']],
  ])('of %s', (id, expected) => expect(chainLines(files, id)).toEqual(expected));
});

test('reads the shapes of validators and of route descriptions', () => {
  const { routes } = analyzeRoutes(
    shop(`import { zValidator } from '@hono/zod-validator'; import { z } from 'zod'; import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
app.post('/books', zValidator('json', z.object({})), zValidator('query', z.object({})), books.create);
const api = new OpenAPIHono(); const schema = z.object({});
api.openapi(createRoute({ method: 'put', path: '/books', request: { body: { content: { 'application/json': { schema } } } }, responses: { 204: { content: { 'application/json': { schema } } } } }), books.create); app.route('/', api);`),
  );
  expect(routes.map(({ id, shapes }) => [id, ...Object.keys(shapes ?? {})].join(' '))).toEqual([
    'POST /books body query',
    'PUT /books body responses',
  ]);
});

test('tells of an application without routes', () =>
  expect(findingLines(shop(''))).toContain('framework-without-routes Hono hono nothing-registered'));

test.each([
  ['Bun', 'Bun.serve({ port: 80, fetch: app.fetch });'],
  ['Deno', 'Deno.serve({ port: 80 }, app.fetch);'],
])('an application that %s serves is all there is to say', (_title, code) => {
  const files: Files = {
    'src/main.ts': `import { Hono } from 'hono'; import { list } from './books'; const app = new Hono(); app.get('/books', list); ${code}`,
    'src/books.ts': handlers,
  };
  expect(routeLines(files)).toEqual(['GET /books → books.ts#list']);
  expect(findingLines(files)).toEqual([]);
});
