import { describe, expect, test } from 'vitest';
import { sequelize } from '../../../analyzers/data-access/sequelize.ts';
import { findingsOf } from '../../support/findings.ts';

const models = `import { DataTypes, Model, Sequelize } from 'sequelize';
export const connection = new Sequelize('sqlite::memory:');
export class Author extends Model {}
Author.init({ name: DataTypes.STRING }, { sequelize: connection, modelName: 'author' });
export const Book = connection.define('book', { title: { type: DataTypes.STRING, field: 'full_title' } }, { tableName: 'library_books' });
export const Tag = connection.define('Tag', { name: DataTypes.STRING });
Author.hasMany(Book, { foreignKey: 'authorId' });
Book.belongsTo(Author, { as: 'writer', foreignKey: 'authorId' });
Book.belongsToMany(Tag, { through: 'book_tags' });
Tag.belongsToMany(Book, { through: 'book_tags' });
`;
const header = "import { Author, Book, Tag, connection } from './models.ts';\n";
const all = (code: string, more: Readonly<Record<string, string>> = {}) =>
  findingsOf(sequelize, { 'src/models.ts': models, 'src/books.ts': header + code, ...more });
const found = async (code: string): Promise<readonly string[]> => (await all(code)).filter((line) => !line.startsWith('table '));

test('models, their tables and associations', async () => {
  expect(await findingsOf(sequelize, { 'src/models.ts': models })).toEqual([
    'table Tags (name)',
    'table authors (name)',
    'table book_tags () -> library_books -> Tags',
    'table library_books (full_title) -> authors',
  ]);
});

describe('names of tables', () => {
  test.each([
    ['a plural that is no rule', "connection.define('person', {});", ['table people ()']],
    ['frozen', "connection.define('person', {}, { freezeTableName: true });", ['table person ()']],
    ['underscored', "connection.define('LoanCard', {}, { underscored: true });", ['table loan_cards ()']],
    ['a schema', "connection.define('loan', {}, { schema: 'desk' });", ['table desk.loans ()']],
    ['computed', "connection.define('loan', {}, { tableName: process.env.TABLE });", ['! unknown-table: sequelize, model loan']],
    [
      'a file that a loader calls',
      "module.exports = (sequelize, DataTypes) => { const Loan = sequelize.define('Loan', { bookId: { type: DataTypes.INTEGER, references: { model: 'Copies' } } }); return Loan; };\nconnection.define('Copy', {});",
      ['table Copies ()', 'table Loans (bookId) -> Copies'],
    ],
    [
      'decorators',
      "import { Table, Column, ForeignKey, BelongsTo } from 'sequelize-typescript';\n@Table({ tableName: 'shelves' }) class Shelf { @Column name: string; }\n@Table class Copy { @ForeignKey(() => Shelf) @Column shelfId: number; @BelongsTo(() => Shelf) shelf: Shelf; }",
      ['table Copies (shelfId) -> shelves', 'table shelves (name)'],
    ],
  ])('%s', async (_title, code, expected) => {
    const lines = await findingsOf(sequelize, {
      'src/loans.ts': `import { Sequelize } from 'sequelize';\nconst connection = new Sequelize();\n${code}`,
    });
    expect(lines).toEqual(expected);
  });
});

describe('calls', () => {
  test.each([
    ['read', 'Book.findAll()', ['run read library_books']],
    ['create', "Book.create({ title: 'x' })", ['run create library_books']],
    ['upsert', 'Book.findOrCreate({ where: {} })', ['run upsert library_books']],
    ['bulk', 'Book.bulkCreate([], { updateOnDuplicate: [] })', ['run upsert library_books']],
    ['delete', 'Book.destroy({ where: {} })', ['run delete library_books']],
    ['a scope', "Book.scope('new').count()", ['run read library_books']],
    ['a model', 'Book.findAll({ include: Author })', ['run read authors', 'run read library_books']],
    [
      'a tree',
      "Author.findAll({ include: [{ model: Book, include: ['Tags'] }] })",
      ['run read Tags', 'run read authors', 'run read book_tags', 'run read library_books'],
    ],
    ['an alias', "Book.findOne({ include: [{ association: 'writer' }] })", ['run read authors', 'run read library_books']],
    [
      'an instance',
      'Book.findByPk(1).then((book) => book.update({}))',
      ['run read library_books', 'run.<function 2:48> update library_books'],
    ],
    ['an array', 'Book.findAll().then((books) => books)', ['run read library_books']],
    ['mixins', 'Author.findByPk(1).then((author) => author.getBooks())', ['run read authors', 'run.<function 2:50> read library_books']],
    ['mixins between lists', 'Book.build({}).addTag(1)', ['run upsert book_tags']],
    ['something else', '[1].find((one) => one > 0)', []],
  ])('%s', async (_title, code, expected) => expect(await found(`export const run = () => ${code};`)).toEqual(expected));

  test('models that a loader keeps by name', async () => {
    const code = `export class Shelf { models: any; constructor(models: any) { this.models = models; }
async run() { const { Author: Writer } = this.models; const query: any = { include: [] }; query.include.push({ model: this.models.Tag });
await this.models.Book.findOne(query); return Writer.count(); } }`;
    expect(await found(code)).toEqual([
      'Shelf.run read Tags',
      'Shelf.run read authors',
      'Shelf.run read book_tags',
      'Shelf.run read library_books',
    ]);
  });
});

