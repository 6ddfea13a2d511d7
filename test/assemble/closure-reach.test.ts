import { describe, expect, test } from 'vitest';
import { expressRoutesAnalyzer } from '../../analyzers/http-routes/express.ts';
import { assemble } from '../../src/assemble/assemble.ts';
import { moduleOf, nameOf } from '../../src/model/ids.ts';
import { sourceTreeOf } from '../support/program.ts';
import { analyzeTraced, traceOf } from '../support/trace.ts';

const store = `export const books = () => 'books';
export const authors = () => 'authors';
export const members = () => 'members';
export class Books { all() { return books(); } }
export class Authors { all() { return authors(); } }`;

const app = (code: string): string => `import express from 'express';
import unknown from 'unknown-package';
import { authors, Authors, books, Books, members } from './store';
const app = express();
${code}
app.listen(3000);`;

/** What each route runs of the store, as `GET /books: books`. */
async function runs(code: string): Promise<readonly string[]> {
  const files = { 'src/main.ts': app(code), 'src/store.ts': store };
  const traced = traceOf({ files }, { entries: ['src/main.ts'] });
  const { value: facts } = analyzeTraced(traced, [expressRoutesAnalyzer]);
  const { value } = await assemble({ name: 'bookshop', tree: sourceTreeOf(files), program: traced.program, trace: traced.trace, facts });
  return value.reach.map(({ entryPoint, symbols }) => {
    const tables = symbols.filter((symbol) => moduleOf(symbol) === 'src/store.ts').map(nameOf);
    return `${entryPoint}: ${tables.filter((name) => !name.includes('.') && name === name.toLowerCase()).join(' ')}`.trim();
  });
}

const asyncHandler = `const asyncHandler = (handler) => (req, res, next) => Promise.resolve(handler(req, res, next)).catch(next);`;

