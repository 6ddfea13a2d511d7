import { describe, expect, test } from 'vitest';
import { httpRouteAnalyzers } from '../../../analyzers/http-routes/index.ts';
import { diagnosticCatalog } from '../../../src/model/diagnostic-catalog.ts';
import type { RouteFact } from '../../../src/model/fact.ts';
import { manifestOf } from '../../support/findings.ts';
import { analyzeTraced, traceOf } from '../../support/trace.ts';

type Files = Readonly<Record<string, string>>;

const analysed = (files: Files) => {
  const entry = Object.keys(files)[0] ?? '';
  const traced = traceOf({ files }, { entries: [entry] });
  const { value, diagnostics } = analyzeTraced(traced, httpRouteAnalyzers);
  return { routes: value.filter((fact): fact is RouteFact => fact.kind === 'route'), diagnostics: [...traced.diagnostics, ...diagnostics] };
};

/** `GET /books → src/books.ts#list`, sorted. */
const routes = (files: Files): readonly string[] =>
  analysed(files)
    .routes.map(({ id, handler }) => `${id} → ${handler.symbol.replace('src/', '')}`)
    .sort();

const chain = (files: Files, id: string): readonly string[] =>
  analysed(files)
    .routes.filter((route) => route.id === id)
    .flatMap((route) => route.chain.map(({ role, name }) => `${role} ${name}`));

const handlers = `
export const list = (req, res) => res.json([]);
export const find = (req, res) => res.json({});
export function create(req, res) { res.status(201).end(); }
export const remove = async (req, res) => { res.end(); };
`;

const app = (code: string): string =>
  `import express from 'express';\nimport * as books from './books';\nconst app = express();\n${code}\napp.listen(3000);\n`;

const bookshop = (code: string): Files => ({ 'src/main.ts': app(code), 'src/books.ts': handlers });

