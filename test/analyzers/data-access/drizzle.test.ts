import { describe, expect, test } from 'vitest';
import { drizzle } from '../../../analyzers/data-access/drizzle.ts';
import { findingsOf } from '../../support/findings.ts';

const schema = `import { integer, pgSchema, pgTable, pgTableCreator, text } from 'drizzle-orm/pg-core';
import { relations } from 'drizzle-orm';
const table = pgTableCreator((name) => \`shop_\${name}\`);
export const authors = pgTable('authors', { id: integer('id').primaryKey(), name: text('full_name') });
export const books = pgTable('books', { id: integer(), authorId: integer('author_id').notNull().references(() => authors.id) });
export const loans = table('loans', { id: integer('id') });
export const bills = pgSchema('billing').table('bills', { id: integer('id') });
export const bookRelations = relations(books, ({ one, many }) => ({ author: one(authors), loans: many(loans) }));
`;
const database = `import { drizzle } from 'drizzle-orm/node-postgres';
import * as schema from './schema.ts';
export const db = drizzle('url', { schema });
`;
const findings = (code: string) =>
  findingsOf(drizzle, {
    'src/schema.ts': schema,
    'src/db.ts': database,
    'src/books.ts': `import { db } from './db.ts';\nimport { authors, bills, books, loans } from './schema.ts';\n${code}`,
  });
const found = async (code: string) => (await findings(code)).filter((line) => !line.startsWith('table '));

test('a table that a factory is given, on a client that a function gives', async () => {
  const code = `import { eq } from 'drizzle-orm';
export const createShelf = ({ table, getDb }: any) => ({
  add: (row: object) => getDb().insert(table).values(row),
  find: (id: number) => getDb().select().from(table).where(eq(table.id, id)),
  list: (rows: any) => Array.from(rows),
});`;
  expect(await found(code)).toEqual(['! unknown-table: drizzle, table']);
});

test('tables with their names, columns and foreign keys', async () => {
  expect(await findings('')).toEqual([
    'table authors (id full_name)',
    'table billing.bills (id)',
    'table books (id author_id) -> authors',
    'table shop_loans (id)',
  ]);
});

describe('queries', () => {
  test.each([
    ['select', 'export const run = () => db.select().from(books).leftJoin(authors, null);', ['run read authors', 'run read books']],
    ['insert', 'export const run = () => db.insert(loans).values({});', ['run create shop_loans']],
    ['upsert', 'export const run = () => db.insert(books).values({}).onConflictDoUpdate({});', ['run upsert books']],
    ['update', 'export const run = () => db.update(bills).set({});', ['run update billing.bills']],
    ['delete', 'export const run = () => db.delete(books);', ['run delete books']],
    [
      'relational queries',
      'export const run = () => db.query.books.findMany({ with: { author: true, loans: { limit: 1 } } });',
      ['run read authors', 'run read books', 'run read shop_loans'],
    ],
    [
      'a relation nobody knows',
      'export const run = (wanted: any) => db.query.books.findFirst({ with: wanted });',
      ['! partial-query: drizzle, query.books.findFirst(…)', 'run read books'],
    ],
    [
      'a table that callers name',
      'const all = (table: any) => db.select().from(table);\nexport const run = () => all(books);',
      ['run read books'],
    ],
    ['methods of collections are none', "export const run = (map: Map<string, any>) => [map.delete('books'), Array.from([1])];", []],
    [
      'a transaction',
      'export const run = () => db.transaction(async (tx) => { await tx.insert(books).values({}); });',
      ['run.<function 3:41> create books in run@3', 'transaction callback run@3'],
    ],
  ])('%s', async (_title, code, expected) => expect(await found(code)).toEqual(expected));
});

test('tables that subclasses give to a base class', async () => {
  const code = `abstract class Store { constructor(protected table: any) {}
  all() { return db.select().from(this.table); } }
export class Books extends Store { constructor() { super(books); } }
export const run = (store: Books) => store.all();`;
  expect(await found(code)).toEqual(['run read books']);
});

describe('pieces of SQL in queries', () => {
  const sqlFound = (code: string) => found(`import { and, sql } from 'drizzle-orm';\n${code}`);
  test.each([
    [
      'a table in a subquery',
      'export const run = () => db.select().from(books).where(sql`exists (select 1 from ${loans} l where l.id = ${books.id})`);',
      ['run read books', 'run read shop_loans'],
    ],
    [
      'a name in a subquery',
      'export const run = () => db.select().from(books).having(sql`${books.id} in (select id from authors)`);',
      ['run read authors', 'run read books'],
    ],
    [
      'an order',
      'export const run = () => db.select().from(books).orderBy(sql`(select count(*) from ${loans}) desc nulls last`);',
      ['run read books', 'run read shop_loans'],
    ],
    [
      'a piece that is kept, in a transaction',
      'export const run = () => db.transaction(async (tx) => { await tx.delete(books).where(and(sql`not exists (select 1 from ${loans})`)); });',
      ['run.<function 4:41> delete books in run@4', 'run.<function 4:41> read shop_loans in run@4', 'transaction callback run@4'],
    ],
    ['a statement', 'export const run = () => db.execute(sql`select 1 from ${loans}, tags`);', ['run read shop_loans']],
    ['columns only', 'export const run = () => db.select().from(books).orderBy(sql`lower(${books.id})`);', ['run read books']],
    [
      'a table nobody knows',
      'export const run = (other: any) => db.select().from(books).where(sql`exists (select 1 from ${other})`);',
      ['! unknown-table: drizzle, …', 'run read books'],
    ],
    [
      'what cannot be read',
      'export const run = () => db.select().from(books).where(sql`exists (select 1 from ${loans}`);',
      ['! partial-query: drizzle, exists (select 1 from …', 'run read books'],
    ],
  ])('%s', async (_title, code, expected) => expect(await sqlFound(code)).toEqual(expected));
});
