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
