import { describe, expect, test } from 'vitest';
import { knex } from '../../../analyzers/data-access/knex.ts';
import { objection } from '../../../analyzers/data-access/objection.ts';
import { findingsOf } from '../../support/findings.ts';

const models = `import { Model } from 'objection';
export class Base extends Model {
  static every() { return this.query(); }
}
export class Author extends Base {
  static tableName = 'authors';
  static relationMappings = () => ({
    books: { relation: Model.HasManyRelation, modelClass: Book, join: { from: 'authors.id', to: 'books.author_id' } },
  });
}
export class Tag extends Model {
  static tableName = 'tags';
}
export class Book extends Base {
  static get tableName() { return 'books'; }
  static get jsonSchema() { return { type: 'object', properties: { id: { type: 'integer' }, title: { type: 'string' } } }; }
  static get relationMappings() {
    return {
      author: { relation: Model.BelongsToOneRelation, modelClass: Author, join: { from: 'books.author_id', to: 'authors.id' } },
      tags: {
        relation: Model.ManyToManyRelation,
        modelClass: Tag,
        join: { from: 'books.id', through: { from: 'book_tags.book_id', to: 'book_tags.tag_id' }, to: 'tags.id' },
      },
    };
  }
}
`;
const header = "import { transaction } from 'objection';\nimport { Author, Base, Book, Tag } from './models.ts';\n";
const all = (code: string) => findingsOf(objection, { 'src/models.ts': models, 'src/books.ts': header + code });
const found = async (code: string): Promise<readonly string[]> =>
  (await all(code)).filter((line) => !line.startsWith('table ') && !line.startsWith('Base.every'));

test('models, their tables and relations', async () => {
  expect(await findingsOf(objection, { 'src/models.ts': models })).toEqual([
    'Base.every read authors',
    'Base.every read books',
    'table authors ()',
    'table book_tags () -> books -> tags',
    'table books (id title) -> authors',
    'table tags ()',
  ]);
});

describe('names of tables and models', () => {
  const only = async (code: string) => findingsOf(objection, { 'src/loans.ts': `import { Model, compose } from 'objection';\n${code}` });
  test.each([
    [
      'computed',
      'class Loan extends Model { static get tableName() { return process.env.LOANS; } }',
      ['! unknown-table: objection, model Loan'],
    ],
    ['a base class', 'class Base extends Model {}', []],
    ['a plugin', "class Loan extends softDelete({ column: 'gone' })(Model) { static tableName = 'loans'; }", ['table loans ()']],
    [
      'relations by name, and through the table of a model',
      "class Loan extends Model { static tableName = 'loans'; static relationMappings = { copies: { relation: Model.ManyToManyRelation, modelClass: __dirname + '/Copy', join: { from: 'loans.id', through: { from: `${Shelf.tableName}.loan`, to: 'x.copy' }, to: 'copies.id' } } }; }\nclass Copy extends Model { static tableName = 'copies'; }\nclass Shelf extends Model { static tableName = 'shelves'; }",
      ['table copies ()', 'table loans ()', 'table shelves ()'],
    ],
    [
      'a base class that mixins make, kept in a variable',
      "const Mixed = compose(searched, dated)(Model);\nclass Base extends Mixed {}\nclass Loan extends Base { static tableName = 'loans'; }",
      ['table loans ()'],
    ],
    [
      'relations of the class above',
      "class Copy extends Model { static tableName = 'copies'; }\nclass Paper extends Model { static relationMappings = { copy: { relation: Model.BelongsToOneRelation, modelClass: Copy, join: { from: 'x.copy_id', to: 'copies.id' } } }; }\nclass Loan extends Paper { static tableName = 'loans'; static relationMappings = { ...Paper.relationMappings }; }",
      ['table copies ()', 'table loans () -> copies'],
    ],
    [
      'a key on this side of one',
      "class Copy extends Model { static tableName = 'copies'; }\nclass Loan extends Model { static tableName = 'loans'; static relationMappings = { copy: { relation: Model.HasOneRelation, modelClass: Copy, join: { from: 'loans.copy_id', to: 'copies.id' } } }; }",
      ['table copies ()', 'table loans () -> copies'],
    ],
  ])('%s', async (_title, code, expected) => expect(await only(code)).toEqual(expected));
});

