import { describe, expect, test } from 'vitest';
import { hapiPaths } from '../../../analyzers/http-routes/hapi/paths.ts';
import { analyzeRoutes, chainLines, type Files, findingLines, routeLines } from '../../support/http-routes.ts';

const handlers = `
export const list = (request, h) => [];
export const find = (request, h) => ({});
export async function create(request, h) { return h.response().code(201); }
export const log = (request, h) => h.continue;
export const load = (request, h) => ({});
`;

const shop = (code: string, more: Files = {}): Files => ({
  'src/main.ts': `import Hapi from '@hapi/hapi';\nimport * as books from './books';\nconst init = async () => {\nconst server = Hapi.server({ port: 3000 });\n${code}\nawait server.start();\n};\ninit();\n`,
  'src/books.ts': handlers,
  ...more,
});

describe('registration styles', () => {
  test.each<[string, Files, readonly string[]]>([
    [
      'one route, and a list of them',
      shop(
        `server.route({ method: 'GET', path: '/books', handler: books.list }); server.route([{ method: ['PUT', 'patch'], path: '/books/{id}', options: { handler: books.create } }, { method: '*', path: '/{any*}', config: { handler: books.find } }]);`,
      ),
      [
        'ALL /{any+} → books.ts#find',
        'GET /books → books.ts#list',
        'PATCH /books/{id} → books.ts#create',
        'PUT /books/{id} → books.ts#create',
      ],
    ],
    [
      'plugins in plugins, below prefixes',
      shop(
        `const inner = { name: 'inner', register: async (own, options) => { own.route({ method: 'GET', path: options.path, handler: books.list }); } };
const outer = { plugin: { name: 'outer', register: async function (own) { await own.register({ plugin: inner, options: { path: '/books' } }, { routes: { prefix: '/v1' } }); own.route({ method: 'GET', path: '/', handler: books.find }); } } };
await server.register([{ ...outer, routes: { prefix: '/api' } }]);`,
      ),
      ['GET /api → books.ts#find', 'GET /api/v1/books → books.ts#list'],
    ],
    [
      'a plugin in a module of its own, by each way of exporting it',
      shop(`await server.register([require('./one'), require('./two'), require('./three')]);`, {
        'src/one.ts': `import { list } from './books'; export default { name: 'one', register(server) { server.route({ method: 'GET', path: '/one', handler: list }); } };`,
        'src/two.ts': `import { list } from './books'; export const plugin = { name: 'two', register: (server) => { server.route({ method: 'GET', path: '/two', handler: list }); } };`,
        'src/three.js': `exports.register = function (server, options, next) { server.route(require('./routes')); next(); }; exports.register.attributes = { name: 'three' };`,
        'src/routes.js': `const { find } = require('./books'); module.exports = [{ method: 'GET', path: '/three', handler: find }];`,
      }),
      ['GET /one → books.ts#list', 'GET /three → books.ts#find', 'GET /two → books.ts#list'],
    ],
    [
      'a class as plugin, and options that a function gives',
      shop(
        `class Shop { readonly name = 'shop'; constructor(private readonly path: string) {} async register(own) { own.route({ method: 'GET', path: this.path, options: (given) => ({ handler: books.list }) }); } }
await server.register(new Shop('/shop'));`,
      ),
      ['GET /shop → books.ts#list'],
    ],
    [
      'a manifest',
      {
        'src/main.ts': `import Glue from '@hapi/glue'; const start = async () => { const server = await Glue.compose({ server: { port: 1 }, register: { plugins: [{ plugin: './shop', routes: { prefix: '/shop' } }, '@hapi/inert'] } }, { relativeTo: __dirname }); await server.start(); }; start();`,
        'src/shop.ts': `import { list } from './books'; export const plugin = { name: 'shop', register: (server) => server.route({ method: 'GET', path: '/books', handler: list }) };`,
        'src/books.ts': handlers,
      },
      ['GET /shop/books → books.ts#list'],
    ],
    [
      'routes that a decorated server method adds, when a dependency is there',
      shop(
        `server.decorate('server', 'shop', (path) => server.route({ method: 'GET', path, handler: books.list })); await server.register({ name: 'late', register: (own) => { own.dependency(['db'], async (after) => { after.shop('/late'); }); } });`,
      ),
      ['GET /late → books.ts#list'],
    ],
    [
      'routes that a builder makes of others',
      shop(
        `const _ = require('underscore'); const built = (path, config) => { const options = {}; _.keys(config).forEach((key) => { options[key] = config[key]; }); return { method: 'GET', path, options: _.extend(options, {}) }; };
server.route(built('/books', { handler: books.list }));`,
      ),
      ['GET /books → books.ts#list'],
    ],
    [
      'handlers of packages',
      shop(`server.route({ method: 'GET', path: '/files/{path*}', handler: { directory: { path: '.' } } });`),
      ['GET /files/{path+} → main.ts#<module>'],
    ],
  ])('reads %s', (_title, files, expected) => expect(routeLines(files)).toEqual(expected));
});

