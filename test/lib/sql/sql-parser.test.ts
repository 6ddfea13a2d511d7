import { beforeAll, describe, expect, test } from 'vitest';
import { createSqlParser } from '../../../src/lib/sql/sql-parser.ts';
import type { SqlParser, SqlStatements } from '../../../src/lib/sql/sql-reading.ts';

let parse: SqlParser;
beforeAll(async () => {
  parse = await createSqlParser();
});

const read = (text: string | readonly string[]): SqlStatements => {
  const reading = parse(text);
  if (reading.kind === 'error') throw new Error(reading.message);
  return reading;
};
const accessesOf = (text: string | readonly string[]): readonly string[] =>
  read(text).accesses.map((access) => `${access.operation} ${access.table}`);

test.each([
  ['that stands for a table', 'SELECT * FROM shop.search($1, $2) s JOIN books ON books.id = s.id', ['shop.search()']],
  ['in a subquery', 'DELETE FROM loans WHERE id IN (SELECT id FROM late_loans(now()))', ['late_loans()']],
  ['that is called', 'CALL archive_loans($1)', ['archive_loans()']],
  ['of Postgres', 'SELECT * FROM generate_series(1, 3) g, jsonb_to_recordset($1) AS r(id int), pg_catalog.unnest($2)', []],
  ['that is defined', 'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT * FROM g() $$', []],
])('a function %s', (_title, text, expected) => expect(read(text).unknownTables.map((table) => table.text)).toEqual(expected));

describe('SQL Server', () => {
  test.each([
    ['names in brackets', 'SELECT [Id] FROM [Order Details] o WHERE o.[Id] = @id', ['read Order Details']],
    ['a schema', 'UPDATE [shop].[Books] SET [Title] = @title', ['update shop.Books']],
    ['the first rows', 'SELECT TOP 10 * FROM books', ['read books']],
    ['as many as are asked for', 'SELECT DISTINCT TOP (@count) title FROM books ORDER BY title', ['read books']],
    [
      'hints',
      'SELECT * FROM books b WITH (NOLOCK) JOIN authors a WITH (NOLOCK, READPAST) ON a.id = b.author',
      ['read books', 'read authors'],
    ],
    ['rows that come back', 'INSERT INTO [Books] ([Title]) OUTPUT INSERTED.Id, INSERTED.Title VALUES (@title)', ['create Books']],
    ['the default schema', 'SELECT * FROM [dbo].[Books] JOIN [sales].[Orders] ON 1 = 1', ['read Books', 'read sales.Orders']],
    ['removed rows', 'DELETE TOP (100) FROM [Loans] OUTPUT deleted.* WHERE [Ended] = 1', ['delete Loans']],
    ['subscripts of Postgres', 'SELECT tags[1], ARRAY[id] FROM books WHERE names[n] = $1', ['read books']],
    ['text in brackets', "SELECT * FROM books WHERE title = '[TOP 10] books' AND [Id] = 1", ['read books']],
  ])('%s', (_title, text, expected) => expect(accessesOf(text)).toEqual(expected));

  test('a table in a hole', () =>
    expect(read(['SELECT TOP 1 * FROM [dbo].', ' WHERE [Id] = 1']).unknownTables.map(({ holes }) => holes)).toEqual([[0]]));
});

