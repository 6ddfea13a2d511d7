import { describe, expect, test } from 'vitest';
import { analyzeRoutes, chainLines, type Files, findingLines, routeLines } from '../../support/http-routes.ts';

const handlers = `
export const list = async (ctx) => { ctx.body = []; };
export const find = async (ctx) => { ctx.body = {}; };
export async function create(ctx) { ctx.status = 201; }
export const requireAuth = async (ctx, next) => { await next(); };
export const log = async (ctx, next) => { await next(); };
`;

const shop = (code: string, more: Files = {}): Files => ({
  'src/main.ts': `import Koa from 'koa';\nimport Router from '@koa/router';\nimport * as books from './books';\nconst app = new Koa();\nconst router = new Router();\n${code}\napp.listen(3000);\n`,
  'src/books.ts': handlers,
  ...more,
});

const mounted = 'app.use(router.routes()).use(router.allowedMethods());';

describe('registration styles', () => {
  test.each<[string, Files, readonly string[]]>([
    [
      'methods of a router',
      shop(`router.get('/books', books.list).post('/books', books.create); router.del('/books/:id', books.find); ${mounted}`),
      ['DELETE /books/{id} → books.ts#find', 'GET /books → books.ts#list', 'POST /books → books.ts#create'],
    ],
    [
      'methods of a router that writes documentation',
      shop(
        `import { SwaggerRouter } from 'koa-swagger-decorator'; const documented = new SwaggerRouter({ prefix: '/v1' }); documented.get('/books', books.list); documented.swagger({ title: 'Shop' }); app.use(documented.routes());`,
      ),
      ['GET /v1/books → books.ts#list'],
    ],
    [
      'a prefix among the options, and one set later',
      shop(
        `const v1 = new Router({ prefix: '/v1' }); v1.get('/', books.list); app.use(v1.routes()); router.get('/books', books.find); router.prefix('/v2'); ${mounted}`,
      ),
      ['GET /v1 → books.ts#list', 'GET /v2/books → books.ts#find'],
    ],
    [
      'a name before the path, lists of paths, a regular expression',
      shop(
        `router.get('book', '/books/:id', books.find); router.get(['/shelf', '/shelves'], books.list); router.get(/^\\/isbn/, books.list); ${mounted}`,
      ),
      ['GET /<isbn> → books.ts#list', 'GET /books/{id} → books.ts#find', 'GET /shelf → books.ts#list', 'GET /shelves → books.ts#list'],
    ],
    [
      'a router in a router, below a path and its own prefix',
      shop(
        `const inner = new Router({ prefix: '/books' }); inner.get('/:id', books.find); const outer = new Router({ prefix: '/api' }); outer.use('/v1', inner.routes(), inner.allowedMethods()); app.use(outer.routes());`,
      ),
      ['GET /api/v1/books/{id} → books.ts#find'],
    ],
    [
      'routes that a copied router gets too late are not there',
      shop(`const inner = new Router(); inner.get('/a', books.list); router.use(inner.routes()); inner.get('/b', books.list); ${mounted}`),
      ['GET /a → books.ts#list'],
    ],
    [
      'composed middleware and a dispatch function in a variable',
      shop(
        `import compose from 'koa-compose'; const dispatch = router.routes(); router.get('/books', books.list); app.use(compose([books.log, dispatch]));`,
      ),
      ['GET /books → books.ts#list'],
    ],
    [
      'an application, and composed middleware, mounted below a path',
      shop(
        `import mount from 'koa-mount'; import compose from 'koa-compose'; const admin = new Koa(); admin.use(router.routes()); router.get('/books', books.list); app.use(mount('/admin', admin)); const other = new Router(); other.get('/x', books.find); app.use(mount('/o', compose([other.routes()])));`,
      ),
      ['GET /admin/books → books.ts#list', 'GET /o/x → books.ts#find'],
    ],
    [
      'routers given to functions that register on them',
      shop(`for (const register of [one, two]) register(router); ${mounted}
function one(target: Router) { target.get('/one', books.list); }
function two(...[target]: [Router]) { target.get('/two', books.find); }`),
      ['GET /one → books.ts#list', 'GET /two → books.ts#find'],
    ],
    [
      'register, all and redirect',
      shop(
        `router.register('/books', ['GET', 'post'], books.list); router.all('/any', books.find); router.redirect('/old', '/books'); ${mounted}`,
      ),
      ['ALL /any → books.ts#find', 'ALL /old → main.ts#<module>', 'GET /books → books.ts#list', 'POST /books → books.ts#list'],
    ],
    [
      'routers that plugins put into a registry, sorted',
      shop(`import { sortBy } from 'lodash'; class Plugins { private static all = new Map<string, { value: Router; priority: number }[]>();
static add(type: string, plugin: { value: Router; priority: number }) { if (!this.all.has(type)) this.all.set(type, []); this.all.get(type)!.push({ ...plugin }); }
static of(type: string) { return sortBy(this.all.get(type) || [], 'priority'); } }
const own = new Router(); own.get('/own', books.list); Plugins.add('api', { value: own, priority: 1 });
Plugins.of('api').forEach((plugin) => router.use('/', plugin.value.routes())); ${mounted}`),
      ['GET /own → books.ts#list'],
    ],
    [
      'an application that a package extends, in a worker process',
      {
        'src/main.ts': `import * as cluster from 'cluster'; import * as path from 'path'; cluster.setupMaster({ exec: path.join(__dirname, 'worker.js') }); if (cluster.isMaster) cluster.fork();`,
        'src/worker.ts': `import Koa from 'koa'; import websockify from 'koa-websocket'; import Router from 'koa-router'; import { list } from './books'; const app = websockify(new Koa()); const router = new Router(); router.get('/books', list); app.use(router.routes()); app.ws.use(list); app.listen(80);`,
        'src/books.ts': handlers,
      },
      ['GET /books → books.ts#list'],
    ],
    [
      'parameters of which a part of the name is not known',
      shop(`import camelcase from 'camelcase'; router.get(\`/books/:\${camelcase(kind)}Id/pages\`, books.find); ${mounted}`),
      ['GET /books/{camelcaseId}/pages → books.ts#find'],
    ],
    [
      'a class that extends the router',
      shop(
        `class ShopRouter extends Router { constructor() { super({ prefix: '/shop' }); } list(path: string) { this.get(path, books.list); return this; } }
const own = new ShopRouter(); own.list('/books'); app.use(own.routes());`,
      ),
      ['GET /shop/books → books.ts#list'],
    ],
    [
      'koa-route',
      shop(`import * as route from 'koa-route'; app.use(route.get('/books/:id', books.find));`),
      ['GET /books/{id} → books.ts#find'],
    ],
    [
      'koa-joi-router',
      shop(
        `import joiRouter from 'koa-joi-router'; const joi = joiRouter(); joi.prefix('/api'); joi.route([{ method: ['GET', 'HEAD'], path: '/books', handler: books.list }, { method: 'post', path: '/books', validate: { body: joiRouter.Joi.object() }, handler: [books.requireAuth, books.create] }]); app.use(joi.middleware());`,
      ),
      ['GET /api/books → books.ts#list', 'HEAD /api/books → books.ts#list', 'POST /api/books → books.ts#create'],
    ],
    [
      'the callback of an application on a server of Node.js',
      {
        'src/main.ts': `import http from 'node:http'; import Koa from 'koa'; import Router from 'koa-router'; import { list } from './books'; const app = new Koa(); const router = new Router(); router.get('/books', list); app.use(router.routes()); http.createServer(app.callback()).listen(80);`,
        'src/books.ts': handlers,
      },
      ['GET /books → books.ts#list'],
    ],
  ])('reads %s', (_title, files, expected) => expect(routeLines(files)).toEqual(expected));
});

