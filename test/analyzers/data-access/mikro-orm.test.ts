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