test.each([
  ['/books/{id}', ['/books/{id}']],
  ['/books/{id?}', ['/books/{id}', '/books']],
  ['/files/{path*}', ['/files/{path+}']],
  ['/files/{path*2}', ['/files/{path+}']],
  ['/covers/{name}.png', ['/covers/{name}.png']],
  ['/', ['/']],
])('writes the path %s', (written, expected) => expect(hapiPaths(written)).toEqual(expected));

test('the chain follows the life of a request', () => {
  const files = shop(
    `server.auth.strategy('session', 'cookie', {}); server.auth.default('session'); server.ext('onPreResponse', books.log); server.ext([{ type: 'onPreHandler', method: books.log }]);
server.ext('onRequest', books.log); server.route({ method: 'POST', path: '/books', options: { validate: { payload: {} }, pre: [{ method: books.load, assign: 'book' }, [books.find]], handler: books.create } });`,
  );
  expect(chainLines(files, 'POST /books')).toEqual([
    'hook log',
    'authentication auth: "session"',
    'validation validate',
    'hook log',
    'middleware load',
    'middleware find',
    'handler create',
    'hook log',
  ]);
});

test.each([
  ['the default', '', 'bearer auth: "token"'],
  ['one of its own', `auth: { strategies: ['basic'] }`, 'basic auth: "basic"'],
  ['none', 'auth: false', undefined],
  ['one that is only tried', `auth: { strategy: 'token', mode: 'try' }`, undefined],
])('a route with %s', (_title, options, expected) => {
  const files = shop(
    `server.auth.strategy('token', 'jwt', {}); server.auth.strategy('basic', 'basic', {}); server.auth.default('token'); server.route({ method: 'GET', path: '/books', handler: books.list, options: { ${options} } });`,
  );
  const { authentication } = analyzeRoutes(files).routes[0] ?? {};
  expect(authentication === undefined ? undefined : `${authentication.scheme} ${authentication.by}`).toBe(expected);
});

test('reads the shapes that are validated and answered', () => {
  const { routes } = analyzeRoutes(
    shop(
      `const Joi = require('joi'); server.route({ method: 'PUT', path: '/books/{id}', options: { validate: { params: Joi.object({}), payload: Joi.object({}) }, response: { status: { 200: Joi.object({}) } }, handler: books.create } });`,
    ),
  );
  expect(Object.keys(routes[0]?.shapes ?? {})).toEqual(['parameters', 'body', 'responses']);
});

test('tells of lists of which a part is not known', () =>
  expect(findingLines(shop(`server.route([...load(), { method: 'GET', path: '/books', handler: books.list }]);`)).join('\n')).toContain(
    'unknown-call-target',
  ));

test('tells of plugins of packages that may have routes of their own', () => {
  const findings = findingLines(shop(`await server.register([require('@hapi/inert'), require('hapi-swagger')]);`));
  expect(findings.filter((line) => line.startsWith('object-escapes'))).toEqual(['object-escapes hapi.server hapi-swagger']);
});
