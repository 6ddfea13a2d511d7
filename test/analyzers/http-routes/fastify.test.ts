import { describe, expect, test } from 'vitest';
import { httpRouteAnalyzers } from '../../../analyzers/http-routes/index.ts';
import type { RouteFact } from '../../../src/model/fact.ts';
import { manifestOf } from '../../support/findings.ts';
import { analyzeTraced, traceOf } from '../../support/trace.ts';

type Files = Readonly<Record<string, string>>;

const analysed = (files: Files, options: Parameters<typeof traceOf>[1] = { entries: [Object.keys(files)[0] ?? ''] }) => {
  const traced = traceOf({ files }, options);
  const { value, diagnostics } = analyzeTraced(traced, httpRouteAnalyzers);
  return { facts: value, diagnostics: [...traced.diagnostics, ...diagnostics] };
};

const routeFacts = (files: Files): readonly RouteFact[] => analysed(files).facts.filter((fact): fact is RouteFact => fact.kind === 'route');

const routes = (files: Files): readonly string[] =>
  routeFacts(files)
    .map(({ id }) => id)
    .sort();

const chain = (files: Files, id: string): readonly string[] =>
  routeFacts(files)
    .filter((route) => route.id === id)
    .flatMap((route) => route.chain.map(({ role, name }) => `${role} ${name}`));

const findings = (files: Files): readonly string[] =>
  analysed(files).diagnostics.map(({ code, data }) => `${code} ${JSON.stringify(data)}`);

const app = (code: string): string =>
  `import Fastify from 'fastify';\nimport fp from 'fastify-plugin';\nimport * as books from './books';\nconst app = Fastify();\n${code}\nawait app.listen({ port: 3000 });\n`;

const handlers = `
export const list = async () => [];
export async function find(request, reply) { return {}; }
export const create = async () => ({});
export async function log(request) {}
export async function authenticate(request) { await request.jwtVerify(); }
export async function routes(app) { app.get('/books', list); app.post('/books', create); }
export default async (app) => { app.get('/books', list); };
`;

const bookshop = (code: string, more: Files = {}): Files => ({ 'src/main.ts': app(code), 'src/books.ts': handlers, ...more });

describe('registration', () => {
  test.each<[string, Files, readonly string[]]>([
    [
      'methods of the application, with options or without',
      bookshop(
        `app.get('/books', books.list); app.post('/books', { schema: {} }, books.create); app.delete('/books/:id', { handler: books.find });`,
      ),
      ['DELETE /books/{id}', 'GET /books', 'POST /books'],
    ],
    [
      'route() with one method or several',
      bookshop(
        `app.route({ method: 'get', url: '/a', handler: books.list }).route({ method: ['GET', 'PUT'], path: '/b', handler: books.list });`,
      ),
      ['GET /a', 'GET /b', 'PUT /b'],
    ],
    ['any method', bookshop(`app.all('/ping', books.list);`), ['ALL /ping']],
    [
      'a loop over a table',
      bookshop(`for (const [method, url] of [['get', '/a'], ['post', '/b']]) app[method](url, books.list);`),
      ['GET /a', 'POST /b'],
    ],
    [
      'paths with expressions, optional parameters, wildcards and colons',
      bookshop(
        `app.get('/at/:hour(^\\\\d{2})h:minute', books.list); app.get('/tags/:tag?', books.list); app.get('/files/*', books.list); app.post('/books::sell', books.list);`,
      ),
      ['GET /at/{hour}h{minute}', 'GET /files/*', 'GET /tags', 'GET /tags/{tag}', 'POST /books:sell'],
    ],
    [
      'CommonJS, and the instance with types',
      {
        'src/main.js': `const fastify = require('fastify')({ logger: true }).withTypeProvider(); fastify.register(require('./books'), { prefix: 'v1' }); fastify.listen({ port: 1 });`,
        'src/books.js': `module.exports = function (fastify, options, done) { fastify.get('/books', (request, reply) => reply.send([])); done(); };`,
      },
      ['GET /v1/books'],
    ],
    [
      'the named export and a class that holds the application',
      {
        'src/main.ts': `import { fastify } from 'fastify'; import { list } from './books';
class Server { app = fastify(); start() { this.books(); return this.app.listen({ port: 1 }); } books() { this.app.get('/books', list); } }
new Server().start();`,
        'src/books.ts': handlers,
      },
      ['GET /books'],
    ],
  ])('%s', (_title, files, expected) => expect(routes(files)).toEqual(expected));
});