describe('a route runs what its own handler was made with', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'endpoints of a factory',
      `class Endpoints { constructor(options) { this.options = options; }
        create(endpoint) { return async (req, res, next) => {
          const context = await this.options.context(req);
          try { res.json(await endpoint.resolve({ context })); } catch (error) { next(error); }
        }; } }
      const endpoint = new Endpoints({ context: async () => ({ books: new Books(), authors: new Authors() }) });
      app.get('/books', endpoint.create({ resolve: async ({ context }) => context.books.all() }));
      app.get('/authors', endpoint.create({ resolve: async ({ context }) => context.authors.all() }));
      app.get('/ping', endpoint.create({ resolve: async () => 'pong' }));`,
      ['GET /authors: authors', 'GET /books: books', 'GET /ping:'],
    ],
    [
      'endpoints whose parts are taken out first, and whose answer is chained',
      `const create = ({ resolve }) => (req, res, next) => { resolve(req).then((found) => res.json(found)).catch(next); };
      app.get('/books', create({ resolve: async () => books() }));
      app.get('/authors', create({ resolve: async () => authors() }));`,
      ['GET /authors: authors', 'GET /books: books'],
    ],
    [
      'controllers behind an adapter',
      `const adapt = (controller) => async (req, res) => { const { status, body } = await controller.handle(req.body); res.status(status).json(body); };
      class ListBooks { constructor(store) { this.store = store; } async handle() { return { body: this.store.all() }; } }
      class ListAuthors { constructor(store) { this.store = store; } async handle() { return { body: this.store.all() }; } }
      const makeListBooks = () => new ListBooks(new Books());
      const makeListAuthors = () => new ListAuthors(new Authors());
      app.get('/books', adapt(makeListBooks()));
      app.get('/authors', adapt(makeListAuthors()));`,
      ['GET /authors: authors', 'GET /books: books'],
    ],
    [
      'subclasses of one controller',
      `abstract class Controller { handle(req, res) { return this.answer(res, () => this.run(req)); }
        answer(res, work) { res.json(work()); }
        abstract run(req); }
      class BookController extends Controller { run() { return books(); } }
      class AuthorController extends Controller { run() { return authors(); } }
      const [first, second] = [new BookController(), new AuthorController()];
      app.get('/books', (req, res) => first.handle(req, res));
      app.get('/authors', (req, res) => second.handle(req, res));`,
      ['GET /authors: authors', 'GET /books: books'],
    ],
    [
      'handlers wrapped twice',
      `${asyncHandler}
      const validate = (schema, handler) => (req, res, next) => { schema.check(req.body); return handler(req, res, next); };
      const named = { check: () => members() };
      const anything = { check: () => true };
      app.get('/books', asyncHandler(validate(anything, async (req, res) => res.json(books()))));
      app.post('/authors', asyncHandler(validate(named, async (req, res) => res.json(authors()))));`,
      ['GET /books: books', 'POST /authors: authors members'],
    ],
    [
      'one generic controller for several stores, its methods bound or arrows',
      `class Crud { constructor(private readonly store) {}
        list(req, res) { res.json(this.store.all()); }
        find = async (req, res) => { res.json(this.store.all()); }; }
      const [crudBooks, crudAuthors] = [new Crud(new Books()), new Crud(new Authors())];
      app.get('/books', crudBooks.list.bind(crudBooks));
      app.get('/authors', crudAuthors.list.bind(crudAuthors));
      app.get('/books/:id', crudBooks.find);
      app.get('/authors/:id', crudAuthors.find);`,
      ['GET /authors: authors', 'GET /authors/{id}: authors', 'GET /books: books', 'GET /books/{id}: books'],
    ],
    [
      'middleware made for a route',
      `const requirePermission = (check) => (req, res, next) => (check(req) ? next() : res.sendStatus(403));
      app.get('/books', requirePermission(() => true), (req, res) => res.json(books()));
      app.get('/authors', requirePermission((req) => members()), (req, res) => res.json(authors()));`,
      ['GET /authors: authors members', 'GET /books: books'],
    ],
    [
      'a table of routes',
      `const table = [['/books', books], ['/authors', authors], ['/members', members]];
      for (const [path, find] of table) app.get(path, (req, res) => res.json(find()));`,
      ['GET /authors: authors', 'GET /books: books', 'GET /members: members'],
    ],
    [
      'a choice made by a constant',
      `const list = (options) => (req, res) => { if (options.owner) options.owner(); res.json(options.find()); };
      app.get('/books', list({ find: books }));
      app.get('/authors', list({ find: authors, owner: members }));`,
      ['GET /authors: authors members', 'GET /books: books'],
    ],
    [
      'one of several classes behind an interface',
      `interface Store { all(): string }
      class BookStore implements Store { all() { return books(); } }
      class AuthorStore implements Store { all() { return authors(); } }
      class Shelf { constructor(private readonly store: Store) {} list() { return this.store.all(); } }
      const [one, other] = [new Shelf(new BookStore()), new Shelf(new AuthorStore())];
      app.get('/books', (req, res) => res.json(one.list()));
      app.get('/authors', (req, res) => res.json(other.list()));`,
      ['GET /authors: authors', 'GET /books: books'],
    ],
    [
      'the only class behind an interface that start-up makes',
      `interface Store { all(): string }
      class BookStore implements Store { all() { return books(); } }
      class NobodysStore implements Store { all() { return authors(); } }
      class Shelf { constructor(private readonly store: Store) {} list() { return this.store.all(); } }
      const shelf = new Shelf(new BookStore());
      app.get('/books', (req, res) => res.json(shelf.list()));`,
      ['GET /books: books'],
    ],
    [
      'a wrapper with work of its own',
      `const audited = (handler) => (req, res) => { members(); return handler(req, res); };
      app.get('/books', audited((req, res) => res.json(books())));`,
      ['GET /books: books members'],
    ],
    [
      'work that is not begun twice at a time',
      `const running = new Set();
      const once = (name, work) => {
        const start = async () => { if (running.has(name)) return; running.add(name); try { await work(); } finally { running.delete(name); } };
        start();
        return async (req, res) => { await start(); res.end(); };
      };
      app.get('/books', once('books', books));
      app.get('/authors', once('authors', authors));`,
      ['GET /authors: authors', 'GET /books: books'],
    ],
    [
      'functions inside the handler',
      `const create = (find) => (req, res) => { const later = () => find(); req.on('end', () => { res.json(later()); }); };
      app.get('/books', create(books));
      app.get('/authors', create(authors));`,
      ['GET /authors: authors', 'GET /books: books'],
    ],
  ])('%s', async (_title, code, expected) => expect(await runs(code)).toEqual(expected));
});