describe('MySQL and SQLite', () => {
  test.each([
    ['a row that is there', 'INSERT INTO books (id, n) VALUES (?, 1) ON DUPLICATE KEY UPDATE n = VALUES(n), m = m + 1', ['upsert books']],
    ['rows that are left out', 'INSERT IGNORE INTO `books` (id) VALUES (?)', ['create books']],
    ['an object', 'INSERT INTO books SET ?', ['create books']],
    ['columns after SET', "INSERT INTO books SET title = 'Emma', pages = ?", ['create books']],
    ['several statements', 'INSERT INTO books SET ?; UPDATE loans SET ? WHERE id = ?;', ['create books', 'update loans']],
    [
      'quoted names',
      'INSERT INTO `books` SET `title` = ? ON DUPLICATE KEY UPDATE `title` = VALUES(`title`), `n` = `n` + VALUES(`n`)',
      ['upsert books'],
    ],
    ['a list of rows', 'INSERT INTO books (id, title) VALUES ?', ['create books']],
    ['replaced rows', 'REPLACE INTO books (id) VALUES (?)', ['upsert books']],
    ['replaced rows of SQLite', 'INSERT OR REPLACE INTO books (id) VALUES (?) RETURNING id', ['upsert books']],
    ['ignored rows of SQLite', 'INSERT OR IGNORE INTO books (id) VALUES (?)', ['create books']],
    ['some rows', 'UPDATE books SET n = 1 WHERE id > 2 ORDER BY id DESC LIMIT 10', ['update books']],
    ['some rows that go', 'DELETE FROM books WHERE shelf = "top" LIMIT ?', ['delete books']],
    [
      'rows chosen by a join',
      'DELETE b FROM books b INNER JOIN loans l ON l.book = b.id WHERE l.ended = 1',
      ['delete books', 'read loans'],
    ],
    ['rows of two tables', 'DELETE books, l FROM books, loans l WHERE l.book = books.id', ['delete books', 'delete loans', 'read loans']],
    ['changed by a join', 'UPDATE books b JOIN loans l ON l.book = b.id SET b.n = 1 WHERE l.ended = 1', ['update books', 'read loans']],
    ['a page', 'SELECT * FROM books LIMIT ?, ?', ['read books']],
    ['hints', 'SELECT * FROM books FORCE INDEX (by_title) WHERE title = ?', ['read books']],
    ['times', 'SELECT * FROM books WHERE seen > DATE_SUB(NOW(), INTERVAL 1 DAY) AND made > NOW() - INTERVAL ? HOUR', ['read books']],
    ['joined texts', "SELECT GROUP_CONCAT(title ORDER BY id SEPARATOR ', ') FROM books GROUP BY shelf", ['read books']],
    ['a search', 'SELECT * FROM books WHERE MATCH(title, about) AGAINST(? IN BOOLEAN MODE) OR title REGEXP ?', ['read books']],
    ['a lock', 'SELECT * FROM books WHERE id = ? LOCK IN SHARE MODE', ['read books']],
    [
      'a table that Postgres takes for who is connected',
      'SELECT user.id FROM user JOIN books b ON b.user = user.id',
      ['read books', 'read user'],
    ],
    ['such a table that is changed', "UPDATE user SET name = 'user' WHERE id = ?; INSERT INTO user SET ?", ['create user', 'update user']],
    ['a column that only Postgres reserves', 'SELECT start, end FROM loans WHERE end > ?', ['read loans']],
  ])('%s', (_title, text, expected) => expect([...accessesOf(text)].sort()).toEqual([...expected].sort()));

  test('a table in a hole', () => expect(read(['INSERT IGNORE INTO ', ' SET ?']).unknownTables.map(({ holes }) => holes)).toEqual([[0]]));
});

test.each(['DELETE * FROM books', 'DELETE $( FROM x', 'UPDATE SET a', 'REPLACE'])('no statement of any dialect: %s', (text) =>
  expect(parse(text).kind).toBe('error'),
);

describe('accesses', () => {
  test.each([
    ['a join', 'SELECT * FROM books b JOIN authors a ON a.id = b.author_id', ['read books', 'read authors']],
    ['a lock', 'SELECT * FROM copies FOR UPDATE', ['read copies']],
    ['a subquery', 'DELETE FROM loans WHERE book_id IN (SELECT id FROM books)', ['delete loans', 'read books']],
    ['a union', 'SELECT id FROM books UNION SELECT id FROM films', ['read books', 'read films']],
    ['a CTE is no table', 'WITH late AS (SELECT * FROM loans) SELECT * FROM late', ['read loans']],
    ['a CTE hides only after it', 'WITH loans AS (SELECT * FROM loans) SELECT * FROM loans', ['read loans']],
    [
      'a recursive CTE',
      'WITH RECURSIVE t AS (SELECT 1 UNION ALL SELECT p.id FROM shelves p JOIN t ON true) SELECT * FROM t',
      ['read shelves'],
    ],
    [
      'a write in a CTE',
      'WITH gone AS (DELETE FROM loans RETURNING *) INSERT INTO archive SELECT * FROM gone',
      ['delete loans', 'create archive'],
    ],
    ['an insert from a query', 'INSERT INTO archive SELECT * FROM loans', ['create archive', 'read loans']],
    ['an upsert', 'INSERT INTO books (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET title = $2', ['upsert books']],
    ['an update from', 'UPDATE books SET title = s.title FROM staging s WHERE s.id = books.id', ['update books', 'read staging']],
    ['a delete using', 'DELETE FROM loans USING books WHERE books.id = loans.book_id', ['delete loans', 'read books']],
    [
      'a merge',
      'MERGE INTO books b USING staging s ON b.id = s.id WHEN MATCHED THEN UPDATE SET title = s.title WHEN NOT MATCHED THEN INSERT VALUES (s.id)',
      ['upsert books', 'read staging'],
    ],
    ['a truncate', 'TRUNCATE loans, books', ['delete loans', 'delete books']],
    ['schemas', 'SELECT * FROM public.books, billing.invoices', ['read books', 'read billing.invoices']],
    ['quoted names', 'SELECT * FROM "Book"', ['read Book']],
    ['the catalog is none', 'SELECT 1 FROM information_schema.tables, pg_stat_activity', []],
    ['several statements', 'INSERT INTO books VALUES (1); DELETE FROM loans', ['create books', 'delete loans']],
    ['copy', 'COPY books FROM STDIN', ['create books']],
    ['knex values', 'select * from books where id = ? and title = :title', ['read books']],
    ['back-ticks', 'SELECT `id` FROM `books` WHERE `id` = ?', ['read books']],
    ['a question mark of JSON', "SELECT * FROM books WHERE tags ? 'new'", ['read books']],
    ['a named placeholder that is cast', 'SELECT id FROM books WHERE id = :id::uuid OR id = ANY (ARRAY[:ids]::uuid[])', ['read books']],
    ['a cast is no placeholder', 'SELECT id::text FROM books WHERE a = ?', ['read books']],
  ])('%s', (_title, text, expected) => expect(accessesOf(text)).toEqual(expected));
});

