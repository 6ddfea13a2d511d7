import { describe, expect, test } from 'vitest';
import { knex } from '../../../analyzers/data-access/knex.ts';
import { findingsOf } from '../../support/findings.ts';
import { traceOf } from '../../support/trace.ts';

const db = "import createKnex from 'knex';\nexport const db = createKnex({});\n";
const found = (code: string) =>
  findingsOf(knex, { 'src/db.ts': db, 'src/books.ts': `import { db } from './db.ts';\n${code}` }, { dependencies: ['knex'] });

describe('chains', () => {
  test.each([
    ['read', "export const run = () => db('books').where({ id: 1 }).first();", ['run read books']],
    ['an alias', "export const run = () => db('books as b').select();", ['run read books']],
    ['from', "export const run = () => db.select('id').from('books');", ['run read books']],
    ['insert', "export const run = () => db('books').insert({});", ['run create books']],
    ['insert of many', "export const run = () => db.batchInsert('books', [{}], 30);", ['run create books']],
    ['upsert', "export const run = () => db('books').insert({}).onConflict('id').merge();", ['run upsert books']],
    ['update', "export const run = () => db('books').where({}).update({});", ['run update books']],
    ['delete', "export const run = () => db('books').del();", ['run delete books']],
    ['joins', "export const run = () => db('books').leftJoin('authors as a', 'a.id', 'author');", ['run read authors', 'run read books']],
    ['a schema', "export const run = () => db('books').withSchema('shop').select();", ['run read shop.books']],
    ['a constant', "const T = { books: 'books' };\nexport const run = () => db(T.books).select();", ['run read books']],
    [
      'a subquery',
      "export const run = () => db('books').whereIn('id', (q: any) => q.select('book').from('loans'));",
      ['run read books', 'run.<function 2:52> read loans'],
    ],
    ['a CTE is no table', "export const run = () => db.with('late', db('loans').select()).from('late');", ['run read loans']],
    [
      'a query kept in a variable',
      "export function run() { const query = db('books').where({}); return query.update({}); }",
      ['run read books', 'run update books'],
    ],
    [
      'a query that a method begins',
      "export class Books { active() { return db('books').where({}); }\n clear() { return this.active().del(); } }",
      ['Books.active read books', 'Books.clear delete books'],
    ],
    [
      'a client in a field',
      "import type { Knex } from 'knex';\nexport class Books { constructor(private db: Knex) {}\n all() { return this.db('books').select(); } }",
      ['Books.all read books'],
    ],
    ['a query that is only awaited', "export async function run() { const query = db('books'); return await query; }", ['run read books']],
    [
      'a computed method names no table',
      "export const run = (like: 'where') => { const query = db('books'); query[like]('authors.name', 1); return db('loans').where({})[like]('readers'); };",
      ['run read books', 'run read loans'],
    ],
    ['a computed table', 'export const run = () => db(Math.random() as any).select();', ['! unknown-table: knex, …']],
  ])('%s', async (_title, code, expected) => expect(await found(code)).toEqual(expected));
});

test('tables that migrations make with the schema builder, and no accesses', async () => {
  const first = `import type { Knex } from 'knex';
export async function up(knex: Knex) {
  await knex.schema
    .createTable('authors', (table) => { table.increments(); table.string('name').notNullable(); table.timestamps(true, true); })
    .createTable('books', (table) => {
      table.uuid('id').primary();
      table.integer('author_id').notNullable().references('id').inTable('authors').onDelete('cascade');
      table.integer('shelf_id');
      table.foreign('shelf_id').references('shelves.id');
      table.index(['author_id']);
    });
  for (const name of names()) await knex.schema.createTable(name, () => {});
  await knex.schema.createTable('old', (table) => { table.text('note'); });
}
export async function down(knex: Knex) { await knex.schema.dropTable('books'); await knex.schema.dropTable('authors'); }`;
  const second = `exports.up = (knex) => knex.schema
  .table('books', (t) => { t.text('title'); t.dropColumn('shelf_id'); })
  .dropTable('old');`;
  const sources = { 'migrations/1_first.ts': first, 'migrations/2_second.js': second };
  expect(await findingsOf(knex, sources, { dependencies: ['knex'] })).toEqual([
    '! unknown-table: knex, name',
    'table authors (id name created_at updated_at)',
    'table books (id author_id title) -> authors',
  ]);
});

test('a client that is made names no table', async () => {
  const code = "const knex = require('knex')({ client: 'pg' });\nexports.all = () => knex('books').select();";
  expect(await findingsOf(knex, { 'src/books.js': code }, { dependencies: ['knex'] })).toEqual(['exports.all read books']);
});

