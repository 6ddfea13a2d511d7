import { describe, expect, test } from 'vitest';
import { sqlStrings } from '../../../analyzers/data-access/sql-strings.ts';
import { createSqlParser } from '../../../src/lib/sql/sql-parser.ts';
import { emptyTrace, findingsOf } from '../../support/findings.ts';
import { programOf } from '../../support/program.ts';

const pool = "import { Pool } from 'pg';\nexport const pool = new Pool();\n";
const found = (code: string, others: Readonly<Record<string, string>> = {}) =>
  findingsOf(sqlStrings, { 'src/pool.ts': pool, ...others, 'src/books.ts': code });

describe('texts', () => {
  test.each([
    ['a literal', "export const list = () => pool.query('SELECT * FROM books');", ['list read books']],
    ['a template', 'export const find = (id: string) => pool.query(`SELECT * FROM books WHERE id = ${id}`);', ['find read books']],
    ['a query object', "export const list = () => pool.query({ text: 'SELECT * FROM books', values: [] });", ['list read books']],
    [
      'a client whose methods bluebird promisifies',
      "import mysql from 'mysql';\nconst db = mysql.createPool({});\nexport const lend = () => db.queryAsync('INSERT IGNORE INTO loans SET ?', {});",
      ['lend create loans'],
    ],
    [
      'a query object of mysql',
      "import mysql from 'mysql2';\nconst db = mysql.createPool({});\nexport const lend = () => db.query({ sql: 'REPLACE INTO loans SET ?', values: [] });",
      ['lend upsert loans'],
    ],
    ['a constant', "const ALL = 'SELECT * FROM books';\nexport const list = () => pool.query(ALL);", ['list read books']],
    ['a folded name', "const T = 'books';\nexport const list = () => pool.query(`SELECT * FROM ${T}`);", ['list read books']],
    ['a member', "const SQL = { all: 'SELECT * FROM books' };\nexport const list = () => pool.query(SQL.all);", ['list read books']],
    ['a sum', "export const list = () => pool.query('SELECT * FROM ' + 'books');", ['list read books']],
    [
      'a choice',
      "export const list = (old: boolean) => pool.query(old ? 'SELECT * FROM archive' : 'SELECT * FROM books');",
      ['list read archive', 'list read books'],
    ],
    [
      'what is added later',
      "export function list(all: boolean) {\n let sql = 'SELECT * FROM books b';\n if (all) sql += ' JOIN loans l ON l.book = b.id';\n return pool.query(sql);\n}",
      ['list read books', 'list read loans'],
    ],
    [
      'joined conditions',
      "export function list(tag: string) {\n const where = ['true'];\n if (tag) where.push('id IN (SELECT book FROM tags)');\n return pool.query(`SELECT * FROM books WHERE ${where.join(' AND ')}`);\n}",
      ['list read books', 'list read tags'],
    ],
    [
      'a function that builds it',
      "const from = (rest: string) => `SELECT * FROM books ${rest}`;\nexport const list = () => pool.query(from('ORDER BY id'));",
      ['list read books'],
    ],
    [
      'forwarded arguments',
      "const run = (...args: any[]) => pool.query(...(args as [string]));\nexport const list = () => run('SELECT * FROM books');",
      ['list read books'],
    ],
    [
      'a table the instance knows',
      "class Store { constructor(private table: string) {}\n all() { return pool.query(`SELECT * FROM ${this.table}`); } }\nexport const books = new Store('books');",
      ['Store.all read books'],
    ],
    [
      'values that a template binds, whatever they hold',
      "declare const prisma: any;\nexport const list = (shop: any) => { const from = shop ? `'${shop}'` : null; return prisma.$queryRaw`SELECT * FROM books WHERE since > ${from} AND kind = ${'novel'}::text`; };",
      ['list read books'],
    ],
    [
      'pieces of SQL in a template that binds values',
      "import { Prisma } from '@prisma/client';\ndeclare const prisma: any;\nconst since = (year: any) => (year ? Prisma.sql`JOIN loans ON loans.book = books.id AND year > ${year}` : Prisma.empty);\nexport const list = (year: any) => prisma.$queryRaw`SELECT * FROM ${Prisma.raw('books')} ${since(year)} WHERE id IN (${Prisma.join([1, 2])})`;",
      ['list read books', 'list read loans'],
    ],
    [
      'what callers pass for a value that a template binds',
      "import { Prisma } from '@prisma/client';\ndeclare const prisma: any;\nconst from = (source: any) => prisma.$queryRaw`SELECT * FROM ${source}`;\nexport const list = () => from(Prisma.sql`books`);",
      ['list read books'],
    ],
    ['a tagged template', 'declare const sql: any;\nexport const list = () => sql`SELECT * FROM books`;', ['list read books']],
    ['an unknown client, when the text is SQL', "export const list = (db: any) => db.query('SELECT * FROM books');", ['list read books']],
    ['other methods of that name', "export const list = (page: any) => page.query('.title');", []],
    ['other packages', "import axios from 'axios';\nexport const list = () => axios.get('/select');", []],
  ])('%s', async (_title, code, expected) => {
    expect(await found(`import { pool } from './pool.ts';\n${code}`)).toEqual(expected);
  });
});