describe('plugins', () => {
  test.each<[string, Files, readonly string[]]>([
    ['below prefixes', bookshop(`app.register(books.routes, { prefix: '/v1' });`), ['GET /v1/books', 'POST /v1/books']],
    [
      'in plugins',
      bookshop(`app.register(async (api) => { api.register(books.routes, { prefix: '/v1' }); }, { prefix: '/api' });`),
      ['GET /api/v1/books', 'POST /api/v1/books'],
    ],
    ['as promises of modules', bookshop(`app.register(import('./books'), { prefix: '/late' });`), ['GET /late/books']],
    [
      'wrapped, which have no prefix of their own',
      bookshop(`app.register(fp(books.routes), { prefix: '/v1' });`),
      ['GET /books', 'POST /books'],
    ],
    [
      'in two places',
      bookshop(`for (const prefix of ['/v1', '/v2']) app.register(books.default, { prefix });`),
      ['GET /v1/books', 'GET /v2/books'],
    ],
    [
      'whose routes stand at the prefix itself',
      bookshop(
        `app.register(async (api) => { api.get('/', books.list); api.get('/slash', books.list); api.route({ method: 'GET', url: '/', prefixTrailingSlash: 'slash', handler: books.find }); }, { prefix: '/books' });`,
      ),
      ['GET /books', 'GET /books/', 'GET /books/slash'],
    ],
    [
      'that use what others decorated the application with',
      bookshop(
        `app.register(fp(async (a) => { a.decorate('addBooks', (at, url) => at.get(url, books.list)); })); app.register(async (a) => { a.addBooks(a, '/decorated'); });`,
      ),
      ['GET /decorated'],
    ],
    [
      'that wait for others',
      bookshop(
        `await app.register(async (a) => { a.decorate('own', true); }); app.register(fp(async (a) => { a.decorate('shared', '/shared'); })).after(() => { app.get(app.shared, books.list); });`,
      ),
      ['GET /shared'],
    ],
    [
      'that add routes whenever a route is added',
      bookshop(
        `app.addHook('onRoute', function (route) { if (!route.url.startsWith('/old')) this.route({ ...route, url: '/old' + route.url }); }); app.get('/books', books.list);`,
      ),
      ['GET /books', 'GET /old/books'],
    ],
    [
      'of packages that answer by themselves',
      bookshop(
        `import proxy from '@fastify/http-proxy'; import pressure from '@fastify/under-pressure'; app.register(proxy, { upstream: 'http://legacy', prefix: '/legacy' }); app.register(pressure, { exposeStatusRoute: true });`,
      ),
      ['ALL /legacy', 'ALL /legacy/*', 'GET /status'],
    ],
  ])('%s', (_title, files, expected) => expect(routes(files)).toEqual(expected));

  test('of the command line', () => {
    const files = { 'src/app.ts': `export default async function (app, options) { app.get('/books', async () => []); }` };
    const packages = [{ ...manifestOf('.', ['fastify', 'fastify-cli']), scripts: { start: 'fastify start -l info dist/app.js' } }];
    expect(analysed(files, { packages }).facts.map((fact) => (fact.kind === 'route' ? fact.id : fact.kind))).toEqual(['GET /books']);
  });
});