describe('holes', () => {
  test.each([
    ['a value', ['SELECT * FROM books WHERE id = ', ''], ['read books'], [], []],
    ['a tail', ['SELECT * FROM books ', ''], ['read books'], [], [0]],
    ['a condition', ['SELECT * FROM books WHERE a = 1 AND ', ''], ['read books'], [], [0]],
    ['assignments', ['UPDATE books SET ', ' WHERE id = $1'], ['update books'], [], [0]],
    ['columns and values', ['INSERT INTO books (', ') VALUES (', ')'], ['create books'], [], []],
    ['rows', ['INSERT INTO books VALUES ', ''], ['create books'], [], [0]],
    ['a record', ['INSERT INTO books ', ' RETURNING id'], ['create books'], [], [0]],
    ['inside a literal', ["SELECT * FROM books WHERE due < now() - interval '", " days'"], ['read books'], [], []],
    ['the number of a parameter', ['SELECT * FROM books WHERE a = $', ' AND b = $', ''], ['read books'], [], []],
    ['a table', ['SELECT * FROM ', ' WHERE id = $1'], [], ['read … 0'], []],
    ['part of a table', ['DELETE FROM loans_', ''], [], ['delete loans_… 0'], []],
    ['a prefix of a table', ['DELETE FROM ', 'loans'], [], ['delete …loans 0'], []],
    ['a schema', ['DELETE FROM ', '.loans'], [], ['delete ….loans 0'], []],
    ['a join', ['SELECT * FROM books b ', ' WHERE b.id = 1 ORDER BY ', ' ', ''], ['read books'], [], [0, 2]],
  ])('%s', (_title, parts, accesses, unknown, fragments) => {
    const reading = read(parts);
    expect(reading.accesses.map((access) => `${access.operation} ${access.table}`)).toEqual(accesses);
    expect(reading.unknownTables.map((table) => `${table.operation} ${table.text} ${table.holes}`)).toEqual(unknown);
    expect(reading.fragments).toEqual(fragments);
  });
});

test.each([
  ['begin', 'BEGIN', ['begin']],
  ['start', 'START TRANSACTION ISOLATION LEVEL SERIALIZABLE', ['begin']],
  ['all', 'BEGIN; COMMIT; ROLLBACK', ['begin', 'commit', 'rollback']],
  ['a savepoint is none', 'SAVEPOINT a', []],
])('control: %s', (_title, text, expected) => expect(read(text).control).toEqual(expected));