describe('where evaluation does not know, a route runs whatever the function may', () => {
  const handlers = `const create = (options) => (req, res) => { res.json(options.find()); };
    app.get('/books', create({ find: books }));
    app.get('/authors', create({ find: authors }));`;

  test.each<[string, string, readonly string[]]>([
    [
      'what the handler is made with comes from a package',
      `${handlers} app.get('/guess', create(unknown.options()));`,
      ['GET /authors: authors', 'GET /books: books', 'GET /guess: authors books'],
    ],
    [
      'what stands in a table or map under a name of the request',
      `const shelves = {}; const halls = new Map();
      for (const [name, make] of Object.entries(unknown.list())) { shelves[name] = new Books(); halls.set(name, new Authors()); }
      app.get('/shelves/:name', (req, res) => res.json(shelves[req.params.name].all()));
      app.get('/halls/:name', (req, res) => res.json(halls.get(req.params.name).all()));`,
      ['GET /shelves/{name}: books', 'GET /halls/{name}: authors'],
    ],
    [
      'calls are nested too deeply',
      `const wrap = (handler) => (req, res) => handler(req, res);
      app.get('/books', ${'wrap('.repeat(12)}(req, res) => res.json(books())${')'.repeat(12)});`,
      ['GET /books: books'],
    ],
    [
      'a long list of names is gone through, one of which leads to code',
      `const names = [${Array.from({ length: 80 }, (_, index) => `'n${index}'`).join(', ')}];
      const finders = { n0: books, n60: authors };
      app.get('/all', (req, res) => { for (const name of names) finders[name]?.(); res.end(); });
      app.get('/each', (req, res) => { names.forEach((name) => finders[name]?.()); res.end(); });`,
      ['GET /all: authors books', 'GET /each: authors books'],
    ],
    [
      'functions stand at the end of a long list',
      `const steps = [${'0, '.repeat(60)}books, authors];
      app.get('/all', (req, res) => { for (const step of steps) if (typeof step === 'function') step(); res.end(); });`,
      ['GET /all: authors books'],
    ],
    [
      'one helper is called in more ways than are told apart',
      `const run = (work) => work();
      const chosen = { ${Array.from({ length: 60 }, (_, index) => `f${index}: () => ${index % 2 === 0 ? 'books' : 'authors'}()`).join(', ')} };
      ${Array.from({ length: 60 }, (_, index) => `app.get('/${index}', (req, res) => res.json(run(chosen['f' + ${index}])));`).join('\n')}`,
      Array.from({ length: 60 }, (_, index) => `GET /${index}: ${index % 2 === 0 ? 'books' : 'authors'}`),
    ],
  ])('%s', async (_title, code, expected) => expect([...(await runs(code))].sort()).toEqual([...expected].sort()));
});

test('the call graph stays the union of all closures', async () => {
  const code = `const create = (find) => (req, res) => { res.json(find()); };
    app.get('/books', create(books)); app.get('/authors', create(authors));`;
  const traced = traceOf({ files: { 'src/main.ts': app(code), 'src/store.ts': store } }, { entries: ['src/main.ts'] });
  const called = traced.trace.calls.filter(({ from }) => nameOf(from).startsWith('create.')).map(({ to }) => nameOf(to));
  expect(called.sort()).toEqual(['authors', 'books']);
  expect(traced.trace.closures?.map(({ id }) => id.slice(-2))).toEqual(['~1', '~2']);
});

