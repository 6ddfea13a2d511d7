import { describe, expect, test } from 'vitest';
import { mikroOrm } from '../../../analyzers/data-access/mikro-orm.ts';
import { findingsOf } from '../../support/findings.ts';

const entities = `import { Collection, Entity, ManyToMany, ManyToOne, OneToMany, PrimaryKey, Property } from '@mikro-orm/core';
abstract class Base { @PrimaryKey() id!: number; }
@Entity() export class Author extends Base { @Property() fullName!: string; @OneToMany(() => Book, (book) => book.author) books = new Collection<Book>(this); }
@Entity({ tableName: 'library_books' }) export class Book extends Base {
  @Property({ fieldName: 'heading' }) title!: string;
  @ManyToOne(() => Author) author!: Author;
  @ManyToMany(() => Tag) tags = new Collection<Tag>(this);
}
@Entity({ schema: 'desk' }) export class Tag extends Base { @ManyToMany(() => Book, (book) => book.tags) books = new Collection<Book>(this); }
`;
const header =
  "import { EntityManager, EntityRepository, MikroORM, wrap } from '@mikro-orm/core';\nimport { Author, Book, Tag } from './entities.ts';\n";
const found = async (code: string): Promise<readonly string[]> =>
  (await findingsOf(mikroOrm, { 'src/entities.ts': entities, 'src/books.ts': header + code })).filter((line) => !line.startsWith('table '));

test('entities, their columns, references and pivot tables', async () => {
  expect(await findingsOf(mikroOrm, { 'src/entities.ts': entities })).toEqual([
    'table author (full_name id)',
    'table desk.tag (id)',
    'table library_books (heading id author_id) -> author',
    'table library_books_tags () -> library_books -> desk.tag',
  ]);
});

describe('other ways to write an entity', () => {
  test.each([
    [
      'a schema',
      "export const Shelf = new EntitySchema({ name: 'BookShelf', properties: { id: { type: Number }, parts: { kind: '1:m', entity: () => Shelf } } });",
      ['table book_shelf (id)'],
    ],
    [
      'a definition',
      "export const Shelf = defineEntity({ name: 'Shelf', tableName: 'shelves', properties: (p) => ({ id: p.integer(), parent: () => p.manyToOne(Shelf) }) });",
      ['table shelves (id parent_id) -> shelves'],
    ],
    [
      'inheritance in one table',
      "@Entity({ discriminatorColumn: 'kind' }) class Person { @Property() name: string } @Entity() class Reader extends Person {}",
      ['table person (name)'],
    ],
    [
      'an abstract entity',
      '@Entity({ abstract: true }) class Base { @PrimaryKey() id: number } @Entity() class Shelf extends Base {}',
      ['table shelf (id)'],
    ],
  ])('%s', async (_title, code, expected) =>
    expect(
      await findingsOf(mikroOrm, {
        'src/a.ts': `import { Entity, EntitySchema, PrimaryKey, Property, defineEntity } from '@mikro-orm/core';\n${code}`,
      }),
    ).toEqual(expected),
  );

  test("Medusa's models", async () => {
    const code = `import { model } from '@medusajs/framework/utils';
export const Shelf = model.define('BookShelf', { id: model.id().primaryKey(), copies: model.hasMany(() => Copy, { mappedBy: 'shelf' }), labels: model.manyToMany(() => Label, { mappedBy: 'shelves' }) });
export const Copy = model.define({ name: 'Copy', tableName: 'book_copy' }, { shelf: model.belongsTo(() => Shelf, { mappedBy: 'copies' }) }).indexes([]);
export const Label = model.define('label', { shelves: model.manyToMany(() => Shelf, { pivotTable: 'shelf_label' }) });`;
    expect(await findingsOf(mikroOrm, { 'src/models.ts': code })).toEqual([
      'table book_copy (shelf_id) -> book_shelf',
      'table book_shelf (id)',
      'table label ()',
      'table shelf_label () -> book_shelf -> label',
    ]);
  });
});