test('a template that a client runs counts once', async () => {
  const code =
    "import { sql } from 'slonik';\nexport const list = (db: any, name: any) => db.any(sql`SELECT * FROM books b JOIN ${name} n ON true`);";
  const program = programOf({ 'src/books.ts': code });
  const all = [...sqlStrings.analyze({ program, trace: emptyTrace, assets: new Map(), packages: [], sql: await createSqlParser() })];
  expect(all.map((one) => ('code' in one ? one.code : one.kind))).toEqual(['unknown-table', 'table-access']);
});

describe('what cannot be read is said', () => {
  test.each([
    [
      'broken SQL',
      "export const list = () => pool.query('SELECT * FORM books');",
      ['! unreadable-sql: syntax error at or near "FORM" in SELECT * FORM books'],
    ],
    ['a table in a hole', 'export const list = () => pool.query(`SELECT * FROM ${Math.random()}`);', ['! unknown-table: pg, …']],
    [
      'a piece in a hole',
      'export const list = () => pool.query(`SELECT * FROM books WHERE ${Math.random()}`);',
      ['! partial-query: pg, SELECT * FROM books WHERE …', 'list read books'],
    ],
    [
      'a parameter nobody passes',
      'export const run = (text: string) => pool.query(text);',
      ['! unreadable-sql: it comes in as parameter "text", and no call that passes it is known'],
    ],
  ])('%s', async (_title, code, expected) => {
    expect(await found(`import { pool } from './pool.ts';\n${code}`)).toEqual(expected);
  });
});

describe('wrappers', () => {
  const query =
    "import { pool } from './pool.ts';\nexport const query = (text: string, values?: unknown[], client?: any) => (client ?? pool).query(text, values);\n";

  test.each([
    ['one', "import { query } from './query.ts';\nexport const list = () => query('SELECT * FROM books');", ['list read books']],
    [
      'two',
      "import { query } from './query.ts';\nconst first = async (text: string) => (await query(text)).rows[0];\nexport const find = () => first('SELECT * FROM books');",
      ['find read books'],
    ],
    [
      'a class',
      "import { query } from './query.ts';\nclass Db { run(text: string) { return query(text); } }\nclass Books { constructor(private db: Db) {}\n list() { return this.db.run('SELECT * FROM books'); } }\nexport { Books };",
      ['Books.list read books'],
    ],
    [
      'a table that callers name',
      "import { query } from './query.ts';\nconst all = (table: string) => query(`SELECT * FROM ${table}`);\nexport const books = () => all('books');\nexport const loans = () => all('loans');",
      ['books read books', 'loans read loans'],
    ],
  ])('%s', async (_title, code, expected) => {
    expect(await found(code, { 'src/query.ts': query })).toEqual(expected);
  });
});

