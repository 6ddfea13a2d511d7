import { expect, test } from 'vitest';
import { moduleState } from '../../../analyzers/state/module-state.ts';
import type { StateFact } from '../../../src/model/fact.ts';
import { emptyTrace, findingsOf } from '../../support/findings.ts';
import { programOf, type Sources } from '../../support/program.ts';

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

test.each([
  [
    'a client that start-up makes on a condition',
    {
      'src/cache.js':
        "const Redis = require('ioredis');\nlet client;\nif (process.env.REDIS) client = new Redis();\nmodule.exports = { client };",
      'src/shop.js': "const cache = require('./cache');\nexports.keep = (id) => cache.client.set(id, 1);",
    },
    [],
  ],
  [
    'a client of a package, by any way to it',
    {
      'src/shop.ts':
        "import Redis from 'ioredis';\nconst open = () => new Redis();\nconst client = open();\nconst clients: any = { books: new Redis() };\nexport const keep = (id: string) => { client.set(id, 1); clients[id].set(id, 1); };",
    },
    [],
  ],
  [
    'a client or, without it, a map',
    {
      'src/kept.ts': "import Redis from 'ioredis';\nexport const kept: any = process.env.REDIS ? new Redis() : new Map();",
      'src/shop.ts': "import { kept } from './kept.ts';\nexport const keep = (id: string) => kept.set(id, 1);",
    },
    ['module-variable kept: variable written by keep()'],
  ],
  [
    'nobody knows what',
    {
      'src/kept.ts': 'export let kept: any;\nexport const open = (made: any) => made;',
      'src/shop.ts': "import { kept } from './kept.ts';\nexport const keep = (id: string) => kept.set(id, 1);",
    },
    [],
  ],
  [
    'what only a list has',
    {
      'src/kept.ts': 'export let kept: any;',
      'src/shop.ts': "import { kept } from './kept.ts';\nexport const keep = (id: string) => kept.push(id);",
    },
    ['module-variable kept: variable written by keep()'],
  ],
  [
    'a map that a function makes, and a set in an object',
    {
      'src/kept.ts': 'const make = () => new Map();\nexport const kept = make();\nexport const rooms: any = { main: new Set() };',
      'src/shop.ts':
        "import { kept, rooms } from './kept.ts';\nexport const keep = (id: string) => { kept.set(id, 1); rooms[id].add(1); };",
    },
    ['module-variable kept: variable written by keep()', 'module-variable rooms: object written by keep()'],
  ],
  [
    'a map of a whole module',
    {
      'src/store.js': 'const books = new Map();\nmodule.exports = { books };',
      'src/shop.js': "const store = require('./store');\nexports.keep = (id) => store.books.set(id, 1);",
    },
    ['module-variable books: Map written by exports.keep()'],
  ],
])('a changing method is called on %s', async (_title, sources, expected) =>
  expect(await findingsOf(moduleState, sources)).toEqual(expected),
);

test('of another module', async () => {
  const sources = {
    'src/cache.ts': 'export const books = new Map<string, number>();\nexport const find = (id: string) => books.get(id);',
    'src/shop.ts': "import { books } from './cache.ts';\nexport const keep = (id: string) => books.set(id, 1);",
  };
  expect(await findingsOf(moduleState, sources)).toEqual(['cache books: Map written by keep(), read by find()']);
});

test.each([
  ['a client that is made when first asked for', 'let client: any;\nexport const get = () => (client ??= connect());', 'made-once'],
  [
    'a setting that is read once',
    'let settings: any;\nexport async function get() { if (!settings) settings = await read(); return settings; }',
    'made-once',
  ],
  ['what a request says', 'let last: any;\nexport function place(order: any) { if (last) log(last); last = order; }', undefined],
  ['what grows out of itself', 'let total = "";\nexport function add() { total = total + "x"; return total; }', undefined],
  [
    'what is taken back',
    'let client: any;\nexport const get = () => (client ??= connect());\nexport const drop = () => { client = 0; };',
    undefined,
  ],
  [
    'a client that is forgotten when its making fails',
    'let made: any = null;\nexport async function get() { if (made !== null) return made;\n  made = (async () => { try { return await connect(); } catch (error) { made = null; throw error; } })(); return made; }',
    'made-once',
  ],
  [
    'a client that is forgotten when it closes',
    'let client: any;\nexport function get() { if (client) return client; client = connect(); client.on("end", () => { client = undefined; }); return client; }',
    'made-once',
  ],
  [
    'a promise that takes itself back',
    'let made: any;\nexport const get = () => (made ??= load().catch((error: any) => { made = null; throw error; }));',
    'made-once',
  ],
  [
    'what the caller orders to be made again',
    'let list: any;\nexport function get(again: boolean) { if (again) list = null; return (list ??= load()); }',
    undefined,
  ],
  [
    'what another function drops',
    'let client: any;\nexport const get = () => (client ??= connect());\nexport const drop = () => { client = null; };',
    undefined,
  ],
  [
    'what is made inside of what a request says',
    'let last: any;\nexport function get(shop: string) { return (last ??= (async () => connect(shop))()); }',
    undefined,
  ],
  ['a counter', 'let open = 0;\nexport const enter = () => { open++; };\nexport const leave = () => { open -= 1; };', 'counter'],
  ['a list', 'const open: string[] = [];\nexport const enter = (id: string) => { open.push(id); };', undefined],
  ['what its key keeps', 'const seen = new WeakMap();\nexport const see = (request: object) => { seen.set(request, 1); };', 'weak'],
])('the form of %s', (_title, code, form) => {
  expect(factsOf({ 'src/shop.ts': code }).map((fact) => fact.form)).toEqual([form]);
});

test.each([
  [
    'counts that only a report reads',
    'let hits = 0;\nexport const find = () => { hits++; };\nexport const report = () => hits;',
    ['report'],
  ],
  ['numbers that are taken', 'let next = 1;\nexport const take = () => next++;', ['take']],
  ['a limit that is checked', 'let open = 0;\nexport const enter = () => { if (++open > 9) throw new Error(); };', ['enter']],
  [
    'another module',
    'export const orders = new Map();\nexport const place = (id: string) => { orders.set(id, 1); };',
    ['look'],
    "import { orders as all } from './shop.ts';\nexport const look = (id: string) => all.get(id);",
  ],
])('who reads: %s', (_title, code, readers, other = '') => {
  const facts = factsOf({ 'src/shop.ts': code, 'src/other.ts': other });
  expect(facts.flatMap((fact) => fact.readers ?? []).map((symbol) => symbol.replace(/^.*#/, ''))).toEqual(readers);
});

const factsOf = (sources: Sources): readonly StateFact[] =>
  [
    ...moduleState.analyze({ program: programOf(sources), trace: emptyTrace, assets: new Map(), packages: [], sql: undefined as never }),
  ].filter((found): found is StateFact => 'kind' in found);