describe('chains', () => {
  test('of the application, the router and the route, in order', () => {
    const files = shop(
      `import bodyParser from 'koa-bodyparser'; import jwt from 'koa-jwt'; import multer from '@koa/multer';
app.use(bodyParser()); app.use(jwt({ secret: 's' })); router.use(books.log); router.use('/admin', books.requireAuth);
router.get('/books', multer().single('cover'), books.list); router.get('/admin/books', books.find); ${mounted} app.use(books.log);`,
    );
    expect(chainLines(files, 'GET /books')).toEqual([
      'body-parser koa-bodyparser()',
      'authentication koa-jwt()',
      'middleware log',
      'upload @koa/multer.single("cover")',
      'handler list',
    ]);
    expect(chainLines(files, 'GET /admin/books')).toEqual([
      'body-parser koa-bodyparser()',
      'authentication koa-jwt()',
      'middleware log',
      'middleware requireAuth',
      'handler find',
    ]);
  });

  test('middleware of a router runs for its own routes only, and only for those after it', () => {
    const files = shop(
      `const open = new Router(); open.get('/early', books.list); open.use(books.requireAuth); open.get('/late', books.list);
app.use(open.routes()); router.get('/books', books.find); ${mounted}`,
    );
    expect(chainLines(files, 'GET /early')).toEqual(['handler list']);
    expect(chainLines(files, 'GET /late')).toEqual(['middleware requireAuth', 'handler list']);
    expect(chainLines(files, 'GET /books')).toEqual(['handler find']);
  });

  test('parameters are looked up before the routes that have them', () => {
    const files = shop(`router.param('id', books.log); router.get('/books/:id', books.find); router.get('/books', books.list); ${mounted}`);
    expect(chainLines(files, 'GET /books/{id}')).toEqual(['middleware log', 'handler find']);
    expect(chainLines(files, 'GET /books')).toEqual(['handler list']);
  });
});