describe('queries', () => {
  test.each([
    ['read', "Book.query().where('id', 1)", ['run read books']],
    ['create', "Book.query().insert({ title: 'x' })", ['run create books']],
    ['update', "Book.query().patch({}).where('id', 1)", ['run update books']],
    ['update by id', 'Book.query().patchAndFetchById(1, {})', ['run update books']],
    ['delete', 'Book.query().deleteById(1)', ['run delete books']],
    ['upsert', "Book.query().insert({}).onConflict('id').merge()", ['run upsert books']],
    [
      'a model that a function gives which is injected',
      '0; type Provided<T> = () => T; class Desk { constructor(private book: Provided<typeof Book>) {} find() { return this.book().query().findById(1); } }',
      ['Desk.find read books'],
    ],
    [
      'a model that nothing is known of',
      '(globalThis as any).shelf().query().patchAndFetchById(1, {})',
      ['! unknown-table: objection, shelf(…).query'],
    ],
    [
      'graph',
      "Book.query().withGraphFetched('[author, tags]')",
      ['run read authors', 'run read book_tags', 'run read books', 'run read tags'],
    ],
    ['graph as an object', 'Book.query().withGraphJoined({ author: { books: true } })', ['run read authors', 'run read books']],
    [
      'graph that is computed',
      'Book.query().withGraphFetched(process.argv[2])',
      ['! partial-query: objection, query(…).withGraphFetched', 'run read books'],
    ],
    [
      'relation that no model has',
      "Book.query().withGraphFetched('shelf')",
      ['! partial-query: objection, query(…).withGraphFetched', 'run read books'],
    ],
    ['joined relation', "Book.query().joinRelated('author')", ['run read authors', 'run read books']],
    ['joined table', "Book.query().leftJoin('loans as l', 'l.book_id', 'books.id')", ['run read books', 'run read loans']],
    [
      'graph that is written',
      "Book.query().insertGraph({ title: 'x', tags: [{ name: 'new' }] })",
      ['run create book_tags', 'run create books', 'run create tags'],
    ],
    [
      'graph that is handed in',
      'Book.query().upsertGraph(globalThis.book)',
      ['! partial-query: objection, query(…).upsertGraph', 'run upsert books'],
    ],
    ['related', "Book.relatedQuery('tags').for(1)", ['run read book_tags', 'run read tags']],
    ['relate', "Book.relatedQuery('tags').for(1).relate(2)", ['run create book_tags']],
    ['relate by the key', "Author.relatedQuery('books').for(1).relate(2)", ['run update books']],
    ['unrelate', "Book.relatedQuery('tags').for(1).unrelate()", ['run delete book_tags']],
    ['relation that is computed', 'Book.relatedQuery(process.argv[2])', ['! unknown-table: objection, Book.relatedQuery']],
    ['fetched later', "Book.fetchGraph([], 'author')", ['run read authors']],
    ['bound', 'Book.bindKnex(globalThis.other).query()', ['run read books']],
    ['another query', "globalThis.pool.query('select 1')", []],
  ])('%s', async (_title, code, expected) => expect(await found(`export const run = () => ${code};`)).toEqual(expected));

  test('rows', async () => {
    const code = `export async function run() {
      const book = await Book.query().findById(1);
      await book.$query().delete();
      await book.$relatedQuery('author').patch({});
      await book.$fetchGraph('tags');
      const author = await book.$relatedQuery('author');
      for (const one of await Tag.query()) await one.$query().patch({});
    }`;
    expect(await found(code)).toEqual([
      'run delete books',
      'run read authors',
      'run read book_tags',
      'run read books',
      'run read tags',
      'run update authors',
      'run update tags',
    ]);
  });

  test('a query that is kept and gone on with', async () => {
    const code =
      "export async function run() { const query = Book.query(); query.where('id', 1); query.withGraphFetched('author'); await query.patch({}); }";
    expect(await found(code)).toEqual(['run read authors', 'run read books', 'run update books']);
  });

  test('a repository that is told its model', async () => {
    const code = `import type { ModelClass } from 'objection';
    class Repository<M> { constructor(private readonly model: ModelClass<M>) {} list() { return this.model.query(); } drop(id) { return this.model.query().deleteById(id); } }
    export class Books extends Repository<Book> { constructor() { super(Book); } }
    export class Tags extends Repository<Tag> { constructor() { super(Tag); } }`;
    expect(await found(code)).toEqual([
      'Repository.drop delete books',
      'Repository.drop delete tags',
      'Repository.list read books',
      'Repository.list read tags',
    ]);
  });
});