test('definitions, in order, with the place of each statement', () => {
  const text = `-- Bücher
CREATE TABLE authors (id int primary key);
CREATE TABLE public.books (id int, author_id int REFERENCES authors (id), shelf int, FOREIGN KEY (shelf) REFERENCES shelves);
ALTER TABLE books ADD COLUMN isbn text, DROP COLUMN shelf, ADD CONSTRAINT c FOREIGN KEY (isbn) REFERENCES isbns (code);
ALTER TABLE books RENAME TO volumes;
CREATE VIEW late AS SELECT * FROM loans JOIN volumes ON true;
DROP TABLE old, archive.older;`;
  const { definitions } = read(text);
  expect(definitions.map(({ offset, ...definition }) => [text.slice(offset, offset + 12), definition])).toEqual([
    ['CREATE TABLE', { kind: 'create-table', table: 'authors', columns: ['id'], references: [] }],
    [
      'CREATE TABLE',
      {
        kind: 'create-table',
        table: 'books',
        columns: ['id', 'author_id', 'shelf'],
        references: [
          { table: 'authors', columns: ['author_id'] },
          { table: 'shelves', columns: ['shelf'] },
        ],
      },
    ],
    [
      'ALTER TABLE ',
      {
        kind: 'alter-table',
        table: 'books',
        addedColumns: ['isbn'],
        droppedColumns: ['shelf'],
        references: [{ table: 'isbns', columns: ['isbn'] }],
      },
    ],
    ['ALTER TABLE ', { kind: 'rename-table', table: 'books', to: 'volumes' }],
    ['CREATE VIEW ', { kind: 'create-view', table: 'late', reads: ['loans', 'volumes'] }],
    ['DROP TABLE o', { kind: 'drop-table', table: 'old' }],
    ['DROP TABLE o', { kind: 'drop-table', table: 'archive.older' }],
  ]);
});

test.each([
  ['no SQL', 'SELEKT 1', 'syntax error at or near "SELEKT"'],
  ['only holes', ['', ''], 'nothing is constant'],
  ['an empty text', '  ', 'nothing is constant'],
])('says why it cannot read %s', (_title, text, message) => expect(parse(text)).toEqual({ kind: 'error', message }));

describe('definitions of other dialects', () => {
  const shown = (text: string): readonly string[] =>
    read(text).definitions.map((definition) => {
      switch (definition.kind) {
        case 'create-table':
          return `create ${definition.table} (${definition.columns.join(' ')})${definition.references.map(({ table }) => ` -> ${table}`).join('')}`;
        case 'alter-table':
          return `alter ${definition.table} +${definition.addedColumns.join(' ')} -${definition.droppedColumns.join(' ')}${definition.references.map(({ table }) => ` -> ${table}`).join('')}`;
        case 'rename-table':
          return `rename ${definition.table} ${definition.to}`;
        default:
          return `${definition.kind} ${definition.table}`;
      }
    });

  test.each<[string, string, readonly string[]]>([
    [
      'a table of MySQL',
      "-- CreateTable\nCREATE TABLE `Book` (`id` INTEGER UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'a; b', `state` ENUM('new', 'worn') NOT NULL DEFAULT 'new', `seen` DATETIME(3) NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), `title` VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, UNIQUE INDEX `Book_title_key`(`title`(20)), KEY `seen` (`seen`), PRIMARY KEY (`id`), CONSTRAINT `fk` FOREIGN KEY (`id`) REFERENCES `Shelf`(`id`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4",
      ['create Book (id state seen title) -> Shelf'],
    ],
    [
      'numbers with a width, and names that only Postgres reserves',
      'CREATE TABLE loans (id BIGINT(20) UNSIGNED NOT NULL, end INT(11) DEFAULT 0, fee FLOAT(7,4), rate DOUBLE NOT NULL, user VARCHAR(9), PRIMARY KEY (id))',
      ['create loans (id end fee rate user)'],
    ],
    [
      'a table of SQLite',
      'CREATE TABLE [loans] ([id] INTEGER PRIMARY KEY AUTOINCREMENT, "key" TEXT) WITHOUT ROWID',
      ['create loans (id key)'],
    ],
    [
      'changes of MySQL',
      'ALTER TABLE `Book` ADD COLUMN `isbn` VARCHAR(13) AFTER `id`, DROP COLUMN `seen`, MODIFY `title` TEXT NOT NULL, CHANGE `state` `condition` INT UNSIGNED, ADD INDEX `x`(`isbn`), DROP FOREIGN KEY `fk`',
      ['alter Book +isbn condition -seen state'],
    ],
    ['a table of SQLite that Postgres reserves', "ALTER TABLE user ADD `role` text DEFAULT 'user'", ['alter user +role -']],
    ['a change of an index only', 'ALTER TABLE `Book` DROP INDEX `x`', ['alter Book + -']],
    [
      'a foreign key',
      'ALTER TABLE `Loan` ADD CONSTRAINT `Loan_book_fkey` FOREIGN KEY (`book`) REFERENCES `Book`(`id`) ON DELETE CASCADE ON UPDATE CASCADE',
      ['alter Loan + - -> Book'],
    ],
  ])('%s', (_title, text, expected) => expect(shown(text)).toEqual(expected));
});