describe('applications that the first request makes', () => {
  const files: Files = {
    'src/main.ts': `import Koa from 'koa'; import { shops } from './shops'; const app = new Koa();
app.use(async (ctx, next) => { if (ctx.path === '/health') return next(); const shop = await shops.get(ctx.hostname); await shop.run(ctx, next); });
app.listen(80);`,
    'src/shops.ts': `import mount from 'koa-mount'; import Koa from 'koa'; import Router from '@koa/router'; import { list } from './books';
class Shop { readonly run; constructor(readonly name: string) { const app = new Koa(); const router = new Router();
  router.get('/books', list); if (name === 'head-office') router.get('/shops', list); app.use(mount('/api', router.routes())); this.run = mount(app); } }
class Shops { private known = new Map<string, Shop>();
  get(name: string): Shop { const known = this.known.get(name); if (known) return known; const made = new Shop(name); this.known.set(name, made); return made; }
  reload(name: string): Shop { return new Shop(name); } }
export const shops = new Shops();`,
    'src/books.ts': handlers,
  };

  test('have their routes, each once', () =>
    expect(routeLines(files)).toEqual(['GET /api/books → books.ts#list', 'GET /api/shops → books.ts#list']));

  test('have them under the conditions of the application, not of the request', () =>
    expect(analyzeRoutes(files).routes.map(({ id, guards }) => [id, ...guards].join(' ? '))).toEqual([
      'GET /api/books',
      "GET /api/shops ? name === 'head-office'",
    ]));
});

test('prefixes that are not known stay apart where they look the same', () =>
  expect(
    routeLines(
      shop(`import { tables } from './gone'; class TableRouter extends Router { constructor(table) { super({ prefix: '/' + table.name }); this.get('/:id', books.find); this.get('/', books.list); } }
const first = new TableRouter(tables.books); const second = new TableRouter(tables.readers); second.get('/own', books.create); router.use(first.routes(), second.routes()); ${mounted}`),
    ),
  ).toEqual([
    'GET /<table.name.2> → books.ts#list',
    'GET /<table.name.2>/own → books.ts#create',
    'GET /<table.name.2>/{id} → books.ts#find',
    'GET /<table.name> → books.ts#list',
    'GET /<table.name>/{id} → books.ts#find',
  ]));

describe('what cannot be read', () => {
  test.each<[string, Files, string]>([
    ['a router that is never mounted', shop(`router.get('/books', books.list);`), 'dynamic-mount router that is never mounted 1'],
    ['an application without routes', shop(''), 'framework-without-routes Koa koa nothing-registered'],
    [
      'a prefix that only a start makes known',
      shop(`router.get('/a', books.list); router.prefix(process.env.BASE); ${mounted}`),
      'dynamic-mount process.env.BASE 1',
    ],
  ])('tells of %s', (_title, files, expected) => expect(findingLines(files)).toContain(expected));
});

test('reads the shapes that koa-joi-router validates', () => {
  const files = shop(
    `import joiRouter, { Joi } from 'koa-joi-router'; const joi = joiRouter(); joi.route({ method: 'post', path: '/books', validate: { body: Joi.object(), output: { 201: { body: Joi.object() } } }, handler: books.create }); app.use(joi.middleware());`,
  );
  const [route] = analyzeRoutes(files).routes;
  expect(route?.shapes?.body).toMatchObject({ kind: 'schema', library: 'joi' });
  expect(Object.keys(route?.shapes?.responses ?? {})).toEqual(['201']);
});

test('reads the shapes that an own validator was made with, taken apart', () => {
  const files = shop(
    `import { z } from 'zod'; const guard = ({ body, params, response }) => { const check = async (ctx, next) => { body?.parse(ctx.request.body); params?.parse(ctx.params); await next(); response?.parse(ctx.body); }; return check; };
router.put('/books/:id', guard({ params: z.object({}), body: z.object({}), response: z.object({}) }), books.create); router.get('/books', books.list); ${mounted}`,
  );
  const { routes } = analyzeRoutes(files);
  expect(routes.map(({ id, shapes }) => [id, ...Object.keys(shapes ?? {}).sort()].join(' '))).toEqual([
    'PUT /books/{id} body parameters responses',
    'GET /books',
  ]);
  expect(chainLines(files, 'PUT /books/{id}')).toEqual(['validation guard.check', 'handler create']);
});