describe('autoload', () => {
  const loaded = (options: string, more: Files): Files => ({
    'src/main.ts': `import Fastify from 'fastify'; import autoload from '@fastify/autoload'; import path from 'node:path';
const app = Fastify(); app.register(autoload, { dir: path.join(import.meta.dirname, 'routes'), ${options} }); app.listen({ port: 1 });`,
    ...more,
  });
  const at = (path: string, more = ''): string => `export default async (app) => { app.get('${path}', async () => []); };\n${more}`;

  test.each<[string, Files, readonly string[]]>([
    [
      'prefixes are folders, and an index stands for its folder',
      loaded('', {
        'src/routes/root.ts': at('/'),
        'src/routes/books/index.ts': at('/'),
        'src/routes/books/helper.ts': at('/never'),
        'src/routes/books/reviews/all.ts': at('/all'),
        'src/routes/types.d.ts': '',
      }),
      ['GET /', 'GET /books', 'GET /books/reviews/all'],
    ],
    [
      'folders may name parameters',
      loaded('routeParams: true', { 'src/routes/books/_id/index.ts': at('/pages') }),
      ['GET /books/{id}/pages'],
    ],
    ['folders may be left out', loaded('dirNameRoutePrefix: false', { 'src/routes/books/list.ts': at('/list') }), ['GET /list']],
    [
      'modules name prefixes, replace them, or say that they are none',
      loaded(`options: { prefix: '/api' }`, {
        'src/routes/books/a.ts': at('/a', `export const autoPrefix = '/shop';`),
        'src/routes/books/b.ts': at('/b', `export const prefixOverride = '/own';`),
        'src/routes/books/c.ts': at('/c', `export const autoload = false;`),
        'src/routes/books/d.ts': at('/d'),
      }),
      ['GET /api/books/d', 'GET /api/shop/a', 'GET /own/b'],
    ],
    [
      'a prefix for all may be known to none',
      loaded(`dirNameRoutePrefix: false, options: { prefix: globalThis.prefix }`, { 'src/routes/books.ts': at('/books') }),
      ['GET /<globalThis.prefix>/books'],
    ],
    [
      'files are ignored and chosen',
      loaded(`ignorePattern: /\\.hidden\\.(js|ts)$/, matchFilter: (path) => !path.includes('draft'), maxDepth: 1`, {
        'src/routes/a.ts': at('/a'),
        'src/routes/b.hidden.ts': at('/b'),
        'src/routes/draft.ts': at('/c'),
        'src/routes/one/two/deep.ts': at('/deep'),
      }),
      ['GET /a'],
    ],
    [
      'a module may be the options of a route',
      loaded('', { 'src/routes/books.ts': `export default { method: 'GET', url: '/books', handler: async () => [] };` }),
      ['GET /books'],
    ],
  ])('%s', (_title, files, expected) => expect(routes(files)).toEqual(expected));

  test('hooks of a folder stand around its routes, and around those below where they cascade', () => {
    const files = loaded('autoHooks: true, cascadeHooks: true', {
      'src/routes/autohooks.ts': `export default async (app) => { app.addHook('onRequest', outer); };\nasync function outer() {}`,
      'src/routes/books/index.ts': at('/'),
      'src/routes/books/autohooks.ts': `export default async (app) => { app.addHook('onRequest', inner); };\nasync function inner() {}`,
      'src/routes/plain.ts': at('/plain'),
    });
    expect(chain(files, 'GET /books').slice(0, 2)).toEqual(['hook onRequest outer', 'hook onRequest inner']);
    expect(chain(files, 'GET /plain').slice(0, -1)).toEqual(['hook onRequest outer']);
  });
});

describe('chains', () => {
  test('hooks run by the points of a request, whatever their order in the code', () => {
    const files = bookshop(`app.setErrorHandler(failed); function failed() {}
app.get('/books', { schema: { body: {} }, preHandler: [books.log], onRequest: books.authenticate }, books.list);
app.addHook('onSend', books.log); app.addHook('preHandler', books.find); app.addHook('onRequest', books.log);`);
    expect(chain(files, 'GET /books')).toEqual([
      'hook onRequest log',
      'hook onRequest authenticate',
      'validation schema',
      'hook preHandler find',
      'hook preHandler log',
      'handler list',
      'hook onSend log',
      'error-handler failed',
    ]);
  });

  test('hooks of a plugin stay inside, those of a wrapped one come out, those of siblings do not meet', () => {
    const files = bookshop(`app.register(async (a) => { a.addHook('onRequest', books.log); a.get('/inside', books.list); });
app.register(fp(async (a) => { a.addHook('onRequest', books.authenticate); }));
app.register(async (a) => { a.get('/after', books.list); }); app.get('/own', books.list);`);
    expect(chain(files, 'GET /inside')).toEqual(['hook onRequest log', 'handler list']);
    expect(chain(files, 'GET /after')).toEqual(['hook onRequest authenticate', 'handler list']);
    expect(chain(files, 'GET /own')).toEqual(['hook onRequest authenticate', 'handler list']);
  });

  test('what packages put around routes is named', () => {
    const files =
      bookshop(`import cors from '@fastify/cors'; import multipart from '@fastify/multipart'; import session from '@fastify/session';
app.register(cors); app.register(session, {}); app.register(multipart); app.get('/books', { preHandler: app.auth([books.authenticate]) }, books.list);`);
    expect(chain(files, 'GET /books')).toEqual([
      'hook onRequest @fastify/cors',
      'session onRequest @fastify/session',
      'upload parsing @fastify/multipart',
      'authentication preHandler @fastify/auth()',
      'hook preHandler authenticate',
      'handler list',
    ]);
  });

  test('what a package adds to each route runs after what instances and the route have', () => {
    const files = bookshop(`import limit from '@fastify/rate-limit';
app.register(limit, { max: 9 }); app.addHook('onRequest', books.log); app.get('/books', { onRequest: books.authenticate }, books.list);`);
    expect(chain(files, 'GET /books')).toEqual([
      'hook onRequest log',
      'hook onRequest authenticate',
      'hook onRequest @fastify/rate-limit',
      'handler list',
    ]);
  });

  test.each([
    ['a verified token', `app.get('/books', { onRequest: books.authenticate }, books.list);`, 'bearer authenticate'],
    [
      'a package',
      `app.register(import('@fastify/basic-auth')); app.get('/books', { onRequest: app.basicAuth }, books.list);`,
      'basic @fastify/basic-auth()',
    ],
    [
      'a refusal',
      `app.addHook('preHandler', guard); async function guard(request, reply) { reply.code(401).send(); } app.get('/books', books.list);`,
      'unknown guard',
    ],
    ['nothing', `app.addHook('preHandler', books.log); app.get('/books', books.list);`, undefined],
  ])('%s says who asks', (_title, code, expected) => {
    const [route] = routeFacts(bookshop(code));
    const { authentication } = route ?? {};
    expect(authentication === undefined ? undefined : `${authentication.scheme} ${authentication.by}`).toBe(expected);
  });

  test('schemas are shapes', () => {
    const files = bookshop(`import { Type } from '@sinclair/typebox'; const Id = Type.Object({ id: Type.String() });
app.post('/books/:id', { schema: { params: Id, querystring: { type: 'object' }, response: { 200: Id, '4xx': Id } } }, books.create);`);
    const [route] = routeFacts(files);
    expect(route?.shapes).toMatchObject({
      parameters: { kind: 'schema', library: 'typebox' },
      query: { kind: 'schema', library: 'json-schema' },
      responses: { 200: { library: 'typebox' }, '4xx': { library: 'typebox' } },
    });
  });
});