describe('prepared statements', () => {
  const header = "import Database from 'better-sqlite3';\nconst db = new Database('shop.db');\n";
  test.each<[string, string, readonly string[]]>([
    [
      'count where they are run',
      "const insert = db.prepare('INSERT INTO books (title) VALUES (?)');\nexport const add = (title) => insert.run(title);",
      ['add create books'],
    ],
    ['run at once', "export const one = (id) => db.prepare('SELECT * FROM books WHERE id = ?').get(id);", ['one read books']],
    [
      'kept in a field',
      "class Shelf { private readonly books = db.prepare('SELECT * FROM books'); list(id) { return this.books.all(id); } }\nexport const shelf = new Shelf();",
      ['Shelf.list read books'],
    ],
    ['whose run is not seen', "export const statement = db.prepare('DELETE FROM books');", ['<module> delete books']],
  ])('%s', async (_title, code, expected) =>
    expect((await findingsOf(sqlStrings, { 'src/books.ts': header + code })).filter((line) => !line.startsWith('table '))).toEqual(
      expected,
    ),
  );
});

describe('transactions of better-sqlite3', () => {
  const header =
    "import Database from 'better-sqlite3';\nconst db = new Database('shop.db');\nconst insert = db.prepare('INSERT INTO books (title) VALUES (?)');\n";
  test.each<[string, string, readonly string[]]>([
    [
      'what the function runs',
      "export const addAll = db.transaction((books) => {\n for (const book of books) insert.run(book.title);\n db.exec('DELETE FROM drafts'); });",
      [
        'addAll.<function 4:38> create books in addAll.<function 4:38>@4',
        'addAll.<function 4:38> delete drafts in addAll.<function 4:38>@4',
        'transaction callback addAll.<function 4:38>@4',
      ],
    ],
    [
      'begun in a function',
      "export function addAll(books) { const run = db.transaction(() => { for (const book of books) insert.run(book.title); }); run.immediate();\n db.exec('DELETE FROM drafts'); }",
      ['addAll delete drafts', 'addAll.run.<function 4:60> create books in addAll@4', 'transaction callback addAll@4'],
    ],
    [
      'a function by its name',
      'function add(title) { insert.run(title); }\nexport const addOne = db.transaction(add);',
      ['add create books in add@5', 'transaction callback add@5'],
    ],
    [
      'a helper of the program',
      'const within = (work) => db.transaction(work)();\nexport const add = (title) => within(() => insert.run(title));',
      ['add.<function 5:38> create books in add@5', 'transaction callback add@5'],
    ],
    ['outside', 'export const add = (title) => insert.run(title);', ['add create books']],
  ])('%s', async (_title, code, expected) =>
    expect((await findingsOf(sqlStrings, { 'src/books.ts': header + code })).filter((line) => !line.startsWith('table '))).toEqual(
      expected,
    ),
  );
});