describe('registration styles', () => {
  test.each<[string, Files, readonly string[]]>([
    [
      'methods of the application',
      bookshop(`app.get('/books', books.list); app.post('/books', books.create); app.delete('/books/:id', books.remove);`),
      ['DELETE /books/{id} → books.ts#remove', 'GET /books → books.ts#list', 'POST /books → books.ts#create'],
    ],
    [
      'the older name of delete, and all',
      bookshop(`app.del('/books/:id', books.remove); app.all('/ping', books.list);`),
      ['ALL /ping → books.ts#list', 'DELETE /books/{id} → books.ts#remove'],
    ],
    [
      'a chain of calls',
      bookshop(`app.get('/a', books.list).get('/b', books.find);`),
      ['GET /a → books.ts#list', 'GET /b → books.ts#find'],
    ],
    [
      'functions of a list that a package starts',
      bookshop(`import { start } from 'bookshop-start'; start({ loaders: [() => { app.get('/books', books.list); }] }).then(() => {});`),
      ['GET /books → books.ts#list'],
    ],
    [
      'route() with several methods',
      bookshop(`app.route('/books').get(books.list).post(books.create);`),
      ['GET /books → books.ts#list', 'POST /books → books.ts#create'],
    ],
    [
      'a router in another file',
      {
        'src/main.ts': app(`import routes from './routes'; app.use('/api', routes);`),
        'src/routes.ts': `import { Router } from 'express'; import { list } from './books'; const router = Router(); router.get('/books', list); export default router;`,
        'src/books.ts': handlers,
      },
      ['GET /api/books → books.ts#list'],
    ],
    [
      'routers in routers',
      bookshop(
        `const api = express.Router(); const v1 = express.Router(); v1.get('/books', books.list); api.use('/v1', v1); app.use('/api', api);`,
      ),
      ['GET /api/v1/books → books.ts#list'],
    ],
    [
      'one router in two places',
      bookshop(`const r = express.Router(); r.get('/books', books.list); app.use('/v1', r); app.use('/v2', r);`),
      ['GET /v1/books → books.ts#list', 'GET /v2/books → books.ts#list'],
    ],
    [
      'several mount paths at once',
      bookshop(`const r = express.Router(); r.get('/', books.list); app.use(['/books', '/titles'], r);`),
      ['GET /books → books.ts#list', 'GET /titles → books.ts#list'],
    ],
    [
      'an array of route paths',
      bookshop(`app.get(['/books', '/titles'], books.list);`),
      ['GET /books → books.ts#list', 'GET /titles → books.ts#list'],
    ],
    [
      'a chain of use on a fresh router',
      bookshop(`const one = express.Router().get('/one', books.list); app.use('/api', express.Router().use(one).get('/two', books.find));`),
      ['GET /api/one → books.ts#list', 'GET /api/two → books.ts#find'],
    ],
    [
      'an application mounted in another',
      bookshop(`const admin = express(); admin.get('/books', books.list); app.use('/admin', admin);`),
      ['GET /admin/books → books.ts#list'],
    ],
    [
      'a router factory',
      {
        'src/main.ts': app(`import { createRouter } from './routes'; app.use('/books', createRouter({ prefix: '/all' }));`),
        'src/routes.ts': `import { Router } from 'express'; import { list } from './books'; export function createRouter({ prefix = '/none' } = {}) { const router = Router(); router.get(prefix, list); return router; }`,
        'src/books.ts': handlers,
      },
      ['GET /books/all → books.ts#list'],
    ],
    [
      'a function that is given the application',
      {
        'src/main.ts': app(`import register from './routes'; register(app, '/api');`),
        'src/routes.ts': `import { list } from './books'; export default (application, prefix) => { application.get(\`\${prefix}/books\`, list); };`,
        'src/books.ts': handlers,
      },
      ['GET /api/books → books.ts#list'],
    ],
    [
      'require and module.exports',
      {
        'src/main.js': `const express = require('express'); const app = express(); require('./routes')(app); app.use('/v2', require('./router')); app.listen(3000);`,
        'src/routes.js': `const { list } = require('./books'); module.exports = function (app) { app.get('/books', list); };`,
        'src/router.js': `const router = require('express').Router(); const books = require('./books'); router.get('/books', books.list); module.exports = router;`,
        'src/books.js': `exports.list = (req, res) => res.json([]);`,
      },
      ['GET /books → books.js#exports.list', 'GET /v2/books → books.js#exports.list'],
    ],
    [
      'export = and import = require',
      {
        'src/main.ts': `import express = require('express'); import routes = require('./routes'); const app = express(); app.use(routes); app.listen(1);`,
        'src/routes.ts': `import * as express from 'express'; import { list } from './books'; const router = express.Router(); router.get('/books', list); export = router;`,
        'src/books.ts': handlers,
      },
      ['GET /books → books.ts#list'],
    ],
    [
      'a table of routes',
      bookshop(`const table = [{ method: 'get', path: '/books', handler: books.list }, { method: 'post', path: '/books', handler: books.create }];
      for (const { method, path, handler } of table) app[method](path, handler);`),
      ['GET /books → books.ts#list', 'POST /books → books.ts#create'],
    ],
    [
      'a table by name',
      bookshop(`const table = { 'GET /books': books.list, 'DELETE /books/:id': books.remove };
      Object.entries(table).forEach(([key, handler]) => { const [method, path] = key.split(' '); app[method.toLowerCase()](path, handler); });`),
      ['DELETE /books/{id} → books.ts#remove', 'GET /books → books.ts#list'],
    ],
    [
      'a loop with an index',
      bookshop(`const paths = ['/a', '/b']; for (let i = 0; i < paths.length; i++) app.get(paths[i], books.list);`),
      ['GET /a → books.ts#list', 'GET /b → books.ts#list'],
    ],
    [
      'reduce over routers',
      bookshop(`[['/a', books.list], ['/b', books.find]].reduce((a, [path, handler]) => a.get(path, handler), app);`),
      ['GET /a → books.ts#list', 'GET /b → books.ts#find'],
    ],
    [
      'a class of routes',
      {
        'src/main.ts': app(`import { BookRoutes } from './routes'; app.use('/books', new BookRoutes().router);`),
        'src/routes.ts': `import { Router } from 'express'; import { BookController } from './controller';
        export class BookRoutes { public router = Router(); private controller = new BookController(); constructor() { this.initialise(); }
          private initialise() { this.router.get('/', this.controller.list); this.router.get('/:id', this.controller.find.bind(this.controller)); } }`,
        'src/controller.ts': `export class BookController { list = async (req, res) => { res.json([]); }; find(req, res) { res.json({}); } }`,
      },
      ['GET /books → controller.ts#BookController.list', 'GET /books/{id} → controller.ts#BookController.find'],
    ],
    [
      'a base controller with a helper',
      {
        'src/main.ts': app(`import { Books } from './controllers'; app.use('/books', new Books().routes);`),
        'src/controllers.ts': `import { Router } from 'express';
        abstract class Controller { protected readonly app = Router(); route({ method, path, handler }) { this.app[method](path, this.guarded(handler.bind(this))); }
          private guarded(handler) { return async (req, res, next) => { try { await handler(req, res, next); } catch (error) { next(error); } }; }
          get routes() { return this.app; } }
        export class Books extends Controller { constructor() { super(); this.route({ method: 'get', path: '/', handler: this.list }); } async list(req, res) { res.json([]); } }`,
      },
      ['GET /books → controllers.ts#Books.list'],
    ],
    [
      'controllers with injected services',
      {
        'src/main.ts': app(
          `import { Container } from './container'; const container = new Container(); app.get('/books', container.books.list);`,
        ),
        'src/container.ts': `import { BookController } from './controller'; class BookService { all() { return []; } }
        export class Container { readonly service = new BookService(); readonly books = new BookController(this.service); }`,
        'src/controller.ts': `export class BookController { constructor(private readonly service) { this.list = this.list.bind(this); } list(req, res) { res.json(this.service.all()); } }`,
      },
      ['GET /books → controller.ts#BookController.list'],
    ],
    [
      'an application class started later',
      {
        'src/main.ts': `import { App } from './app'; import { books } from './routes'; const app = new App([books]); app.start();`,
        'src/app.ts': `import express, { Application } from 'express'; export class App { private app: Application; constructor(private routers) { this.app = express(); this.routers.forEach((router) => this.app.use('/api', router)); } start() { this.app.listen(3000); } }`,
        'src/routes.ts': `import { Router } from 'express'; import { list } from './books'; export const books = Router(); books.get('/books', list);`,
        'src/books.ts': handlers,
      },
      ['GET /api/books → books.ts#list'],
    ],
    [
      'a wrapper around the handler',
      bookshop(
        `const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next); app.get('/books', wrap(books.list));`,
      ),
      ['GET /books → books.ts#list'],
    ],
    [
      'wrappers in wrappers, with apply',
      bookshop(`function timed(fn) { return function (...given) { return fn.apply(this, given); }; } const wrap = (fn) => (req, res, next) => fn(req, res, next).catch(next);
      app.get('/books', timed(wrap(books.list)));`),
      ['GET /books → books.ts#list'],
    ],
    [
      'a wrapping package',
      bookshop(`import asyncHandler from 'express-async-handler'; app.get('/books', asyncHandler(books.list));`),
      ['GET /books → books.ts#list'],
    ],
    [
      'one adapter for many controllers',
      {
        'src/main.ts': app(
          `import { adapt } from './adapt'; import { ListBooks, FindBook } from './controllers'; app.get('/books', adapt(new ListBooks())); app.get('/books/:id', adapt(new FindBook()));`,
        ),
        'src/adapt.ts': `export const adapt = (controller) => async (req, res) => { const answer = await controller.handle({ body: req.body, params: req.params }); res.status(answer.status).json(answer.body); };`,
        'src/controllers.ts': `export class ListBooks { async handle(request) { return { status: 200 }; } } export class FindBook { async handle(request) { return { status: 200 }; } }`,
      },
      ['GET /books → controllers.ts#ListBooks.handle', 'GET /books/{id} → controllers.ts#FindBook.handle'],
    ],
    [
      'modules of a directory',
      {
        'src/main.ts': app(`import fs from 'fs'; import path from 'path';
        fs.readdirSync(path.join(__dirname, 'routes')).filter((file) => file.endsWith('.ts')).forEach((file) => { const name = path.basename(file, '.ts'); app.use('/' + name, require(path.join(__dirname, 'routes', file)).default); });`),
        'src/routes/books.ts': `import { Router } from 'express'; import { list } from '../books'; const r = Router(); r.get('/', list); export default r;`,
        'src/routes/shelves.ts': `import { Router } from 'express'; import { find } from '../books'; const r = Router(); r.get('/:id', find); export default r;`,
        'src/books.ts': handlers,
      },
      ['GET /books → books.ts#list', 'GET /shelves/{id} → books.ts#find'],
    ],
    [
      'modules of a directory, imported in turn',
      {
        'src/main.ts':
          app(`import { readdir } from 'node:fs/promises'; import { fileURLToPath } from 'node:url'; import { dirname, join } from 'node:path';
        const here = dirname(fileURLToPath(import.meta.url));
        async function load() { for (const file of await readdir(join(here, 'routes'))) { const module = await import(join(here, 'routes', file)); module.register(app); } }
        load();`),
        'src/routes/books.ts': `import { list } from '../books'; export function register(app) { app.get('/books', list); }`,
        'src/books.ts': handlers,
      },
      ['GET /books → books.ts#list'],
    ],
    [
      'start-up after a promise',
      bookshop(
        `import { connect } from 'some-database'; connect().then(() => { app.get('/books', books.list); }); connect(() => { app.get('/late', books.find); });`,
      ),
      ['GET /books → books.ts#list', 'GET /late → books.ts#find'],
    ],
    [
      'an asynchronous main',
      bookshop(
        `async function main() { const db = await open(); app.get('/books', books.list); } (async () => { await main(); })().catch((error) => { process.exit(1); });`,
      ),
      ['GET /books → books.ts#list'],
    ],
    [
      'a circular import',
      {
        'src/main.ts': `import express from 'express'; import { register } from './routes'; export const app = express(); register(); app.listen(3000);`,
        'src/routes.ts': `import { app } from './main'; import { list } from './books'; export const register = () => app.get('/books', list);`,
        'src/books.ts': handlers,
      },
      ['GET /books → books.ts#list'],
    ],
    [
      're-exported routers',
      {
        'src/main.ts': app(
          `import * as routes from './routes'; for (const [name, router] of Object.entries(routes)) app.use('/' + name, router);`,
        ),
        'src/routes/index.ts': `export { default as books } from './books'; export * from './shelves';`,
        'src/routes/books.ts': `import { Router } from 'express'; const r = Router(); r.get('/', list); function list() {} export default r;`,
        'src/routes/shelves.ts': `import { Router } from 'express'; export const shelves = Router(); shelves.get('/', all); function all() {}`,
      },
      ['GET /books → routes/books.ts#list', 'GET /shelves → routes/shelves.ts#all'],
    ],
    [
      'an enum, a constant object and a namespace as paths',
      bookshop(`enum Path { Books = '/books' } const PATHS = { find: '/books/:id' } as const; namespace Routes { export const remove = '/gone'; }
      app.get(Path.Books, books.list); app.get(PATHS.find, books.find); app.get(Routes.remove, books.remove);`),
      ['GET /books → books.ts#list', 'GET /books/{id} → books.ts#find', 'GET /gone → books.ts#remove'],
    ],
    [
      'a default for configuration that is not set',
      bookshop(
        `const prefix = process.env.PREFIX || '/api'; const { VERSION = 'v1' } = process.env; app.get(\`\${prefix}/\${VERSION}/books\`, books.list);`,
      ),
      ['GET /api/v1/books → books.ts#list'],
    ],
    [
      'a prototype class',
      {
        'src/main.js': `const express = require('express'); const Server = require('./server'); new Server(express()).start();`,
        'src/server.js': `function Server(app) { this.app = app; } Server.prototype.start = function () { this.app.get('/books', this.list); this.app.listen(1); }; Server.prototype.list = list; function list(req, res) {} module.exports = Server;`,
      },
      ['GET /books → server.js#list'],
    ],
    [
      'a handler made by a factory per route',
      bookshop(`const controller = (service) => ({ list: (req, res) => res.json(service.all()), find: (req, res) => res.json(service.one(req.params.id)) });
      const made = controller({ all() { return []; }, one(id) { return id; } }); app.get('/books', made.list); app.get('/books/:id', made.find);`),
      ['GET /books → main.ts#controller.list', 'GET /books/{id} → main.ts#controller.find'],
    ],
    [
      'a promise router',
      {
        'src/main.ts': app(
          `import PromiseRouter from 'express-promise-router'; const router = PromiseRouter(); router.get('/books', books.list); app.use(router);`,
        ),
        'src/books.ts': handlers,
      },
      ['GET /books → books.ts#list'],
    ],
    [
      'a server around the application',
      bookshop(
        `import http from 'http'; const server = http.createServer(app); server.listen(3000, () => { app.get('/books', books.list); });`,
      ),
      ['GET /books → books.ts#list'],
    ],
    [
      'modules found by pattern',
      {
        'src/main.ts': app(
          `import { globSync } from 'glob'; import path from 'path'; for (const file of globSync(path.join(__dirname, 'modules/**/*.route.{ts,js}'))) require(file).default(app);`,
        ),
        'src/modules/books/books.route.ts': `import { list } from '../../books'; export default (app) => app.get('/books', list);`,
        'src/modules/shelves/shelves.route.ts': `import { find } from '../../books'; export default (app) => app.get('/shelves', find);`,
        'src/modules/shelves/shelves.model.ts': `export default (app) => app.get('/wrong', () => {});`,
        'src/books.ts': handlers,
      },
      ['GET /books → books.ts#list', 'GET /shelves → books.ts#find'],
    ],
    [
      'a container',
      {
        'src/main.ts': app(
          `import { Container } from 'typedi'; import { BookController } from './controller'; const controller = Container.get(BookController); app.get('/books', controller.list);`,
        ),
        'src/controller.ts': `import { Service } from 'typedi'; import { BookService } from './service'; @Service() export class BookController { constructor(private readonly books: BookService) {} list = (req, res) => res.json(this.books.all()); }`,
        'src/service.ts': `import { Service } from 'typedi'; @Service() export class BookService { all() { return []; } }`,
      },
      ['GET /books → controller.ts#BookController.list'],
    ],
    [
      'members visited by lodash',
      bookshop(
        `import _ from 'lodash'; _.forOwn({ books: books.list, shelves: books.find }, (handler, name) => app.get('/' + name, handler));`,
      ),
      ['GET /books → books.ts#list', 'GET /shelves → books.ts#find'],
    ],
    [
      'a start for the main module only',
      {
        'src/main.js': `const express = require('express'); const { register } = require('./routes'); if (require.main === module) { const app = express(); register(app); app.listen(1); }`,
        'src/routes.js': `function list(req, res) {} exports.register = (app) => app.get('/books', list); if (require.main === module) exports.register(require('express')());`,
      },
      ['GET /books → routes.js#list'],
    ],
    [
      'compiled modules',
      {
        'app.js': `"use strict"; var __importDefault = (this && this.__importDefault) || function (mod) { return (mod && mod.__esModule) ? mod : { "default": mod }; };
          Object.defineProperty(exports, "__esModule", { value: true }); const express_1 = __importDefault(require("express")); const routes_1 = __importDefault(require("./routes"));
          const app = (0, express_1.default)(); app.use('/api', routes_1.default); app.listen(3000);`,
        'routes.js': `"use strict"; Object.defineProperty(exports, "__esModule", { value: true }); const express_1 = require("express"); const router = (0, express_1.Router)(); function list(req, res) {} router.get('/books', list); exports.default = router;`,
      },
      ['GET /api/books → routes.js#list'],
    ],
    [
      'decorators of its own',
      bookshop(`import 'reflect-metadata';
        const Get = (path) => (target, key) => { const known = Reflect.getMetadata('routes', target.constructor) ?? []; known.push({ path, key }); Reflect.defineMetadata('routes', known, target.constructor); };
        const Controller = (prefix) => (target) => Reflect.defineMetadata('prefix', prefix, target);
        @Controller('/books') class Books { @Get('/') list(req, res) {} @Get('/:id') find(req, res) {} }
        for (const type of [Books]) { const made = new type(); const r = express.Router(); for (const { path, key } of Reflect.getMetadata('routes', type)) r.get(path, made[key].bind(made)); app.use(Reflect.getMetadata('prefix', type), r); }`),
      ['GET /books → main.ts#Books.list', 'GET /books/{id} → main.ts#Books.find'],
    ],
    [
      'a singleton',
      {
        'src/main.ts': `import { Server } from './server'; import './routes'; Server.instance().listen();`,
        'src/server.ts': `import express from 'express'; export class Server { private static one?: Server; readonly app = express(); static instance() { if (!Server.one) Server.one = new Server(); return Server.one; } listen() { this.app.listen(1); } }`,
        'src/routes.ts': `import { Server } from './server'; import { list } from './books'; Server.instance().app.get('/books', list);`,
        'src/books.ts': handlers,
      },
      ['GET /books → books.ts#list'],
    ],
  ])('%s', (_title, files, expected) => expect(routes(files)).toEqual(expected));
});

