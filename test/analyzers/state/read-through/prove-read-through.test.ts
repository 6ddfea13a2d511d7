import { expect, test } from 'vitest';
import { stateAnalyzers } from '../../../../analyzers/state/index.ts';
import type { StateFact } from '../../../../src/model/fact.ts';
import { nameOf } from '../../../../src/model/ids.ts';
import { emptyTrace } from '../../../support/findings.ts';
import { programOf, type Sources } from '../../../support/program.ts';

const LOAD = `
import { Pool } from 'pg';
const pool = new Pool();
export async function load(id: string) {
  const { rows } = await pool.query('select * from books where id = $1', [id]);
  return rows[0];
}`;

/** `prices by find: new Map()` for each cache that is proven. */
function provenIn(sources: Sources): readonly string[] {
  const files: Sources = { 'src/load.ts': LOAD, ...sources };
  const input = { program: programOf(files), trace: emptyTrace, assets: new Map(), packages: [], sql: undefined as never };
  const facts = stateAnalyzers.flatMap((analyzer) => [...analyzer.analyze(input)]) as readonly StateFact[];
  return facts.flatMap(({ symbol, readThrough }) => {
    if (readThrough === undefined) return [];
    const text = files[readThrough.store.file]?.slice(readThrough.store.start, readThrough.store.end);
    return [`${nameOf(symbol)} by ${readThrough.readers.map(nameOf).join(', ')}: ${text}`];
  });
}

const inShop = (code: string): Sources => ({ 'src/shop.ts': `import { load } from './load.ts';\n${code}` });

test.each([
  [
    'a map that is asked before the database',
    `const books = new Map<string, any>();
     export async function find(id: string) {
       const cached = books.get(id);
       if (cached) return cached;
       const book = await load(id);
       books.set(id, book);
       return book;
     }`,
    ['books by find: new Map<string, any>()'],
  ],
  [
    'one local for both',
    `const books = new Map();
     export async function find(id: string) {
       let book = books.get(id);
       if (book === undefined) {
         book = await load(id);
         books.set(id, book);
       }
       return book;
     }`,
    ['books by find: new Map()'],
  ],
  [
    'has before get',
    `const books = new Map();
     export async function find(id: string) {
       if (!books.has(id)) books.set(id, await load(id));
       return books.get(id);
     }`,
    ['books by find: new Map()'],
  ],
  [
    'a time to live, and a limit on its size',
    `const books = new Map<string, { value: any; until: number }>();
     export async function find(id: string) {
       const entry = books.get(id);
       if (entry && entry.until > Date.now()) return entry.value;
       const value = await load(id);
       if (books.size > 100) books.delete(books.keys().next().value as string);
       books.set(id, { value, until: Date.now() + 60 * 1000 });
       return value;
     }
     setInterval(() => {
       for (const [id, entry] of books) if (entry.until < Date.now()) books.delete(id);
     }, 1000);`,
    ['books by find: new Map<string, { value: any; until: number }>()'],
  ],
  [
    'a promise cache',
    `const books = new Map<string, Promise<any>>();
     export function find(id: string) {
       const pending = books.get(id) ?? load(id).finally(() => books.delete(id));
       books.set(id, pending);
       return pending;
     }`,
    ['books by find: new Map<string, Promise<any>>()'],
  ],
  [
    'an answer straight from the cache',
    `const pages = new Map();
     export async function show(request: any, response: any) {
       const page = pages.get(request.path);
       if (page) { response.json(page); return; }
       const fresh = await load(request.path);
       pages.set(request.path, fresh);
       response.json(fresh);
     }`,
    ['pages by show: new Map()'],
  ],
  [
    'an object by key',
    `const books: Record<string, any> = {};
     export async function find(id: string) {
       if (books[id]) return books[id];
       books[id] = await load(id);
       return books[id];
     }
     export const forget = (id: string) => { delete books[id]; };`,
    ['books by find: {}'],
  ],
  [
    'memoised configuration',
    `import { readFileSync } from 'node:fs';
     const settings = new Map<string, any>();
     export function settingsOf(tenant: string) {
       const known = settings.get(tenant);
       if (known !== undefined) return known;
       const read = JSON.parse(readFileSync('settings/' + tenant, 'utf8'));
       settings.set(tenant, read);
       return read;
     }`,
    ['settings by settingsOf: new Map<string, any>()'],
  ],
  [
    'functions around it',
    `const books = new Map();
     const cached = (id: string) => books.get(id)?.value;
     function keep(id: string, value: any) { books.set(id, { value, until: Date.now() }); return value; }
     export async function find(id: string) {
       const known = cached(id);
       return known ?? keep(id, await load(id));
     }`,
    ['books by find: new Map()'],
  ],
  [
    'a function that is handed how to load',
    `const books = new Map();
     async function remember(id: string, how: () => Promise<any>) {
       const known = books.get(id);
       if (known) return known;
       const value = await how();
       books.set(id, value);
       return value;
     }
     export const find = (id: string) => remember(id, () => load(id));`,
    ['books by find.<function 10:55>, remember: new Map()'],
  ],
  [
    'a class around it',
    `class Cache<T> {
       private readonly entries = new Map<string, T>();
       constructor(private readonly most: number) {}
       get(id: string) { return this.entries.get(id); }
       set(id: string, value: T) {
         if (this.entries.size >= this.most) this.entries.clear();
         this.entries.set(id, value);
       }
     }
     const books = new Cache<any>(10);
     export async function find(id: string) {
       const known = books.get(id);
       if (known) return known;
       const book = await load(id);
       books.set(id, book);
       return book;
     }`,
    ['books by find: new Map<string, T>()'],
  ],
  [
    'a package',
    `import { LRUCache } from 'lru-cache';
     const books = new LRUCache<string, any>({ max: 500, ttl: 60_000 });
     export async function find(id: string) {
       const known = books.get(id);
       if (known) return known;
       const book = await load(id);
       books.set(id, book);
       return book;
     }`,
    ['books by find: new LRUCache<string, any>({ max: 500, ttl: 60_000 })'],
  ],
])('proves %s', (_title, code, expected) => {
  expect(provenIn(inShop(code))).toEqual(expected);
});