describe('mssql', () => {
  const header = "import sql from 'mssql';\n";
  test.each<[string, string, readonly string[]]>([
    [
      'requests of a pool',
      "export async function find(id) { const pool = await sql.connect({}); const { recordset } = await pool.request().input('id', sql.Int, id).query('SELECT * FROM [Books] WHERE [Id] = @id'); return recordset; }",
      ['find read Books'],
    ],
    ['a template', 'export const find = (id) => sql.query`SELECT * FROM [Books] WHERE [Id] = ${id}`;', ['find read Books']],
    ['a procedure', "export const find = (request: sql.Request) => request.execute('FindBooks');", ['! unknown-table: mssql, FindBooks()']],
    [
      'a prepared statement',
      "export async function find(pool) { const statement = new sql.PreparedStatement(pool); await statement.prepare('SELECT * FROM [Books]'); return statement.execute({ id: 1 }); }",
      ['find read Books'],
    ],
    [
      'a transaction',
      "export async function lend(pool: sql.ConnectionPool) { const transaction = new sql.Transaction(pool);\n await transaction.begin();\n const request = new sql.Request(transaction); await request.query('UPDATE [Books] SET lent = 1');\n await transaction.request().input('id', 1).query('INSERT INTO [Loans] (id) VALUES (@id)');\n await pool.request().query('DELETE FROM [Drafts]'); await transaction.commit(); }",
      ['lend create Loans in lend@3', 'lend delete Drafts', 'lend update Books in lend@3', 'transaction manual lend@3'],
    ],
    [
      'a transaction that functions are handed',
      "const save = (transaction) => new sql.Request(transaction).query('UPDATE [Books] SET lent = 1');\nexport async function lend(pool: sql.ConnectionPool) { const transaction = pool.transaction(); await transaction.begin(sql.ISOLATION_LEVEL.SERIALIZABLE); await save(transaction); await transaction.commit(); }",
      ['save update Books in lend@3:102', 'transaction manual lend@3:102'],
    ],
    [
      'callbacks',
      "export function lend(pool: sql.ConnectionPool) { const transaction = new sql.Transaction(pool); transaction.begin((error) => {\n new sql.Request(transaction).query('UPDATE [Books] SET lent = 1', () => transaction.commit(() => {})); }); }",
      ['lend.<function 2:115> update Books in lend@2:97', 'transaction manual lend@2:97'],
    ],
    [
      'mysql with callbacks',
      "import mysql from 'mysql2';\nconst connection = mysql.createConnection({});\nexport function lend() { connection.beginTransaction((error) => { connection.query('UPDATE books SET lent = 1', () => connection.commit(() => {})); }); }\nexport const list = () => connection.query('SELECT * FROM shelves');",
      ['lend.<function 4:54> update books in lend@4', 'list read shelves', 'transaction manual lend@4'],
    ],
  ])('%s', async (_title, code, expected) =>
    expect((await findingsOf(sqlStrings, { 'src/books.ts': header + code })).filter((line) => !line.startsWith('table '))).toEqual(
      expected,
    ),
  );
});

describe('transactions', () => {
  test('begun on a connection', async () => {
    const code =
      "import mysql from 'mysql2/promise';\nconst pool = mysql.createPool({});\nexport async function lend() { const c = await pool.getConnection(); await c.query('SELECT 1 FROM books'); await c.beginTransaction(); await c.query('UPDATE loans SET n = 1'); await c.commit(); }";
    const lines = await findingsOf(sqlStrings, { 'src/loans.ts': code });
    expect(lines).toContain('lend update loans in lend@3:114');
    expect(lines).toContain('lend read books');
  });

  const helper = `import type { PoolClient } from 'pg';
import { pool } from './pool.ts';
export async function withTransaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}`;

  test("begun by the program's own classes", async () => {
    const code = `interface Executor { query(text: string): Promise<any> }
interface Loan extends Executor { commit(): Promise<void>; rollback(): Promise<void> }
declare class Desk implements Executor { query(text: string): Promise<any>; beginTransaction(): Promise<Loan>; begin(): Promise<Executor> }
export async function lend(desk: Desk) {
  const loan = await desk.beginTransaction();
  await loan.query('UPDATE books SET lent = true');
  await desk.query('INSERT INTO log VALUES (1)');
  await loan.commit();
  const other = await desk.begin();
  await other.query('DELETE FROM shelves');
}`;
    expect(await found(code)).toEqual([
      'lend create log',
      'lend delete shelves',
      'lend update books in lend@5',
      'transaction manual lend@5',
    ]);
  });

  test('begun by hand', async () => {
    const code = `import { pool } from './pool.ts';
export async function lend() {
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('UPDATE books SET lent = true');
  await note(client);
  await pool.query('INSERT INTO log VALUES (1)');
  await client.query('COMMIT');
}
const note = (client: any) => client.query('INSERT INTO loans VALUES (1)');`;
    expect(await found(code)).toEqual([
      'lend create log',
      'lend update books in lend@4',
      'note create loans in lend@4',
      'transaction manual lend@4',
    ]);
  });

  test('begun by hand hold for what comes after', async () => {
    const code = `import { pool } from './pool.ts';
export async function lend() {
  const client = await pool.connect();
  const found = await client.query('SELECT id FROM books');
  if (found.rows.length === 0) return;
  await client.query('BEGIN');
  await client.query('UPDATE loans SET lent = true');
  await client.query('COMMIT');
}`;
    expect(await found(code)).toEqual(['lend read books', 'lend update loans in lend@6', 'transaction manual lend@6']);
  });

  test('of a helper belong to its callers, and follow the client', async () => {
    const code = `import { pool } from './pool.ts';
import { withTransaction } from './transaction.ts';
const insertLoan = (client?: any) => (client ?? pool).query('INSERT INTO loans VALUES (1)');
export const lend = () => withTransaction(async (client) => {
  await client.query('UPDATE books SET lent = true');
  await insertLoan(client);
});
export const renew = () => withTransaction((tx) => insertLoan(tx));
export const backdate = () => insertLoan();`;
    expect(await found(code, { 'src/transaction.ts': helper })).toEqual([
      'insertLoan create loans',
      'insertLoan create loans in lend@4',
      'insertLoan create loans in renew@8',
      'lend.<function 4:43> update books in lend@4',
      'transaction callback lend@4',
      'transaction callback renew@8',
    ]);
  });

  test('of knex', async () => {
    const code = `import knexFactory from 'knex';
const knex = knexFactory({});
export const lend = () => knex.transaction(async (trx) => {
  await trx.raw('UPDATE books SET lent = true');
});`;
    expect(await found(code)).toEqual(['lend.<function 3:44> update books in lend@3', 'transaction callback lend@3']);
  });
});

