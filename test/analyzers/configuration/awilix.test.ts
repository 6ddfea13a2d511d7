import { expect, test } from 'vitest';
import { httpRouteAnalyzers } from '../../../analyzers/http-routes/index.ts';
import { analyzeTraced, traceOf } from '../../support/trace.ts';

const shop = `import { Router } from 'express';
export class BookStore { list() {} }
export class BookDesk {
  constructor({ bookStore }) { this.bookStore = bookStore; }
  list = (req, res) => res.json(this.bookStore.list());
}
export class ClassicDesk {
  constructor(private readonly bookStore: BookStore, private readonly shelf = 1) {}
  list = (req, res) => res.json(this.bookStore.list());
}
export const makeBooks = ({ bookStore }) => (req, res) => res.json(bookStore.list());
export function makeRouter({ bookDesk }) { const router = Router(); router.get('/', bookDesk.list); return router; }`;

const setUp = `container.register({ bookDesk: asClass(BookDesk).singleton(), bookStore: asClass(BookStore) });`;

test.each([
  ['a class', `${setUp} app.get('/books', container.resolve('bookDesk').list);`, 'BookDesk.list'],
  ['the cradle', `${setUp} app.get('/books', container.cradle.bookDesk.list);`, 'BookDesk.list'],
  ['names taken of the cradle', `${setUp} const { bookDesk } = container.cradle; app.get('/books', bookDesk.list);`, 'BookDesk.list'],
  [
    'what is registered later',
    `container.register('bookDesk', asClass(BookDesk)); container.register('bookStore', asClass(BookStore)); app.get('/books', container.resolve('bookDesk').list);`,
    'BookDesk.list',
  ],
  [
    'parameters by their names',
    `${setUp} container.register('desk', asClass(ClassicDesk).classic()); app.get('/books', container.resolve('desk').list);`,
    'ClassicDesk.list',
  ],
  [
    'the mode of a class',
    `${setUp} container.register('desk', asClass(ClassicDesk, { injectionMode: InjectionMode.CLASSIC })); app.get('/books', container.resolve('desk').list);`,
    'ClassicDesk.list',
  ],
  [
    'a function',
    `${setUp} container.register('books', asFunction(makeBooks)); app.get('/books', container.resolve('books'));`,
    'makeBooks',
  ],
  [
    'a function that makes a router',
    `${setUp} container.register('router', asFunction(makeRouter)); app.use('/books', container.resolve('router'));`,
    'BookDesk.list',
  ],
  [
    'a value',
    `container.register('books', asValue((req, res) => res.json([]))); app.get('/books', container.resolve('books'));`,
    'main.ts',
  ],
  [
    'an alias',
    `${setUp} container.register('desk', aliasTo('bookDesk')); app.get('/books', container.resolve('desk').list);`,
    'BookDesk.list',
  ],
  ['what is built', `${setUp} app.get('/books', container.build(BookDesk).list);`, 'BookDesk.list'],
  ['a scope', `${setUp} app.get('/books', container.createScope().resolve('bookDesk').list);`, 'BookDesk.list'],
])('%s', (_title, wiring, handler) => {
  const files = {
    'src/shop.ts': shop,
    'src/main.ts': `import express from 'express';
import { aliasTo, asClass, asFunction, asValue, createContainer, InjectionMode } from 'awilix';
import { BookDesk, BookStore, ClassicDesk, makeBooks, makeRouter } from './shop';
const app = express();
const container = createContainer();
${wiring}
app.listen(1);`,
  };
  const trace = traceOf({ files }, { entries: ['src/main.ts'] });
  const { value } = analyzeTraced(trace, httpRouteAnalyzers);
  const routes = value.flatMap((fact) => (fact.kind === 'route' ? [fact] : []));
  expect(routes.map(({ id }) => id)).toEqual(['GET /books']);
  expect(routes[0]?.chain.at(-1)?.symbol).toContain(handler);
});

test('calls of what was injected are known', () => {
  const files = {
    'src/shop.ts': shop,
    'src/main.ts': `import express from 'express';
import { asClass, createContainer } from 'awilix';
import { BookDesk, BookStore } from './shop';
const container = createContainer();
${setUp}
const app = express();
app.get('/books', container.cradle.bookDesk.list);
app.listen(1);`,
  };
  const { trace } = traceOf({ files }, { entries: ['src/main.ts'] });
  expect(trace.calls.map(({ from, to }) => `${from} ${to}`)).toContain('src/shop.ts#BookDesk.list src/shop.ts#BookStore.list');
});

test.each([
  ['files by a pattern', `container.loadModules(['src/desks/*.ts', 'src/stores/**/*.js'], { formatName: 'camelCase' });`, 'bookDesk'],
  [
    'files below a folder, named by a function',
    `container.loadModules([['desks/*.{ts,js}', {}]], { cwd: __dirname, formatName: (name) => name + '-by-name' });\ncontainer.loadModules(['stores/*/*.ts'], { cwd: __dirname, formatName: 'camelCase' });`,
    'book-desk-by-name',
  ],
])('%s', (_title, wiring, name) => {
  const files = {
    'src/desks/book-desk.ts': `export default class BookDesk {
  constructor({ bookStore }) { this.bookStore = bookStore; }
  list = (req, res) => res.json(this.bookStore.list());
}`,
    'src/stores/books/book-store.ts': 'export default class BookStore { list() {} }',
    'src/main.ts': `import express from 'express';
import { createContainer } from 'awilix';
const container = createContainer();
${wiring}
const app = express();
app.get('/books', container.resolve('${name}').list);
app.listen(1);`,
  };
  const { trace } = traceOf({ files }, { entries: ['src/main.ts'] });
  expect(trace.calls.map(({ from, to }) => `${from} ${to}`)).toContain(
    'src/desks/book-desk.ts#BookDesk.list src/stores/books/book-store.ts#BookStore.list',
  );
});