describe('paths', () => {
  test.each<[string, readonly string[]]>([
    ['/', ['/']],
    ['', ['/']],
    ['//books/', ['/books']],
    ['/books/:id(\\\\d+)', ['/books/{id}']],
    ['/books/:id?', ['/books', '/books/{id}']],
    ['/books{/:id}', ['/books', '/books/{id}']],
    ['/files/*', ['/files/*']],
    ['/streaming*', ['/streaming*']],
    ['/files/*path', ['/files/{path+}']],
    ['/files/:path(*)', ['/files/{path+}']],
    ['*', ['/*']],
    ['/from/:a-:b', ['/from/{a}-{b}']],
    ['/books/:id.json', ['/books/{id}.json']],
  ])('%s', (written, expected) => {
    const { routes: found } = analysed(bookshop(`app.get('${written}', books.list);`));
    expect(found.map(({ path }) => path).sort()).toEqual(expected);
  });

  test.each<[string, string, string, string, readonly string[]]>([
    ['a regular expression', `app.get(/^\\/books$/, books.list);`, 'dynamic-route', '/^\\/books$/', ['/<books>']],
    [
      'an unset variable',
      `app.get(process.env.PATH_OF_BOOKS, books.list);`,
      'dynamic-route',
      'process.env.PATH_OF_BOOKS',
      ['/<PATH_OF_BOOKS>'],
    ],
    [
      'a template with a hole',
      'app.get(`/${process.env.TENANT}/books`, books.list);',
      'dynamic-route',
      '/${process.env.TENANT}/books',
      ['/<TENANT>/books'],
    ],
    [
      'a mount with a hole',
      'const r = express.Router(); r.get("/x", books.list); r.get("/:id", books.find); app.use(`/${process.env.TENANT}`, r);',
      'dynamic-mount',
      '/${process.env.TENANT}',
      ['/<TENANT>/x', '/<TENANT>/{id}'],
    ],
    [
      'a mount at a setting of unknown code',
      `const r = express.Router(); r.get("/x", books.list); app.use(settings.api.prefix + '/shop', r);`,
      'dynamic-mount',
      '${settings.api.prefix}/shop',
      ['/<settings.api.prefix>/shop/x'],
    ],
    [
      'a mount at a setting of a package',
      `import config from 'config'; const r = express.Router(); r.get("/x", books.list); app.use(config.get('prefix'), r);`,
      'dynamic-mount',
      'config.get("prefix")',
      ['/<config.get.prefix>/x'],
    ],
    [
      'a mount at a regular expression',
      `const r = express.Router(); r.get("/x", books.list); app.use(/^\\/v\\d/, r);`,
      'dynamic-mount',
      '/^\\/v\\d/',
      ['/<v.d>/x'],
    ],
  ])('%s is listed with a hole, stays and is told', (_title, code, expected, text, paths) => {
    const { routes: found, diagnostics } = analysed(bookshop(code));
    expect(found.map(({ path }) => path).sort()).toEqual(paths);
    expect(found.map(({ stays }) => stays?.text.includes(text) && stays.at.file)).toEqual(paths.map(() => 'src/main.ts'));
    const counted = expected === 'dynamic-mount' ? { routes: paths.length } : {};
    expect(diagnostics).toContainEqual(expect.objectContaining({ code: expected, data: expect.objectContaining({ text, ...counted }) }));
  });

  test('middleware at a path that is not known is told as that', () => {
    const { diagnostics } = analysed(bookshop('app.use(`/${process.env.TENANT}`, (req, res, next) => next()); app.get("/x", books.list);'));
    expect(diagnostics.map((found) => found.code === 'dynamic-mount' && diagnosticCatalog['dynamic-mount'].title(found.data))).toEqual([
      'path of middleware is not constant: /${process.env.TENANT}',
    ]);
  });

  test('a regular expression is kept with the prefix that it stands below', () => {
    const code = 'const r = express.Router(); r.get(/^\\/\\d+$/i, books.find); app.use("/books", r);';
    const { routes: found } = analysed(bookshop(code));
    expect(found.map(({ pattern }) => pattern)).toEqual([{ source: '^\\/\\d+$', flags: 'i', below: '/books' }]);
  });

  test('a default of the environment is a path', () => {
    const code = `const r = express.Router(); r.get('/x', books.list); app.use((process.env.PREFIX || '/api') + '/shop', r);`;
    const { routes: found } = analysed(bookshop(code));
    expect(found.map(({ path, stays }) => [path, stays])).toEqual([['/api/shop/x', undefined]]);
  });

  test.each<[string, string, readonly string[]]>([
    ['the default itself', `app.use(process.env.PREFIX ?? '/api', r);`, ['PREFIX /api']],
    ['a name for it', `const prefix = process.env.PREFIX || '/api'; app.use(prefix, r);`, ['PREFIX /api']],
    ['a text made of it', `const prefix = process.env.PREFIX || '/api'; app.use(\`\${prefix}/shop\`, r);`, ['PREFIX /api']],
    ['one taken out of the environment', `const { VERSION = 'v1' } = process.env; app.use('/' + VERSION, r);`, ['VERSION v1']],
    ['a setting', `const settings = { api: process.env.PREFIX ?? '/api' }; app.use(settings.api + '/shop', r);`, ['PREFIX /api']],
    ['another setting beside it', `const settings = { table: process.env.TABLE ?? 'books', api: '/api' }; app.use(settings.api, r);`, []],
  ])('a path that rests on a default is told: %s', (_title, code, expected) => {
    const { diagnostics } = analysed(bookshop(`const r = express.Router(); r.get('/x', books.list); ${code}`));
    const told = diagnostics.flatMap((found) =>
      found.code === 'path-from-default' ? [`${found.data.variable} ${found.data.default}`] : [],
    );
    expect(told).toEqual(expected);
  });

  test('middleware at a path that is not known may run for any route', () => {
    const code = 'app.use(`/${process.env.TENANT}`, (req, res, next) => next()); app.get("/books", books.list);';
    expect(chain(bookshop(code), 'GET /books')).toEqual(['handler list']);
  });
});