test('what a builder defines for one query is no table of the SQL beside it', async () => {
  const code = `import knexFactory from 'knex';
const knex = knexFactory({});
export const late = () => knex
  .with('due', knex('loans').where({ late: true }))
  .with('ranked', knex.raw('SELECT book, count(*) FROM due JOIN books ON books.id = book GROUP BY book'))
  .from('ranked');`;
  expect(await found(code)).toEqual(['late read books']);
});

describe('tables', () => {
  test('stand as the last migration leaves them', async () => {
    expect(
      await found('export {};', {
        'db/1-first.sql':
          'CREATE TABLE authors (id int);\nCREATE TABLE novels (id int, author int REFERENCES authors);\nCREATE TABLE old (id int);',
        'db/2-second.sql': 'ALTER TABLE novels RENAME TO books; ALTER TABLE books ADD COLUMN title text; DROP TABLE old;',
        'db/2-second.down.sql': 'DROP TABLE books;',
        'db/2.undo.second.sql': 'DROP TABLE books;',
        'db/U2__second.sql': 'DROP TABLE books;',
        'db/3-mixed.sql':
          'CREATE TABLE loans (id int) ENGINE=InnoDB;\n\\connect x\nCREATE TABLE shelves (id int);\n-- migrate:down\nDROP TABLE shelves;',
      }),
    ).toEqual(['table authors (id)', 'table books (id author title) -> authors', 'table loans (id)', 'table shelves (id)']);
  });

  test('that no dialect reads are told once for each folder', async () => {
    const broken = 'CREATE TABLE loans BY ROW (id int);\nALTER TABLE loans;';
    expect(
      await found('export {};', {
        'db/migrations/1-first/migration.sql': broken,
        'db/migrations/2-second/migration.sql': broken,
        'db/shop.sql': 'CREATE TABLE books BY ROW (id int);',
      }),
    ).toEqual(['! unreadable-sql: syntax error at or near "BY"', '! unreadable-sql: syntax error at or near "BY", db/migrations, 4']);
  });

  test('behind a view are read through it', async () => {
    const code = "import { pool } from './pool.ts';\nexport const late = () => pool.query('SELECT * FROM late');";
    expect(await found(code, { 'db/late.sql': 'CREATE VIEW late AS SELECT * FROM loans JOIN books ON true;' })).toEqual([
      'late read books',
      'late read loans',
    ]);
  });

  test('made by code, not by what undoes it', async () => {
    const code = `import { pool } from './pool.ts';
export async function up() { await pool.query('CREATE TABLE books (id int)'); }
export async function down() { await pool.query('DROP TABLE books'); }`;
    expect(await found(code)).toEqual(['table books (id)']);
  });
});

