import { describe, expect, test } from 'vitest';
import { kysely } from '../../../analyzers/data-access/kysely.ts';
import { findingsOf } from '../../support/findings.ts';

const database = `import { Kysely } from 'kysely';
interface BookTable { id: number; title: string }
export interface Database { books: BookTable; 'shop.loans': { id: number; book: number } }
export const db = new Kysely<Database>({} as any);
`;
const findings = (code: string) => findingsOf(kysely, { 'src/db.ts': database, 'src/books.ts': `import { db } from './db.ts';\n${code}` });
const found = async (code: string) => (await findings(code)).filter((line) => !line.startsWith('table '));

test('the Database interface names the tables', async () => {
  expect(await findings('')).toEqual(['table books (id title)', 'table shop.loans (id book)']);
});

describe('queries', () => {
  test.each([
    ['select', "export const run = () => db.selectFrom('books as b').selectAll().execute();", ['run read books']],
    ['several tables', "export const run = () => db.selectFrom(['books', 'loans as l']).execute();", ['run read books', 'run read loans']],
    [
      'joins',
      "export const run = () => db.selectFrom('books').innerJoin('authors as a', 'a.id', 'author').execute();",
      ['run read authors', 'run read books'],
    ],
    ['insert', "export const run = () => db.insertInto('books').values({}).execute();", ['run create books']],
    [
      'upsert',
      "export const run = () => db.insertInto('books').values({}).onConflict((oc) => oc.doNothing()).execute();",
      ['run upsert books'],
    ],
    [
      'update from',
      "export const run = () => db.updateTable('books').from('loans').set({}).execute();",
      ['run read loans', 'run update books'],
    ],
    ['delete', "export const run = () => db.deleteFrom('books').execute();", ['run delete books']],
    ['a schema', "export const run = () => db.withSchema('shop').selectFrom('loans').execute();", ['run read shop.loans']],
    [
      'a subquery',
      "export const run = () => db.selectFrom('books').where((eb) => eb.exists(eb.selectFrom('loans').select('id'))).execute();",
      ['run read books', 'run.<function 2:55> read loans'],
    ],
    [
      'a CTE is no table',
      "export const run = () => db.with('late', (q) => q.selectFrom('loans')).selectFrom('late').execute();",
      ['run.<function 2:42> read loans'],
    ],
    [
      'an expression builder taken apart',
      "export const run = () => db.selectFrom('books').where(({ exists, selectFrom }) => exists(selectFrom('loans').innerJoin('authors', 'id', 'author'))).execute();",
      ['run read books', 'run.<function 2:55> read authors', 'run.<function 2:55> read loans'],
    ],
    [
      'a CTE with columns is no table',
      "export const run = () => db.withRecursive('late(id, days)', (q) => q.selectFrom('loans')).selectFrom('late').execute();",
      ['run.<function 2:61> read loans'],
    ],
    [
      'a table that callers name',
      "const all = (table: any) => db.selectFrom(table).execute();\nexport const run = () => all('books');",
      ['run read books'],
    ],
    ['a computed table', 'export const run = () => db.selectFrom(Math.random() as any).execute();', []],
    ['other froms', "export const run = () => [Array.from('books'), Buffer.from('loans')];", []],
    [
      'a transaction',
      "export const run = () => db.transaction().setIsolationLevel('serializable').execute(async (trx) => { await trx.deleteFrom('books').execute(); });",
      ['run.<function 2:85> delete books in run@2', 'transaction callback run@2'],
    ],
  ])('%s', async (_title, code, expected) => expect(await found(code)).toEqual(expected));
});

test('a CTE of another file is no table, unless the database has one of that name', async () => {
  const sources = {
    'src/db.ts': database,
    'src/late.ts':
      "import { db } from './db.ts';\nexport const late = () => db.with('late', (q) => q.selectFrom('loans')).with('books', (q) => q.selectFrom('loans'));",
    'src/books.ts':
      "import { late } from './late.ts';\nexport const run = () => late().selectFrom('late').innerJoin('books', 'a', 'b').execute();",
  };
  const lines = (await findingsOf(kysely, sources)).filter((line) => line.startsWith('run '));
  expect(lines).toEqual(['run read books']);
});

test('names under the plugin that changes their case', async () => {
  const sources = {
    'src/db.ts': `import { CamelCasePlugin, Kysely } from 'kysely';
export interface Database { bookCopies: { id: number; shelfId: number } }
export const db = new Kysely<Database>({ plugins: [new CamelCasePlugin()] } as any);
export const run = () => db.selectFrom('bookCopies as c').execute();`,
  };
  expect(await findingsOf(kysely, sources)).toEqual(['run read book_copies', 'table book_copies (id shelf_id)']);
});

test('tables and foreign keys of migrations', async () => {
  const migration = `import { Kysely } from 'kysely';
export async function up(db: Kysely<any>) {
  await db.schema.createTable('copies').ifNotExists()
    .addColumn('id', 'uuid', (column) => column.primaryKey())
    .addColumn('book', 'uuid', (column) => column.references('books.id').onDelete('cascade'))
    .addColumn('shelf', 'uuid')
    .execute();
  await db.schema.alterTable('copies').addForeignKeyConstraint('key', ['shelf'], 'shelves', ['id']).renameColumn('id', 'number').execute();
}
export async function down(db: Kysely<any>) { await db.schema.dropTable('copies').execute(); }`;
  expect(await findingsOf(kysely, { 'migrations/1.ts': migration })).toEqual(['table copies (book shelf number) -> books -> shelves']);
});

test('a transaction that is handed on inside an object made with it', async () => {
  const code = `class Store {
  constructor(public inner: typeof db) {}
  async once(work: (store: Store) => Promise<void>) {
    const { store } = await this.inner.transaction().execute(async (trx) => {
      const store = new Store(trx);
      await work(store);
      return { store };
    });
  }
  async within(work: (store: Store) => Promise<void>) { return again(() => this.once(work)); }
}
const again = (run: () => Promise<void>) => run();
const drop = (store: Store) => store.inner.deleteFrom('loans').execute();
export const run = (store: Store) => store.within(async (inner) => {
  await inner.inner.insertInto('books').execute();
  await drop(inner);
  await store.inner.updateTable('books').execute();
});`;
  expect(await found(code)).toEqual([
    'drop delete loans in run@15',
    'run.<function 15:51> create books in run@15',
    'run.<function 15:51> update books',
    'transaction callback run@15',
  ]);
});

test('a transaction that is handed to a callback whose callers are not known', async () => {
  const code =
    'export const within = (work: (trx: any) => Promise<void>) => db.transaction().execute(async (trx) => { await work(trx); });';
  expect(await found(code)).toEqual(['transaction callback within@2']);
});