describe('transactions', () => {
  test.each([
    [
      'a callback, whose client is handed on',
      'export const run = () => Book.transaction(async (trx) => { await Book.query(trx).insert({}); await pay(trx); });\nasync function pay(trx) { await Author.query(trx).patch({}); }',
      ['pay update authors in run@3', 'run.<function 3:43> create books in run@3', 'transaction callback run@3'],
    ],
    [
      'begun and ended by hand',
      'export async function run() { const trx = await Book.startTransaction(); await Tag.query(trx).delete(); await trx.commit(); }',
      ['run delete tags in run@3', 'transaction manual run@3'],
    ],
    [
      'models that are bound to it',
      'export const run = () => transaction(Book, Tag, async (Bound, Other) => { await Bound.query().insert({}); await Other.query().delete(); });',
      ['run.<function 3:49> create books in run@3', 'run.<function 3:49> delete tags in run@3', 'transaction callback run@3'],
    ],
    [
      'a link of the chain',
      'export const run = () => transaction(Book.knex(), async (trx) => { await Tag.query().delete().transacting(trx); });',
      ['run.<function 3:51> delete tags in run@3', 'transaction callback run@3'],
    ],
    [
      'of the client below',
      "import connect from 'knex';\nconst db = connect({});\nexport const run = () => db.transaction(async (trx) => { await Book.bindTransaction(trx).query().insert({}); });",
      ['run.<function 5:41> create books in run@5', 'transaction callback run@5'],
    ],
    [
      'begun through the client of a model',
      'export const run = () => Book.knex().transaction(async (trx) => { await Book.relatedQuery("tags", trx).for(1).relate(1); });',
      ['run.<function 3:50> create book_tags in run@3', 'transaction callback run@3'],
    ],
  ])('%s', async (_title, code, expected) => expect(await found(code)).toEqual(expected));
});

test('hooks', async () => {
  const code =
    "import { Model } from 'objection';\nexport class Loan extends Model { static tableName = 'loans'; $beforeInsert() {} static afterDelete() {} due() {} }";
  expect((await findingsOf(objection, { 'src/loans.ts': code })).filter((line) => line.startsWith('trigger'))).toEqual([
    'trigger data-hook Loan.$beforeInsert src/loans.ts#Loan.$beforeInsert',
    'trigger data-hook Loan.afterDelete src/loans.ts#Loan.afterDelete',
  ]);
});

test('hooks of a class that models extend', async () => {
  const lines = await findingsOf(objection, {
    'src/models/Base.js':
      "const { Model } = require('objection');\nmodule.exports = class Base extends Model { $beforeUpdate() { this.changed = 1; } };",
    'src/models/Loan.js': "const Base = require('./Base');\nmodule.exports = class Loan extends Base { static tableName = 'loans'; };",
  });
  expect(lines).toContain('trigger data-hook Base.$beforeUpdate src/models/Base.js#module.exports.$beforeUpdate');
});

test('models that are required', async () => {
  const lines = await findingsOf(objection, {
    'src/models/Book.js':
      "const { Model } = require('objection');\nclass Book extends Model { static get tableName() { return 'books'; } }\nmodule.exports = Book;",
    'src/books.js': "const Book = require('./models/Book');\nmodule.exports.run = () => Book.query().delete();",
  });
  expect(lines).toContain('exports.run delete books');
});

test('the client of knex that a model hands out', async () => {
  const code = "import { Model } from 'objection';\nexport const run = () => Model.knex()('shelves').insert({});";
  expect(await findingsOf(knex, { 'src/shelves.ts': code }, { dependencies: ['knex'] })).toEqual(['run create shelves']);
});