describe('what runs is not always what start-up left', () => {
  const shelf = `class Shelf { store = new Books(); use(store) { this.store = store; } all() { return this.store.all(); } }
      const shelf = new Shelf();
      const list = (from) => async (req, res) => res.json(await from.all());
      app.get('/books', list(shelf));`;

  test.each<[string, string, readonly string[]]>([
    [
      'a collection that another route adds to',
      `class Shelves { stores = [new Books()]; add(store) { this.stores.push(store); } async all() { for (const store of this.stores) await store.all(); } }
      const shelves = new Shelves();
      const list = (from) => async (req, res) => { await from.all(); res.end(); };
      app.get('/books', list(shelves));
      app.post('/shelves', (req, res) => { shelves.add(new Authors()); res.end(); });`,
      ['GET /books: authors books', 'POST /shelves:'],
    ],
    [
      'a field that another route replaces',
      `${shelf}\n app.post('/shelves', (req, res) => { shelf.use(new Authors()); res.end(); });`,
      ['GET /books: authors books', 'POST /shelves:'],
    ],
    [
      'a field of what start-up made under a condition',
      `class Shelf { store = new Books(); }
      if (process.env.SHELF) {
        const shelf = new Shelf();
        app.post('/shelves', (req, res) => { shelf.store = new Authors(); res.end(); });
        app.get('/books', (req, res) => res.json(shelf.store.all()));
      }`,
      ['GET /books: authors books', 'POST /shelves:'],
    ],
    [
      'a variable that another route replaces',
      `let store = new Books();
      const list = () => (req, res) => res.json(store.all());
      app.get('/books', list());
      app.post('/shelves', (req, res) => { store = new Authors(); res.end(); });`,
      ['GET /books: authors books', 'POST /shelves:'],
    ],
    [
      'an element that another route replaces',
      `const stores = [new Books()];
      const list = (from) => async (req, res) => res.json(await from[0].all());
      app.get('/books', list(stores));
      app.post('/shelves/:name', (req, res) => { stores[0] = new Authors(); res.end(); });`,
      ['GET /books: authors books', 'POST /shelves/{name}:'],
    ],
    [
      'a list that another route empties and fills',
      `const stores = [new Books()];
      const list = (from) => async (req, res) => res.json(await Promise.all(from.map((store) => store.all())));
      app.get('/books', list(stores));
      app.post('/shelves/:name', (req, res) => { stores.pop(); stores.push(new Authors()); res.end(); });`,
      ['GET /books: authors books', 'POST /shelves/{name}:'],
    ],
    [
      'an entry that another route replaces',
      `const stores = new Map([['first', new Books()]]);
      const list = (from) => async (req, res) => res.json(await from.get('first').all());
      app.get('/books', list(stores));
      app.post('/shelves/:name', (req, res) => { stores.set('first', new Authors()); res.end(); });`,
      ['GET /books: authors books', 'POST /shelves/{name}:'],
    ],
    [
      'a member that another route may replace',
      `const stores = { first: new Books() };
      const list = (from) => async (req, res) => res.json(await from.first.all());
      app.get('/books', list(stores));
      app.post('/shelves/:name', (req, res) => { stores[req.params.name] = new Authors(); res.end(); });`,
      ['GET /books: authors books', 'POST /shelves/{name}:'],
    ],
    [
      'a static field that another route replaces',
      `const stores = class { static first = new Books(); };
      const list = (from) => async (req, res) => res.json(await from.first.all());
      app.get('/books', list(stores));
      app.post('/shelves/:name', (req, res) => { stores.first = new Authors(); res.end(); });`,
      ['GET /books: authors books', 'POST /shelves/{name}:'],
    ],
    [
      'a field that is replaced unless something fails before',
      `${shelf}\n try { unknown(); shelf.store = new Authors(); } catch {}`,
      ['GET /books: authors books'],
    ],
    [
      'a field that is replaced or start-up ends',
      `${shelf}\n try { unknown(); shelf.store = new Authors(); } catch (error) { throw error; }`,
      ['GET /books: authors'],
    ],
    [
      'a field that is replaced after waiting',
      `${shelf}\n const init = async (of) => { await unknown.connect(); of.store = new Authors(); };\n init(shelf);`,
      ['GET /books: authors books'],
    ],
  ])('%s', async (_title, code, expected) => expect(await runs(code)).toEqual(expected));
});