test('proves an object of functions in another module, emptied by events', () => {
  const sources = {
    'src/cache.ts': `
      const entries = new Map<string, any>();
      let hits = 0;
      export const bookCache = {
        get(id: string) {
          const entry = entries.get(id);
          if (!entry || entry.until < Date.now()) { entries.delete(id); return undefined; }
          hits++;
          return entry.value;
        },
        set(id: string, value: any) { entries.set(id, { value, until: Date.now() + 1000 }); return value; },
        forget(id: string) { entries.delete(id); },
        stats() { return { size: entries.size, hits }; },
      };`,
    'src/events.ts': `
      import { EventEmitter } from 'node:events';
      import { bookCache } from './cache.ts';
      export const bus = new EventEmitter();
      bus.on('book.changed', ({ id }) => bookCache.forget(id));`,
    ...inShop(`
      import { bookCache } from './cache.ts';
      export async function find(id: string) {
        const cached = bookCache.get(id);
        if (cached) return cached;
        return bookCache.set(id, await load(id));
      }`),
  };
  expect(provenIn(sources)).toEqual(['entries by find: new Map<string, any>()']);
});

test.each([
  [
    'a counter for each key',
    `const visits = new Map<string, number>();
     export function count(id: string) { const next = (visits.get(id) ?? 0) + 1; visits.set(id, next); return next; }`,
  ],
  [
    'login attempts',
    `const attempts = new Map<string, any>();
     export async function attempt(name: string) {
       let entry = attempts.get(name);
       if (!entry) { entry = { account: await load(name), failures: 0 }; attempts.set(name, entry); }
       entry.failures++;
       return entry;
     }`,
  ],
  [
    'a bucket that runs dry',
    `const buckets = new Map<string, any>();
     export async function take(key: string) {
       const bucket = buckets.get(key) ?? { left: await load(key) };
       buckets.set(key, { left: bucket.left - 1 });
       return bucket;
     }`,
  ],
  [
    'sessions',
    `const sessions = new Map<string, any>();
     export async function login(name: string, token: string) { const user = await load(name); sessions.set(token, { user }); return token; }
     export const userOf = (token: string) => sessions.get(token)?.user;`,
  ],
  [
    'sessions that are made when there is none',
    `const sessions = new Map<string, any>();
     export async function sessionOf(id: string) {
       let session = sessions.get(id);
       if (!session) { session = { user: await load(id), basket: [] }; sessions.set(id, session); }
       return session;
     }`,
  ],
  [
    'a list of tokens that are no longer valid',
    `const revoked = new Map<string, boolean>();
     export const revoke = (token: string) => { revoked.set(token, true); };
     export const isRevoked = (token: string) => revoked.has(token);`,
  ],
  [
    'a queue',
    `const waiting = new Map<string, any>();
     export const enqueue = (id: string, job: any) => { waiting.set(id, job); };
     export function drain() { const jobs = [...waiting.values()]; waiting.clear(); return jobs; }`,
  ],
  [
    'a basket',
    `const baskets = new Map<string, any>();
     export function add(id: string, item: string) {
       let basket = baskets.get(id);
       if (!basket) { basket = { items: [] }; baskets.set(id, basket); }
       basket.items.push(item);
       return basket;
     }`,
  ],
  [
    'a value that its reader changes later',
    `const baskets = new Map<string, any>();
     async function basketOf(id: string) {
       const known = baskets.get(id);
       if (known) return known;
       const basket = await load(id);
       baskets.set(id, basket);
       return basket;
     }
     export async function add(id: string, item: string) { const basket = await basketOf(id); basket.items.push(item); }`,
  ],
  [
    'locks',
    `const locks = new Map<string, Promise<any>>();
     export function serially(id: string, work: () => Promise<any>) {
       const before = locks.get(id) ?? Promise.resolve();
       const after = before.then(work);
       locks.set(id, after);
       return after;
     }`,
  ],
  [
    'codes that are made up',
    `import { randomInt } from 'node:crypto';
     const codes = new Map<string, number>();
     export function codeOf(phone: string) {
       const known = codes.get(phone);
       if (known) return known;
       const code = randomInt(9999);
       codes.set(phone, code);
       return code;
     }`,
  ],
  [
    'what start-up code fills',
    `const books = new Map<string, any>();
     export async function warm() { for (const id of ['a', 'b']) books.set(id, await load(id)); }
     export const find = (id: string) => books.get(id);`,
  ],
  [
    'entries that are there from the start',
    `const books = new Map<string, any>([['a', 1]]);
     export async function find(id: string) { const known = books.get(id); if (known) return known; const book = await load(id); books.set(id, book); return book; }`,
  ],
  [
    'a second reader that does not load',
    `const books = new Map<string, any>();
     export async function find(id: string) { const known = books.get(id); if (known) return known; const book = await load(id); books.set(id, book); return book; }
     const peek = (id: string) => books.get(id);
     export const isKnown = (id: string) => peek(id) !== undefined;
     export const state = (id: string) => (isKnown(id) ? 'known' : 'unknown');
     export const routes = [state];`,
  ],
  [
    'a map that is handed on',
    `import { watch } from 'metrics';
     const books = new Map<string, any>();
     watch(books);
     export async function find(id: string) { const known = books.get(id); if (known) return known; const book = await load(id); books.set(id, book); return book; }`,
  ],
  [
    'a map that can be replaced',
    `let books = new Map<string, any>();
     export async function find(id: string) { const known = books.get(id); if (known) return known; const book = await load(id); books.set(id, book); return book; }`,
  ],
  [
    'a map that is exported and read elsewhere in a loop',
    `export const books = new Map<string, any>();
     export async function find(id: string) { const known = books.get(id); if (known) return known; const book = await load(id); books.set(id, book); return book; }
     export const all = () => { const list: any[] = []; for (const book of books.values()) list.push(book); return list; };`,
  ],
  [
    'a list of what was seen',
    `const seen = new Map<string, boolean>();
     export async function handle(id: string) { if (seen.get(id)) return true; await load(id); seen.set(id, true); return seen.get(id); }`,
  ],
])('does not take %s for a cache', (_title, code) => {
  expect(provenIn(inShop(code))).toEqual([]);
});

test('looks once at values that are made of each other again and again', () => {
  const steps = Array.from({ length: 40 }, (_, n) => `const s${n + 1} = join(s${n}, s${n});`).join('\n');
  const code = `const books = new Map<string, any>();
    const join = (left: any, right: any) => ({ left, right });
    export async function find(id: string) {
      const known = books.get(id);
      if (known) return known;
      const s0 = await load(id);
      ${steps}
      books.set(id, s40);
      return s40;
    }`;
  expect(provenIn(inShop(code))).toEqual(['books by find: new Map<string, any>()']);
});