describe('calls', () => {
  const service = (body: string): string =>
    `export class Desk { constructor(private em: EntityManager, private books: EntityRepository<Book>) {}\n async run(input: any) { ${body} } }`;
  test.each([
    ['find', 'return this.em.find(Author, {});', ['Desk.run read author']],
    [
      'a repository',
      "return this.books.findOne({ id: 1 }, { populate: ['author', 'tags'] });",
      ['Desk.run read author', 'Desk.run read desk.tag', 'Desk.run read library_books', 'Desk.run read library_books_tags'],
    ],
    [
      'conditions on a relation',
      "return this.books.find({ author: { fullName: 'Ann' } });",
      ['Desk.run read author', 'Desk.run read library_books'],
    ],
    ['conditions on its key only', 'return this.books.find({ author: { id: 1 } });', ['Desk.run read library_books']],
    ['persisting', 'const tag = new Tag(); await this.em.persistAndFlush(tag);', ['Desk.run upsert desk.tag']],
    [
      'what was changed',
      "const book = await this.books.findOneOrFail(1); book.title = 'x'; await this.em.flush();",
      ['Desk.run read library_books', 'Desk.run update library_books'],
    ],
    ['removing', 'const em = this.em.fork(); em.remove(await em.findOne(Tag, 1));', ['Desk.run delete desk.tag', 'Desk.run read desk.tag']],
    ['natively', 'return this.em.nativeUpdate(Tag, {}, {});', ['Desk.run update desk.tag']],
    ['assigning', 'wrap(await this.books.findOne(1)).assign({});', ['Desk.run read library_books', 'Desk.run update library_books']],
    [
      'a collection',
      'const author = await this.em.findOne(Author, 1); await author.books.init();',
      ['Desk.run read author', 'Desk.run read library_books'],
    ],
    [
      'a builder',
      "return this.books.createQueryBuilder('b').leftJoinAndSelect('b.author', 'a').getResult();",
      ['Desk.run read author', 'Desk.run read library_books'],
    ],
    [
      'a builder that deletes',
      'return (this.em as any as EntityManager).createQueryBuilder(Tag).delete().execute();',
      ['Desk.run delete desk.tag'],
    ],
  ])('%s', async (_title, body, expected) => expect(await found(service(body))).toEqual(expected));
});

test('transactions', async () => {
  const code = `export const run = (orm: MikroORM) => orm.em.transactional(async (em) => { em.persist(new Tag()); await helper(em); });
const helper = (em: EntityManager) => em.nativeDelete(Book, {});`;
  expect(await found(code)).toEqual([
    'helper delete library_books in run@3',
    'run.<function 3:60> upsert desk.tag in run@3',
    'transaction callback run@3',
  ]);
});

test('hooks', async () => {
  const code = `import { BeforeCreate, Entity, EventSubscriber } from '@mikro-orm/core';
@Entity() class Card { @BeforeCreate() stamp() {} }
class Watch implements EventSubscriber { afterFlush() {} }`;
  expect(await found(code)).toEqual([
    'trigger data-hook *.afterFlush src/books.ts#Watch.afterFlush',
    'trigger data-hook Card.BeforeCreate src/books.ts#Card.stamp',
  ]);
});