describe('what is not known is told', () => {
  test.each<[string, string, string]>([
    ['a path', `app.get(globalThis.path, books.list);`, 'dynamic-route {"method":"GET","text":"globalThis.path"}'],
    ['options', `app.route(globalThis.options);`, 'dynamic-route {"method":"?","text":"globalThis.options"}'],
    ['a prefix', `app.register(books.default, { prefix: globalThis.prefix });`, 'dynamic-mount {"text":"globalThis.prefix","routes":1}'],
    ['a handler', `app.get('/books', globalThis.handler);`, 'unresolved-handler {"route":"GET /books"}'],
    [
      'a hook',
      `app.addHook('onRequest', globalThis.hook); app.get('/books', books.list);`,
      'unresolved-handler {"route":"onRequest globalThis.hook"}',
    ],
    ['a plugin', `app.register(globalThis.plugin);`, 'unknown-call-target {"text":"app.register(globalThis.plugin)"}'],
    [
      'a plugin of a package',
      `import admin from 'fastify-admin-pages'; app.register(admin);`,
      'object-escapes {"object":"fastify.instance","into":"fastify-admin-pages"}',
    ],
    [
      'a default of the environment',
      `app.register(books.default, { prefix: process.env.PREFIX ?? '/api' });`,
      'path-from-default {"variable":"PREFIX","default":"/api"}',
    ],
    [
      'an application without routes',
      ``,
      'framework-without-routes {"framework":"Fastify","package":"fastify","reason":"nothing-registered"}',
    ],
  ])('%s', (_title, code, expected) => expect(findings(bookshop(code))).toContain(expected));
});

test('handlers that a version chooses between are one route, which stays', () => {
  const [route, ...others] = routeFacts(
    bookshop(
      `app.get('/books', { constraints: { version: '1.0.0' } }, books.list); app.get('/books', { constraints: { version: '2.0.0' } }, books.find);`,
    ),
  );
  expect(others).toEqual([]);
  expect(route?.chain.map(({ name }) => name)).toEqual(['list', 'find']);
  expect(route?.stays?.text).toContain('which of its handlers answers');
});

test('a copy of the application that nothing has listen answers nothing', () => {
  const files = {
    'src/main.ts': `import { build } from './app'; const copy = build(); copy.ready(); build().listen({ port: 1 });`,
    'src/app.ts': `import Fastify from 'fastify'; export const build = () => { const app = Fastify(); app.get('/books', async () => []); return app; };`,
  };
  expect(routes(files)).toEqual(['GET /books']);
});

test('sockets are triggers beside their routes', () => {
  const { facts } = analysed(bookshop(`app.register(import('@fastify/websocket')); app.get('/live', { websocket: true }, books.find);`));
  expect(facts.map((fact) => (fact.kind === 'trigger' ? `${fact.trigger} ${fact.detail}` : fact.kind))).toEqual(['route', 'socket /live']);
});