describe('the chain', () => {
  const guarded = `
    import { json } from 'express'; import cors from 'cors'; import passport from 'passport'; import multer from 'multer'; import session from 'express-session';
    function auth(req, res, next) { next(); } function audit(req, res, next) { next(); } function failed(error, req, res, next) { res.end(); } const upload = multer();`;

  test.each<[string, string, string, readonly string[]]>([
    [
      'has application middleware in order',
      `${guarded} app.use(cors()); app.use(json()); app.get('/books', auth, books.list); app.use(failed);`,
      'GET /books',
      ['middleware cors()', 'body-parser express.json()', 'middleware auth', 'handler list', 'error-handler failed'],
    ],
    [
      'takes middleware only from where it stands',
      `${guarded} const r = express.Router(); r.get('/open', books.list); r.use(auth); r.get('/closed', books.find); app.use(r);`,
      'GET /open',
      ['handler list'],
    ],
    [
      'takes middleware before the route',
      `${guarded} const r = express.Router(); r.get('/open', books.list); r.use(auth); r.get('/closed', books.find); app.use(r);`,
      'GET /closed',
      ['middleware auth', 'handler find'],
    ],
    [
      'has middleware of an earlier router at the same prefix',
      `${guarded} const a = express.Router(); a.use(auth); a.get('/a', books.list); app.use('/', a); app.get('/b', books.find);`,
      'GET /b',
      ['middleware auth', 'handler find'],
    ],
    [
      'has middleware by prefix',
      `${guarded} app.use('/admin', auth); app.use('/administration', audit); app.get('/admin/books', books.list);`,
      'GET /admin/books',
      ['middleware auth', 'handler list'],
    ],
    [
      'has prefixes with parameters and wildcards',
      `${guarded} app.use('/shops/:shop', auth); app.use('/sho*', audit); app.get('/shops/:id/books', books.list);`,
      'GET /shops/{id}/books',
      ['middleware auth', 'middleware audit', 'handler list'],
    ],
    [
      'opens nested lists',
      `${guarded} const common = [auth, [audit]]; app.get('/books', common, json(), books.list);`,
      'GET /books',
      ['middleware auth', 'middleware audit', 'body-parser express.json()', 'handler list'],
    ],
    [
      'names roles by package',
      `${guarded} app.use(session({ secret: 's' })); app.use(passport.initialize()); app.use(express.static('public')); app.post('/books', passport.authenticate('jwt'), upload.single('cover'), books.create);`,
      'POST /books',
      [
        'session express-session()',
        'authentication passport.initialize()',
        'static express.static("public")',
        'authentication passport.authenticate("jwt")',
        'upload multer.single("cover")',
        'handler create',
      ],
    ],
    [
      'has parameter handlers',
      `${guarded} app.param('id', audit); app.get('/books/:id', books.find);`,
      'GET /books/{id}',
      ['middleware audit', 'handler find'],
    ],
    [
      'has catch-all routes that pass on',
      `${guarded} app.all('/admin/*', auth); app.get('/admin/books', books.list);`,
      'GET /admin/books',
      ['middleware auth', 'handler list'],
    ],
    [
      'has what all() of a route adds',
      `${guarded} app.route('/books').all(auth).get(books.list);`,
      'GET /books',
      ['middleware auth', 'handler list'],
    ],
    [
      'has error handlers of inner routers first',
      `${guarded} function inner(e, req, res, next) {} const r = express.Router(); r.get('/books', books.list); r.use(inner); app.use('/api', r); app.use(failed);`,
      'GET /api/books',
      ['handler list', 'error-handler inner', 'error-handler failed'],
    ],
    [
      'keeps the first of two registrations',
      `app.get('/books', books.list); app.get('/books', books.find);`,
      'GET /books',
      ['handler list', 'middleware find'],
    ],
    [
      'takes middleware that regular expressions meet',
      `${guarded} app.use(/^\\/adm/, auth); app.use(/^\\/x/, audit); app.get('/admin', books.list);`,
      'GET /admin',
      ['middleware auth', 'handler list'],
    ],
  ])('%s', (_title, code, id, expected) => expect(chain(bookshop(code), id)).toEqual(expected));

  test('tells the order in which routes are asked', () => {
    const found = analysed(
      bookshop(
        `const r = express.Router(); app.get('/first', books.list); app.use(r); app.get('/third', books.list); r.get('/second', books.find);`,
      ),
    );
    expect(found.routes.map(({ path, order }) => [order, path])).toEqual([
      [0, '/first'],
      [1, '/second'],
      [2, '/third'],
    ]);
  });

  test('names the statements that built a route', () => {
    const files = bookshop(
      `const r = express.Router();\nr.use(books.create);\nr.get('/other', books.find);\napp.use('/api', r);\nr.get('/books', books.list);`,
    );
    const route = analysed(files).routes.find(({ id }) => id === 'GET /api/books');
    const source = files['src/main.ts'] ?? '';
    expect(route?.statements.map(({ start, end }) => source.slice(start, end))).toEqual([
      'express()',
      'express.Router()',
      'r.use(books.create);',
      "app.use('/api', r);",
      "r.get('/books', books.list);",
    ]);
  });

  test('names links of a chain one by one', () => {
    const files = bookshop(`const r = express.Router().use(books.create).get('/a', books.list).get('/b', books.find);\napp.use(r);`);
    const route = analysed(files).routes.find(({ id }) => id === 'GET /b');
    const source = files['src/main.ts'] ?? '';
    expect(route?.statements.map(({ start, end }) => source.slice(start, end))).toEqual([
      'express()',
      'express.Router()',
      '.use(books.create)',
      ".get('/b', books.find)",
      'app.use(r);',
    ]);
  });
});