describe("Medusa's services", () => {
  const models = `import { model } from '@medusajs/framework/utils';
export const Book = model.define('book', { id: model.id().primaryKey(), author: model.belongsTo(() => Author, { mappedBy: 'books' }) });
export const Author = model.define('author', { id: model.id().primaryKey(), books: model.hasMany(() => Book, { mappedBy: 'author' }) });
export const Library = model.define('library', { id: model.id().primaryKey() });
`;
  const service = (body: string): string => `import { InjectTransactionManager, MedusaService } from '@medusajs/framework/utils';
import type { ModulesSdkTypes } from '@medusajs/framework/types';
import { Author, Book, Library } from './models.ts';
export default class Desk<Lent extends Book = Book> extends MedusaService({ Book, Author, Library }) {
  protected bookService_: ModulesSdkTypes.IMedusaInternalService<typeof Book>;
  protected lentService_: ModulesSdkTypes.IMedusaInternalService<Lent>;
  protected anyService_: ModulesSdkTypes.IMedusaInternalService<any>;
  constructor({ lentService }: { lentService: ModulesSdkTypes.IMedusaInternalService<any> }) { super(...arguments); this.lentService_ = lentService; }
  ${body}
}`;
  const accesses = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> =>
    (await findingsOf(mikroOrm, { 'src/models.ts': models, ...files })).filter((line) => !line.startsWith('table '));

  test.each([
    ['lists', "run() { return this.listBooks({}, { relations: ['author'] }); }", ['Desk.run read author', 'Desk.run read book']],
    ['retrieves', "run() { return this.retrieveAuthor('a'); }", ['Desk.run read author']],
    ['lists and counts', 'run() { return this.listAndCountLibraries(); }', ['Desk.run read library']],
    ['creates', 'run() { return this.createBooks([]); }', ['Desk.run create book']],
    ['updates', 'run() { return this.updateAuthors([]); }', ['Desk.run update author']],
    ['deletes', "run() { return this.deleteLibraries(['a']); }", ['Desk.run delete library']],
    ['deletes softly', "run() { return this.softDeleteBooks(['a']); }", ['Desk.run update book']],
    ['restores', "run() { return this.restoreBooks(['a']); }", ['Desk.run update book']],
    ['overrides', 'listBooks() { return super.listBooks({}); }', ['Desk.listBooks read book']],
    ['calls what overrides', 'createBooks() { return 1; } run() { return this.createBooks(); }', []],
    ['keeps the service of one model', 'run() { return this.bookService_.upsert([]); }', ['Desk.run upsert book']],
    ['keeps the service of a type parameter', 'run() { return this.lentService_.list(); }', ['Desk.run read book']],
    ['keeps a service of any model', 'run() { return this.anyService_.delete([]); }', ['! unknown-table: mikro-orm, delete']],
    ['means no model', 'run() { return this.listShelves(); }', ['! unknown-table: mikro-orm, listShelves']],
    [
      'begins a transaction',
      '@InjectTransactionManager() async run() { await this.bookService_.create([]); }',
      ['Desk.run create book in Desk.run@9', 'transaction callback Desk.run@9'],
    ],
  ])('a module that %s', async (_title, body, expected) => expect(await accesses({ 'src/desk.ts': service(body) })).toEqual(expected));

  test.each([
    ['by its type', 'const desk: Desk = container.resolve("desk");'],
    ['by the name it is registered under', 'const desk = container.resolve(DESK);'],
  ])('a module that is resolved %s', async (_title, resolved) =>
    expect(
      await accesses({
        'src/desk.ts': service(''),
        'src/index.ts':
          "import { Module } from '@medusajs/framework/utils';\nimport Desk from './desk.ts';\nexport const DESK = 'desk';\nexport default Module(DESK, { service: Desk });",
        'src/step.ts': `import { createStep } from '@medusajs/framework/workflows-sdk';
import type Desk from './desk.ts';
import { DESK } from './index.ts';
export const step = createStep('create', async (input, { container }) => { ${resolved} return desk.createBooks(input); });`,
      }),
    ).toEqual(['step.<function 4:42> create book']),
  );

  describe('whose own source stands in the tree', () => {
    const own = {
      'framework/types.ts': "export * as ModulesSdkTypes from './services.ts';",
      'framework/services.ts': 'export interface IMedusaInternalService<T> { list(): T[] }',
      'framework/utils.ts': `export * as ModulesSdkUtils from './make.ts';
export const InjectTransactionManager = () => () => {};
export const model = { define: (name, schema) => ({ name, schema }) };`,
      'framework/make.ts':
        "import '@mikro-orm/core';\n" +
        'export function MedusaService(models) { return class {}; }\nexport function MedusaInternalService(model) { return class {}; }',
      'src/types.ts': 'export interface IDesk { listBooks(): unknown }',
      'src/books.ts': `import { ModulesSdkUtils } from '@medusajs/framework/utils.ts';
import { Book } from './models.ts';
export default class Books extends ModulesSdkUtils.MedusaInternalService<{}, Book>(Book) {}`,
      'src/desk.ts': `import { InjectTransactionManager, ModulesSdkUtils } from '@medusajs/framework/utils.ts';
import type { ModulesSdkTypes } from '@medusajs/framework/types.ts';
import { Author, Book } from './models.ts';
import Books from './books.ts';
import type * as types from './types.ts';
export default class Desk extends ModulesSdkUtils.MedusaService({ Book, Author }) implements types.IDesk {
  protected authorService_: ModulesSdkTypes.IMedusaInternalService<typeof Author>;
  protected bookService_: Books;
  @InjectTransactionManager() async run() { await this.authorService_.list(); return this.bookService_.create([]); }
}`,
    };
    const models = `import { model } from '@medusajs/framework/utils.ts';
export const Book = model.define('book', { id: model.id() });
export const Author = model.define('author', { id: model.id() });
`;
    const inTree = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> =>
      (
        await findingsOf(mikroOrm, { ...own, 'src/models.ts': models, ...files }, { aliases: { '@medusajs/framework/': 'framework' } })
      ).filter((line) => !line.startsWith('table '));

    test.each([
      [
        'a function that is given its this',
        `import { lend } from './lend.ts';
export default class Desk { protected bookService_: ModulesSdkTypes.IMedusaInternalService<typeof Book>; run() { return lend.bind(this)(1); } }`,
        `async function store(service) { await service.bookService_.create([]); }
export async function lend(this: any, id: number) { await this.bookService_.retrieve(id); await store(this); }`,
        ['lend create book', 'lend read book'],
      ],
      [
        'a service whose type is written where it is resolved',
        'export {};',
        `import Books from './books.ts';
export const load = async ({ container }: any) => { const books = container.resolve<Books>('books'); await books.list(); };`,
        ['load read book'],
      ],
      [
        'a manager whose type is written where it is asked for',
        'export {};',
        `import type { SqlEntityManager } from '@mikro-orm/postgresql';
export class Shelves { async run(context: any) { const manager = (this as any).activeManager<SqlEntityManager>(context); await manager.find(Book, {}); } }`,
        ['Shelves.run read book'],
      ],
      [
        'a repository that is not known',
        'export {};',
        'export class Links { protected linkRepository_: any; constructor({ linkRepository }: { linkRepository: any }) { this.linkRepository_ = linkRepository; } async run() { await this.linkRepository_.find({}); return this.linkRepository_.softDelete({}); } }',
        ['! unknown-table: mikro-orm, linkRepository_.find', '! unknown-table: mikro-orm, linkRepository_.softDelete'],
      ],
    ])('%s', async (_title, desk, lend, expected) => {
      const imports = `import type { ModulesSdkTypes } from '@medusajs/framework/types.ts';
import { Book } from './models.ts';\n`;
      expect(await inTree({ 'src/desk.ts': imports + desk, 'src/lend.ts': imports + lend })).toEqual(expected);
    });

    test('a module', async () =>
      expect(await inTree({})).toEqual([
        'Desk.run create book in Desk.run@9',
        'Desk.run read author in Desk.run@9',
        'transaction callback Desk.run@9',
      ]));

    test('a module known by the interface that it alone implements', async () =>
      expect(
        await inTree({
          'src/step.ts': `import type { IDesk } from './types.ts';
export async function step({ container }) { const desk: IDesk = container.resolve('desk'); return desk.listBooks(); }`,
        }),
      ).toContain('step read book'));
  });
});
