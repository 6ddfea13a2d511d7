import { expect, test } from 'vitest';
import { closeSliceOf } from '../../support/slice.ts';

const main = (body: string, imports = ''): string => `import express from 'express';
${imports}
const app = express();
app.get('/books', (_request, response) => response.json([]));
${body}
app.listen(3000);
`;

/** Text of the moved files but for what the frame above is made of. */
function moved(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { closure } = closeSliceOf(files, { routes: ['GET /books'], entries: ['src/main.ts'] });
  return Object.fromEntries((closure?.files ?? []).map((file) => [file.path, file.text]));
}

const mainLines = (files: Readonly<Record<string, string>>): readonly string[] =>
  (moved(files)['src/main.ts'] ?? '')
    .split('\n')
    .filter((line) => !/^$|^const app|^app\.get\('\/books|^provideApplication|import express|provideApplication \}/.test(line));

test.each([
  [
    'keeps start-up code that no model knows',
    "process.on('SIGTERM', () => process.exit(0));",
    ["process.on('SIGTERM', () => process.exit(0));"],
  ],
  ['keeps middleware of the application', 'app.use(express.json());', ['app.use(express.json());']],
  ['keeps settings', "app.set('trust proxy', 1);", ["app.set('trust proxy', 1);"]],
  [
    'keeps error handlers',
    'app.use((e: Error, q: any, s: any, n: any) => s.end());',
    ['app.use((e: Error, q: any, s: any, n: any) => s.end());'],
  ],
  ['keeps what answers requests the routes pass on', "app.use('/books', (q, s) => s.end());", ["app.use('/books', (q, s) => s.end());"]],
  ['keeps guards for all methods of a path', "app.all('/books', (q, s, n) => n());", ["app.all('/books', (q, s, n) => n());"]],
  ['keeps routes of the same shape, which may hand on', "app.get('/:any', (q, s, n) => n());", ["app.get('/:any', (q, s, n) => n());"]],
  ['leaves out other routes', "app.get('/shops', (q, s) => s.end());", []],
  ['leaves out middleware of other paths', "app.use('/admin', (q, s, n) => n());", []],
  ['leaves out routers of other paths', "const shops = express.Router();\nshops.use((q, s, n) => n());\napp.use('/shops', shops);", []],
  ['leaves out timers', 'setInterval(() => undefined, 1000).unref();', []],
  ['leaves out timers that are collected', 'const timers: unknown[] = [];\ntimers.push(setInterval(() => undefined, 1000));', []],
  [
    'keeps a timer that start-up waits for',
    'await new Promise((resolve) => setTimeout(resolve, 5));',
    ['await new Promise((resolve) => setTimeout(resolve, 5));'],
  ],
  ['leaves out a condition that is left empty', "if (process.env.ADMIN) {\n  app.get('/admin', (q, s) => s.end());\n}", []],
  ['leaves out constants nobody reads', 'const unused = [1, 2].map((n) => n + 1);', []],
  [
    'keeps constants whose value may have an effect',
    'const connection = connect();\nfunction connect() {\n  return fetch("x");\n}',
    ['const connection = connect();', 'function connect() {', '  return fetch("x");', '}'],
  ],
  [
    'takes a router out of a chain',
    "const shops = express.Router();\nshops.get('/', (q, s) => s.end());\napp.use('/shops', shops).use(express.json());",
    ['app.use(express.json());'],
  ],
])('%s', (_title, body, expected) => {
  expect(mainLines({ 'src/main.ts': main(body) })).toEqual(expected);
});

test('keeps subscribers of an emitter the slice reaches, and leaves those of others', () => {
  const files = moved({
    'src/main.ts': `import express from 'express';
import { bus } from './bus';
import './subscribers';
const app = express();
app.get('/books', (_request, response) => response.json(bus.emit('read')));
app.listen(3000);
`,
    'src/bus.ts': `import { EventEmitter } from 'node:events';
export const bus = new EventEmitter();
export const shopBus = new EventEmitter();
`,
    'src/subscribers.ts': `import { bus, shopBus } from './bus';
bus.on('read', () => undefined);
shopBus.on('sold', () => undefined);
`,
  });
  expect(files['src/subscribers.ts']).toBe("import { bus } from './bus';\nbus.on('read', () => undefined);\n");
  expect(files['src/bus.ts']).not.toContain('shopBus');
});

test('follows barrels, type imports and circular imports, and trims them', () => {
  const files = moved({
    'src/main.ts': main('app.use(show);', "import { show, type Shown } from './shop';\nexport type Page = Shown;"),
    'src/shop/index.ts': "export * from './show';\nexport { hide as conceal } from './hide';\nexport type { Shown } from './shown';\n",
    'src/shop/show.ts':
      "import { Level } from './hide';\nimport type { Shown } from './shown';\n\nexport const show = (_q: unknown, s: { end(): Shown }) => (Level.High ? s.end() : undefined);\n",
    'src/shop/hide.ts': "import { show } from './show';\n\nexport enum Level {\n  High = 1,\n}\n\nexport const hide = () => show;\n",
    'src/shop/shown.ts': 'export interface Shown {\n  title: string;\n}\n\nexport interface Hidden {}\n',
  });
  expect(files['src/shop/index.ts']).toBe("export * from './show';\n");
  expect(files['src/shop/hide.ts']).toBe('export enum Level {\n  High = 1,\n}\n');
  expect(files['src/shop/shown.ts']).toBe('export interface Shown {\n  title: string;\n}\n');
  expect(files['src/main.ts']).not.toContain('Shown');
});

test.each([
  ['a method that is named', 'stock.count();', ['count']],
  ['a method named by a string', "const name = 'count';\nstock[name as 'count']();", ['clear', 'count', 'unused']],
  ['members that a package may call', 'app.locals.stock = express.urlencoded({ verify: stock } as never);', ['clear', 'count', 'unused']],
  [
    'members that a kept type demands',
    'const counted: Counted = stock;\napp.locals.counted = counted;\ninterface Counted {\n  count(): number;\n}',
    ['count'],
  ],
])('keeps %s', (_title, body, expected) => {
  const files = moved({
    'src/main.ts': main(body, "import { Stock } from './stock';\nconst stock = new Stock();"),
    'src/stock.ts': 'export class Stock {\n  count() {\n    return 1;\n  }\n  clear() {}\n  unused = () => 2;\n}\n',
  });
  const names = ['count', 'clear', 'unused'].filter(
    (name) => files['src/stock.ts']?.includes(`${name}(`) || files['src/stock.ts']?.includes(`${name} =`),
  );
  expect(names.sort()).toEqual(expected);
});

test('prunes members of constant objects, and keeps them where the object is used as a whole', () => {
  const files = (use: string) =>
    moved({
      'src/main.ts': main(use, "import prices from './prices';"),
      'src/prices.ts':
        'const prices = {\n  net: (n: number) => n,\n  gross: (n: number) => prices.tax(n),\n  tax: (n: number) => n,\n  old() {},\n};\nexport default prices;\n',
    })['src/prices.ts'];
  expect(files('app.locals.price = prices.gross(1);')).not.toMatch(/net|old/);
  expect(files('app.locals.price = prices;')).toMatch(/net.*gross.*old/s);
});

test('keeps what the routes of one path share', () => {
  const text = moved({
    'src/main.ts': `import express from 'express';
const app = express();
app
  .route('/books')
  .all((q, s, n) => n())
  .get((q, s) => s.end())
  .post((q, s) => s.end());
app.listen(3000);
`,
  })['src/main.ts'];
  expect(text).toContain(".route('/books')\n  .all((q, s, n) => n())\n  .get((q, s) => s.end());");
});

test.each([
  ['export default app;', 'default'],
  ['export { app as shop };', 'shop'],
  ['export = app;', 'default'],
  ['module.exports = app;', 'default'],
])('takes the application from %s', (line, expected) => {
  const text = `import express = require('express');\nconst app = express();\napp.get('/books', (q, s) => s.end());\n${line}\n`;
  const { closure } = closeSliceOf({ 'src/app.ts': text }, { routes: ['GET /books'], entries: ['src/app.ts'] });
  expect(closure?.entry).toMatchObject({ kind: 'exported', path: 'src/app.ts', name: expected });
});

test('reports a slice whose application nobody starts or exports', () => {
  const { closure, diagnostics } = closeSliceOf(
    { 'src/main.ts': "import express from 'express';\nconst app = express();\napp.get('/books', (q, s) => s.end());\n" },
    { routes: ['GET /books'], entries: ['src/main.ts'] },
  );
  expect(closure).toBeUndefined();
  expect(diagnostics.map(({ code }) => code)).toEqual(['route-cannot-move']);
});

test('names packages, builtins and variables that kept code needs', () => {
  const { closure } = closeSliceOf(
    {
      'src/main.ts': main(
        'app.use(cors({ origin: process.env.ORIGIN }));\nconst unused = process.env.UNUSED;',
        "import cors from 'cors';\nimport fs from 'node:fs';\nimport type { Knex } from 'knex';\nimport helmet from 'helmet';\nexport const read = (_k: Knex) => fs;\napp.locals.read = read;",
      ),
    },
    { routes: ['GET /books'], entries: ['src/main.ts'] },
  );
  expect(closure?.packages.map(({ name, typeOnly }) => `${name}${typeOnly ? ' (types)' : ''}`)).toEqual([
    'cors',
    'express',
    'knex (types)',
  ]);
  expect(closure?.builtins).toEqual(['fs']);
  expect(closure?.environment.map(({ name }) => name)).toEqual(['ORIGIN']);
});

test('moves modules that a path beside the module names', () => {
  const files = moved({
    'src/main.ts': main("app.use(require(path.resolve(__dirname, 'loans.js')));", "import path from 'node:path';"),
    'src/loans.js': 'module.exports = (_request, _response, next) => next();\n',
  });
  expect(Object.keys(files)).toContain('src/loans.js');
  expect(files['src/main.ts']).toContain("app.use(require('./loans.js'));");
  expect(files['src/main.ts']).not.toMatch(/modulePlace|node:path/);
});

const SHELVES = { 'src/shelves/one.html': '<p>1</p>', 'src/shelves/two.html': '<p>2</p>', 'src/page.html': '<p>page</p>' };

test.each([
  ['a folder', "path.join(__dirname, 'shelves')", "path.join(moduleFolder('src'), 'shelves')", ['shelves/one.html', 'shelves/two.html']],
  [
    'its own path',
    "path.join(path.dirname(__filename), 'page.html')",
    "path.join(path.dirname(moduleFile('src/main.ts')), 'page.html')",
    ['page.html'],
  ],
  [
    'a file name that is computed',
    'path.join(__dirname, "shelves", `${process.argv[2]}.html`)',
    'moduleFolder(\'src\'), "shelves"',
    ['shelves/one.html', 'shelves/two.html'],
  ],
  [
    'text with a computed end',
    '`${__dirname}/shelves/${process.argv[2]}.html`',
    "`${moduleFolder('src')}/shelves/",
    ['shelves/one.html', 'shelves/two.html'],
  ],
  ['an address', "new URL('./page.html', import.meta.url)", "new URL('./page.html', moduleUrl('src/main.ts'))", ['page.html']],
  [
    'a folder made of an address',
    "path.join(path.dirname(fileURLToPath(import.meta.url)), 'page.html')",
    "fileURLToPath(moduleUrl('src/main.ts'))",
    ['page.html'],
  ],
  [
    'the folder of newer versions of Node',
    "path.resolve(import.meta.dirname, 'page.html')",
    "path.resolve(moduleFolder('src'), 'page.html')",
    ['page.html'],
  ],
])('takes along what a module reads by %s', (_title, written, expected, assets) => {
  const imports = "import path from 'node:path';\nimport { fileURLToPath } from 'node:url';";
  const { closure } = closeSliceOf(
    { ...SHELVES, 'src/main.ts': main(`app.locals.shelf = ${written};`, imports) },
    { routes: ['GET /books'], entries: ['src/main.ts'] },
  );
  expect(closure?.files[0]?.text).toContain(expected);
  expect(closure?.assets.map(({ path }) => path)).toEqual(assets.map((path) => `src/${path}`));
});

test('follows constants to the folder that a path starts from', () => {
  const body = `const file = fileURLToPath(import.meta.url);
const here = path.dirname(file);
const again: string = path.join(again, 'page.html');
app.locals.shelf = [path.join(here, 'page.html'), again];`;
  const { closure } = closeSliceOf(
    { ...SHELVES, 'src/main.ts': main(body, "import path from 'node:path';\nimport { fileURLToPath } from 'node:url';") },
    { routes: ['GET /books'], entries: ['src/main.ts'] },
  );
  expect(closure?.assets.map(({ path }) => path)).toEqual(['src/page.html']);
});

test("moves the monolith's own manifest beside the slice's", () => {
  const { closure } = closeSliceOf(
    {
      'package.json': '{ "version": "2.1.0" }',
      'src/main.ts': main(
        "app.locals.version = [version, fs.readFileSync('package.json', 'utf8')];",
        "import { version } from '../package.json';\nimport fs from 'node:fs';",
      ),
    },
    { routes: ['GET /books'], entries: ['src/main.ts'] },
  );
  expect(closure?.files[0]?.path).toBe('src/src/main.ts');
  expect(closure?.assets.map(({ path }) => path)).toEqual(['src/package.json']);
  expect(closure?.listing.notes.map(({ text }) => text)).toEqual([
    "package.json is not taken along, because the slice has its own; fs.readFileSync('package.json', 'utf8') finds that one",
  ]);
});

test.each([
  ['require.main === module', 'true'],
  ['require.main == module', 'true'],
  ['!module.parent', '!null'],
  ['import.meta.main', 'true'],
  ['import.meta.url === pathToFileURL(process.argv[1]).href', 'true'],
  ['process.argv[1] === fileURLToPath(import.meta.url)', 'true'],
  ['path.resolve(process.argv[1]) === here', 'true'],
  ['process.argv[2] === here', 'process.argv[2] === here'],
])('a slice starts where the monolith asks for %s', (written, expected) => {
  const text = moved({
    'src/main.ts': `import express from 'express';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
const here = __filename;
const app = express();
app.get('/books', (_request, response) => response.json([]));
if (${written}) {
  app.listen(3000);
}
`,
  })['src/main.ts'];
  expect(text).toContain(`if (${expected}) {\n  provideApplication(app);\n}`);
});

test('what another module loads does not start as if it were the main one', () => {
  const text = moved({
    'src/main.ts': main('app.use(shelves);', "import { shelves } from './shelves';"),
    'src/shelves.ts': `export const shelves = (_request: unknown, _response: unknown, next: () => void) => next();
if (require.main === module) fetch('x');
if (!module.parent) fetch('y');
`,
  })['src/shelves.ts'];
  expect(text).toContain("if (false) fetch('x');\nif (!module) fetch('y');");
});

test('names template engines that Express would load by their name', () => {
  const { closure } = closeSliceOf(
    { 'src/main.ts': main("app.set('view engine', 'pug');") },
    { routes: ['GET /books'], entries: ['src/main.ts'] },
  );
  expect(closure?.files[0]?.text).toContain("app.set('view engine', 'pug').engine('pug', require('pug').__express);");
  expect(closure?.packages.map(({ name }) => name)).toEqual(['express', 'pug']);
  const registered = "app.set('view engine', 'hbs');\napp.engine('hbs', (path, options, done) => done(null, ''));";
  expect(moved({ 'src/main.ts': main(registered) })['src/main.ts']).not.toContain('require(');
});

test('starts with the module above that calls what listens', () => {
  const app = `import express from 'express';
export function start(): void {
  const app = express();
  app.get('/books', (q, s) => s.end());
  app.listen(3000);
}
`;
  const files = { 'src/app.ts': app, 'src/server.ts': "import { start } from './app';\nstart();\n", 'src/worker.ts': "import './app';\n" };
  const { closure } = closeSliceOf(files, { routes: ['GET /books'], entries: ['src/app.ts'] });
  expect(closure?.entry).toEqual({ kind: 'provided', module: 'src/server.ts', path: 'src/server.ts' });
  const alone = closeSliceOf({ 'src/app.ts': app }, { routes: ['GET /books'], entries: ['src/app.ts'] });
  expect(alone.closure).toBeUndefined();
  expect(alone.diagnostics.map(({ code }) => code)).toEqual(['route-cannot-move']);
});