test('a client that a plugin puts on the application', async () => {
  const code = `import fastify from 'fastify';
import fp from 'fastify-plugin';
import createKnex from 'knex';
const app = fastify();
app.register(fp(async (desk) => { desk.decorate('db', createKnex({})); }));
app.register(async (desk) => {
  desk.get('/books', () => desk.db.transaction(async (trx) => trx('books').update({})));
  desk.get('/loans', () => desk.db('loans').where({ open: true }));
});
app.listen({ port: 80 });`;
  const sources = { 'src/main.ts': code };
  const { trace } = traceOf({ files: sources }, { entries: ['src/main.ts'] });
  expect(await findingsOf(knex, sources, { dependencies: ['knex'], trace })).toEqual([
    '<function 6:14>.<function 7:22>.<function 7:48> update books in <function 6:14>.<function 7:22>@7',
    '<function 6:14>.<function 8:22> read loans',
    'transaction callback <function 6:14>.<function 7:22>@7',
  ]);
});

test('tables that callers name', async () => {
  const code = `const all = (table: string) => db(table).select();
export const books = () => all('books');
export class Store { constructor(private table: string) {}\n all() { return db(this.table).select(); } }
export const loans = new Store('loans');`;
  expect(await found(code)).toEqual(['Store.all read loans', 'books read books']);
});

test('transactions', async () => {
  const code = `export const lend = () => db.transaction(async (trx) => {
  await trx('books').update({});
  await db('loans').transacting(trx).insert({});
  await db('log').insert({});
});`;
  expect(await found(code)).toEqual([
    'lend.<function 2:42> create loans in lend@2',
    'lend.<function 2:42> create log',
    'lend.<function 2:42> update books in lend@2',
    'transaction callback lend@2',
  ]);
});

test.each([
  ['assigned', 'let trx = given; if (!trx) trx = await db.transaction();'],
  ['chosen', 'const trx = given ?? (await db.transaction());'],
])('a transaction of its own where none is given: %s', async (_title, begin) => {
  const code = `const store = async (given?: any) => {
  ${begin}
  await trx('books').update({});
};
export const give = () => db.transaction(async (trx) => { await store(trx); });`;
  expect(await found(code)).toEqual([
    'store update books in give@6',
    'store update books in store@3',
    'transaction callback give@6',
    'transaction manual store@3',
  ]);
});

test('a transaction that a unit of work begins on a client that a function gives', async () => {
  const code = `import type { Knex } from 'knex';
class Work {
  constructor(private shelf: () => Knex) {}
  async within(work: (trx: Knex) => Promise<void>, given?: Knex) {
    const knex = this.shelf();
    let trx = given;
    if (!trx) trx = await knex.transaction();
    await work(trx);
  }
}
export const lend = (work: Work) => work.within(async (trx) => { await trx('loans').insert({}); });`;
  expect(await found(code)).toEqual(['lend.<function 12:49> create loans in lend@12', 'transaction callback lend@12']);
});

test('is silent where knex is not installed', async () => {
  expect(await findingsOf(knex, { 'src/books.ts': "export const run = (db: any) => db('books').insert({});" })).toEqual([]);
});

test('tables that classes name for a base class', async () => {
  const code = `abstract class Store { protected abstract table: string;
  constructor(protected name: string) {}
  all() { return db(this.table).select(); }
  one() { return db(this.name + ' as t').first(); } }
export class Books extends Store { protected table = 'books'; constructor() { super('titles'); } }
export class Loans extends Store { protected table = 'loans'; constructor() { super('terms'); } }
export const run = (books: Books, loans: Loans) => [books.all(), loans.one()];`;
  expect(await found(code)).toEqual(['run read books', 'run read terms']);
});

test.each([
  ['a repository', 'export class Books { constructor(private books: EntityRepository<object>) {}'],
  ['what it is cast to', 'export class Books { books: any;'],
])('the client that %s of MikroORM hands out', async (_title, head) => {
  const code = `import { EntityRepository } from '@mikro-orm/knex';\n${head}
async run() { const knex = (this.books as any).getKnex(); await knex('books').where({}).update({}); return this.books.getKnex()('loans').select(); } }`;
  expect(await findingsOf(knex, { 'src/books.ts': code }, { dependencies: ['@mikro-orm/knex'] })).toEqual([
    'Books.run read loans',
    'Books.run update books',
  ]);
});

test('schemas of tables, and functions that a migration hands the table builder to', async () => {
  const code = `import type { Knex } from 'knex';
function addTimes(table: Knex.CreateTableBuilder) { table.timestamp('made'); return table; }
const loans = (table: Knex.CreateTableBuilder) => { table.increments(); addTimes(table); };
export async function up(knex: Knex) {
  await knex.schema.withSchema('shop').createTable('books', (table) => { table.increments(); addTimes(table); }).createTable('loans', loans);
  await knex.schema.createTable('authors', loans);
  await knex.schema.withSchema('shop').renameTable('loans', 'lendings');
}`;
  expect(await findingsOf(knex, { 'migrations/1_first.ts': code }, { dependencies: ['knex'] })).toEqual([
    'table authors (id made)',
    'table shop.books (id made)',
    'table shop.lendings (id made)',
  ]);
});