describe('names of tables that code gives', () => {
  const slonik = "import { createPool, sql } from 'slonik';\nexport const pool: any = await createPool('url');\n";
  const identified = async (code: string) =>
    findingsOf(sqlStrings, {
      'src/db.ts': slonik,
      'src/books.ts': `import { sql } from 'slonik';\nimport { pool } from './db.ts';\n${code}`,
    });
  test.each([
    [
      'an identifier',
      "export const run = () => pool.any(sql.unsafe`SELECT * FROM ${sql.identifier(['shop', 'books'])} WHERE id = ${1}`);",
      ['run read shop.books'],
    ],
    [
      'of a base class',
      `abstract class Store { protected abstract table: string;
  all() { return pool.any(sql.unsafe\`SELECT * FROM \${sql.identifier([this.table])}\`); } }
export class Books extends Store { protected table = 'books'; }
export const run = (books: Books) => books.all();`,
      ['run read books'],
    ],
  ])('%s', async (_title, code, expected) => expect(await identified(code)).toEqual(expected));
});

test('a template that a transaction runs later is in it', async () => {
  const code = `import { Prisma, PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
const lock = (tx: Prisma.TransactionClient, shelf?: number) => {
  const query = shelf === undefined ? Prisma.sql\`SELECT id FROM books FOR UPDATE\` : Prisma.sql\`SELECT id FROM shelves WHERE id = \${shelf}\`;
  return tx.$executeRaw(query);
};
export const sort = () => prisma.$transaction(async (tx) => { await lock(tx); });`;
  expect(await findingsOf(sqlStrings, { 'src/books.ts': code })).toEqual([
    'lock read books in sort@7',
    'lock read shelves in sort@7',
    'transaction callback sort@7',
  ]);
});

test('a tag that is imported by its name says whose library runs it', async () => {
  const code = `import { sql } from 'slonik';
export class Store { protected table = 'books'; constructor(private readonly pool: any) {}
  drop(id: number) { const query = sql\`DELETE FROM \${sql.identifier([this.table])} WHERE id = \${id}\`; return this.pool.query(query); } }`;
  const program = programOf({ 'src/books.ts': code });
  const facts = [...sqlStrings.analyze({ program, trace: emptyTrace, assets: new Map(), packages: [], sql: await createSqlParser() })];
  expect(facts.flatMap((fact) => ('code' in fact || fact.kind !== 'table-access' ? [] : [fact.library]))).toContain('slonik');
});

test('what a migration does to rows is no access', async () => {
  const code = `import type { MigrationInterface, QueryRunner } from 'typeorm';
export class Shelves implements MigrationInterface { async up(runner: QueryRunner) {
  await runner.query('CREATE TABLE shelves (id int)'); await runner.query('INSERT INTO shelves SELECT id FROM racks'); } }`;
  expect(await findingsOf(sqlStrings, { 'src/shelves.ts': code })).toEqual(['table shelves (id)']);
});

describe('a statement that is handed to a method of the program whose way to the database is not followed', () => {
  const wrapper = `export class Database { private send: any;
  query(client: any, statement: { text: string }) { return this.send(Object.assign({}, statement)); }
  executeSql(text: string) { return this.send(Object.assign({}, { text })); } }
`;
  test.each([
    [
      'whole',
      "add(client: any) { return this.database.query(client, { text: 'INSERT INTO books (title) VALUES ($1)' }); }",
      'add create books',
    ],
    ['to a method named for it', "add() { return this.database.executeSql('DELETE FROM loans'); }", 'add delete loans'],
    [
      'with its table in a hole',
      'add(client: any) { return this.database.query(client, { text: `UPDATE ${Math.random()} SET title = $1` }); }',
      '! unknown-table: sql, …',
    ],
    [
      'with its columns in a hole',
      'add(columns: any) { return this.database.executeSql(`SELECT ${columns} FROM books`); }',
      'add read books',
    ],
  ])('%s', async (_title, body, expected) => {
    const code = `${wrapper}export class Books { constructor(private readonly database: Database) {}\n ${body} }`;
    expect(await findingsOf(sqlStrings, { 'src/books.ts': code })).toEqual([expected.startsWith('!') ? expected : `Books.${expected}`]);
  });
});