test('transactions', async () => {
  const code = `export const lend = () => connection.transaction(async (transaction) => {
  await Book.update({}, { where: {}, transaction });
  await Author.findAll();
});
export async function back() { const t = await connection.transaction(); await Book.destroy({ transaction: t }); await t.commit(); }`;
  expect(await found(code)).toEqual([
    'back delete library_books in back@6',
    'lend.<function 2:50> read authors',
    'lend.<function 2:50> update library_books in lend@2',
    'transaction callback lend@2',
    'transaction manual back@6',
  ]);
});

test('hooks', async () => {
  const code = `const log = (book: any) => book;
Book.addHook('afterCreate', log);
Author.beforeSave((author: any) => author);`;
  expect(await found(code)).toEqual([
    'trigger data-hook author.beforeSave src/books.ts#<function 4:19>',
    'trigger data-hook book.afterCreate src/books.ts#log',
  ]);
});

const inherited = (base: string): string => `${base}
class Books extends Shelf { constructor() { super(Book); } }
export const books = new Books(); export const authors = new Shelf(Author);`;

test('what a base class does to itself counts for each model below it', async () => {
  const code = `import { Model as Base } from 'sequelize';
class Logged extends Base {
  keep() { return this.save(); }
  static async make(values: object) { return (await this.findOne()) ?? this.create(values); }
}
class Entry extends Logged {}
export class Loan extends Entry {}
export class Fine extends Entry { keep() { return super.keep(); } }
Loan.init({}, { sequelize: connection, modelName: 'loan' });
Fine.init({}, { sequelize: connection, modelName: 'fine' });
export const run = async (loan: Loan) => { await Fine.make({}); await loan.keep(); };`;
  expect(await found(code)).toEqual([
    'Logged.keep upsert fines',
    'Logged.keep upsert loans',
    'Logged.make create fines',
    'Logged.make create loans',
    'Logged.make read fines',
    'Logged.make read loans',
  ]);
});

test('scopes that join other models are told where they are written', async () => {
  const code = `import { Column, DefaultScope, Model, Scopes, Table } from 'sequelize-typescript';
@DefaultScope(() => ({ include: [{ association: 'author' }] }))
@Scopes(() => ({ late: { where: { late: true } }, full: (id: string) => ({ include: [{ association: 'readers', where: { id } }] }) }))
@Table({ tableName: 'loans' }) export class Loan extends Model { @Column note: string; }
@Scopes(() => ({ late: { where: { late: true } } }))
@Table({ tableName: 'fines' }) export class Fine extends Model { @Column note: string; }
connection.define('shelf', {}, { tableName: 'shelves', defaultScope: { include: [Book] } });`;
  expect(await found(code)).toEqual(['! partial-query: sequelize, scopes of Loan', '! partial-query: sequelize, scopes of shelf']);
});

test('models that the library keeps, asked for in a base class', async () => {
  const code = `import { Model as Base } from 'sequelize';
class Logged extends Base {
  static async note() { const models = this.sequelize!.models; return models.author.create({}); }
}
export class Loan extends Logged {}
Loan.init({}, { sequelize: connection, modelName: 'loan' });`;
  expect(await found(code)).toEqual(['Logged.note create authors']);
});

describe('a base class that is given its model', () => {
  test.each([
    ['by a parameter without a type', 'class Shelf { constructor(model) { this.model = model; }'],
    ['of a type parameter', 'class Shelf<M extends typeof Model> { constructor(private readonly model: M) {}'],
    ['as what makes a type parameter', 'class Shelf<M extends Model> { constructor(private readonly model: ModelStatic<M>) {}'],
  ])('%s', async (_title, head) => {
    const code = inherited(`${head}
list() { return this.model.findAll(); }
clear(id) { return this.model.destroy({ where: { id } }); } }`);
    const lines = (await all(`import { Model, type ModelStatic } from 'sequelize';\n${code}`)).filter((line) =>
      /library_books|unknown/.test(line),
    );
    expect(lines.filter((line) => !line.startsWith('table '))).toEqual([
      'Shelf.clear delete library_books',
      'Shelf.list read library_books',
    ]);
  });
});