describe('conditions', () => {
  test.each<[string, string, Readonly<Record<string, readonly string[]>>]>([
    [
      'an unknown one is kept',
      `if (process.env.NODE_ENV === 'test') app.get('/test', books.list); else app.get('/live', books.find);`,
      {
        'GET /test': ["process.env.NODE_ENV === 'test'"],
        'GET /live': ["!(process.env.NODE_ENV === 'test')"],
      },
    ],
    [
      'a known one is decided',
      `const config = { admin: false }; if (config.admin) app.get('/admin', books.list); if (!config.admin) app.get('/books', books.find);`,
      { 'GET /books': [] },
    ],
    [
      'an early return',
      `function routes() { if (process.env.CLOSED) return; app.get('/books', books.list); } routes();`,
      { 'GET /books': ['!(process.env.CLOSED)'] },
    ],
    ['a short circuit', `process.env.ADMIN && app.get('/admin', books.list);`, { 'GET /admin': ['process.env.ADMIN'] }],
    [
      'a mount',
      `const r = express.Router(); r.get('/books', books.list); if (process.env.OPEN) app.use(r);`,
      { 'GET /books': ['process.env.OPEN'] },
    ],
    [
      'a failure handled',
      `try { app.get('/books', books.list); } catch (error) { app.get('/broken', books.find); }`,
      { 'GET /books': [], 'GET /broken': ['catch'] },
    ],
    [
      'a switch',
      `switch (process.env.MODE) { case 'a': app.get('/a', books.list); break; default: app.get('/b', books.find); }`,
      {
        'GET /a': ["process.env.MODE === 'a'"],
        'GET /b': ['no other case of process.env.MODE'],
      },
    ],
    [
      'cases that run into the next',
      `switch (process.env.MODE) { case 'a': case 'b': app.get('/a', books.list); break; case 'c': app.get('/c', books.list); default: app.get('/d', books.find); }`,
      {
        'GET /a': ["process.env.MODE === 'a' || process.env.MODE === 'b'"],
        'GET /c': ["process.env.MODE === 'c'"],
        'GET /d': ["process.env.MODE === 'c' || no other case of process.env.MODE"],
      },
    ],
  ])('%s', (_title, code, expected) => {
    const found = Object.fromEntries(analysed(bookshop(code)).routes.map(({ id, guards }) => [id, guards]));
    expect(found).toEqual(expected);
  });
});

