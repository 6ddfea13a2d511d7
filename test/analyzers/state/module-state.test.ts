import { expect, test } from 'vitest';
import { moduleState } from '../../../analyzers/state/module-state.ts';
import { findingsOf } from '../../support/findings.ts';

test.each([
  ['a reassigned variable', 'let count = 0;\nexport const next = () => ++count;', ['module-variable count: variable written by next()']],
  [
    'a list',
    'const orders: string[] = [];\nexport const place = (id: string) => orders.push(id);\nexport const all = () => orders;',
    ['module-variable orders: array written by place(), read by all()'],
  ],
  [
    'a map that is filled and asked',
    'const prices = new Map<string, number>();\nexport const keep = (id: string) => prices.set(id, 1);\nexport const price = (id: string) => prices.get(id);',
    ['cache prices: Map written by keep(), read by price()'],
  ],
  [
    'an object that is called a cache',
    'const bookCache: any = {};\nexport const keep = (id: string) => { bookCache[id] = 1; };',
    ['cache bookCache: object written by keep()'],
  ],
  [
    'a registry of sockets, when its type says so',
    "import type { WebSocket } from 'ws';\nconst clients = new Set<WebSocket>();\nexport const join = (socket: WebSocket) => clients.add(socket);",
    ['socket-registry clients: Set written by join()'],
  ],
  [
    'a timer',
    'let timer: any;\nexport const start = () => { timer = setInterval(() => {}, 10); };',
    ['timer timer: timer written by start()'],
  ],
  [
    'a static field',
    'export class Shop { static visits = 0;\n enter() { Shop.visits += 1; } }',
    ['static-field Shop.visits: variable written by Shop.enter()'],
  ],
  [
    'an instance that a module holds',
    'class Counter { total = 0;\n add() { this.total += 1; } }\nexport const counter = new Counter();',
    ['module-variable counter: fields total of the instance written by Counter.add()'],
  ],
  [
    'a cache in such an instance',
    'class Books { private cache = new Map();\n find(id: string) { this.cache.set(id, 1); } }\nexport const books = new Books();',
    ['cache books: fields cache of the instance written by Books.find()'],
  ],
  [
    'an instance made for each request',
    'class Cart { items: any[] = [];\n add() { this.items.push(1); } }\nexport const cart = () => new Cart();',
    [],
  ],
  ['what a constructor assigns', 'class Shop { name; constructor() { this.name = 1; } }\nexport const shop = new Shop();', []],
  ['what only start-up writes', "const routes: any = {};\nroutes.home = '/';\nexport { routes };", []],
  ['locals', 'export function total() { let sum = 0; sum += 1; return sum; }', []],
  ['a method of that name', 'const shop = { clear() {} };\nexport const close = () => shop.clear();', []],
])('%s', async (_title, code, expected) => {
  expect(await findingsOf(moduleState, { 'src/shop.ts': code })).toEqual(expected);
});

test('of another module', async () => {
  const sources = {
    'src/cache.ts': 'export const books = new Map<string, number>();\nexport const find = (id: string) => books.get(id);',
    'src/shop.ts': "import { books } from './cache.ts';\nexport const keep = (id: string) => books.set(id, 1);",
  };
  expect(await findingsOf(moduleState, sources)).toEqual(['cache books: Map written by keep(), read by find()']);
});