describe('what cannot be followed', () => {
  test.each<[string, string, string]>([
    ['an application handed to a package', `import setup from 'some-admin'; setup(app);`, 'object-escapes'],
    [
      'a database client handed to a package',
      `import pg from 'pg'; import store from 'some-session-store'; store({ pool: new pg.Pool() });`,
      'client-escapes',
    ],
    ['a handler that is not known', `app.get('/books', lookup('books'));`, 'unresolved-handler'],
    ['a method whose name is not known', `app[lookup('books')]('/books', books.list);`, 'unknown-call-target'],
    ['a method that a package adds', `app.ws('/books', books.list);`, 'unknown-call-target'],
    ['an application handed to unknown code', `hooks.before(app);`, 'unknown-call-target'],
    ['a router nobody mounts', `const r = express.Router(); r.get('/x', books.list);`, 'dynamic-mount'],
  ])('%s', (_title, code, expected) => {
    expect(analysed(bookshop(code)).diagnostics.map((diagnostic) => diagnostic.code)).toContain(expected);
  });
});

describe('two applications with one route', () => {
  const served = (files: Files, packages: readonly string[] = []): readonly string[] => {
    const traced = traceOf({ files }, { entries: Object.keys(files) });
    const { value } = analyzeTraced(
      traced,
      httpRouteAnalyzers,
      packages.map((directory) => manifestOf(directory)),
    );
    return value.flatMap((fact) =>
      fact.kind === 'route' ? [`${fact.id} ${fact.application ?? ''} ${fact.stays?.text ?? ''}`.trim()] : [],
    );
  };
  const app2 = (path: string): string =>
    `import express from 'express';\nconst app = express();\napp.get('/health', (req, res) => res.end());\napp.get('${path}', (req, res) => res.end());\napp.listen(1);`;

  test('both are listed under the name of their package', () => {
    const files = { 'apps/library/main.ts': app2('/loans'), 'apps/shop/main.ts': app2('/books') };
    expect(served(files, ['apps/library', 'apps/shop'])).toEqual([
      'GET /health [apps/library] apps/library a gateway cannot tell it from the same path of apps/shop (apps/shop/main.ts:3)',
      'GET /loans',
      'GET /health [apps/shop] apps/shop a gateway cannot tell it from the same path of apps/library (apps/library/main.ts:3)',
      'GET /books',
    ]);
  });

  test('in one package they are named by their variable', () => {
    const code = `import express from 'express';\nconst shop = express();\nconst admin = express();\nshop.get('/health', (req, res) => res.end());\nadmin.get('/health', (req, res) => res.end());\nshop.listen(1);\nadmin.listen(2);`;
    expect(served({ 'src/main.ts': code }).map((line) => line.split(' a gateway')[0])).toEqual([
      'GET /health [shop] shop',
      'GET /health [admin] admin',
    ]);
  });

  const built = (first: string, second: string): Files => ({
    'src/server.ts': `import { createApp } from './app';\ncreateApp(${first}).listen(1);`,
    'src/worker.ts': `import { createApp } from './app';\ncreateApp(${second}).listen(2);`,
    'src/app.ts': `import express from 'express';\nexport const createApp = (shelf) => { const app = express(); app.post('/books', (req, res) => res.json(shelf.save())); return app; };`,
  });
  const saves = (of: string): string => `{ save() { return store(); function store() { return '${of}'; } } }`;

  test.each<[string, Files, readonly string[]]>([
    [
      'two when a statement gives each its own service',
      built(saves('shop'), saves('library')),
      ['POST /books [src/server.ts] src/server.ts', 'POST /books [src/worker.ts] src/worker.ts'],
    ],
    ['one when a statement gives both the same code', built('undefined', 'undefined'), ['POST /books']],
  ])('are %s', (_title, files, expected) => expect(served(files).map((line) => line.split(' a gateway')[0])).toEqual(expected));

  const duplicates = (files: Files): readonly string[] =>
    analysed(files).diagnostics.flatMap((found) =>
      found.code === 'duplicate-route' ? [`${found.data.route} at ${found.at?.file}:${found.at?.line}, first ${found.data.first}`] : [],
    );
  const two = (second: string): Files => ({
    'src/main.ts': `import express from 'express';\nimport './admin';\nconst shop = express();\nshop.get('/health', (req, res) => res.end());\nshop.get('/books', (req, res) => res.end());\nshop.listen(1);\n`,
    'src/admin.ts': `import express from 'express';\nconst admin = express();\n${second}\nadmin.listen(2);\n`,
  });

  test.each<[string, Files, readonly string[]]>([
    ['are told', two(`admin.get('/health', (req, res) => res.end());`), ['GET /health at src/main.ts:4, first src/admin.ts:3']],
    ['differ in their path', two(`admin.get('/loans', (req, res) => res.end());`), []],
    [
      'are not meant by a second handler of the same application',
      bookshop(`app.get('/books', books.list); app.get('/books', books.find);`),
      [],
    ],
  ])('%s', (_title, files, expected) => expect(duplicates(files)).toEqual(expected));
});
