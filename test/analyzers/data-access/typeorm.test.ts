import { describe, expect, test } from 'vitest';
import { typeorm } from '../../../analyzers/data-access/typeorm.ts';
import { findingsOf } from '../../support/findings.ts';

const entities = `
import { Entity, Column, PrimaryGeneratedColumn, ManyToOne, OneToMany, ManyToMany, JoinTable, JoinColumn, OneToOne } from 'typeorm';
@Entity('authors')
export class Author {
  @PrimaryGeneratedColumn() id: number;
  @Column() name: string;
  @OneToMany(() => Book, (book) => book.author, { cascade: true }) books: Book[];
}
@Entity()
export class BookLoan {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => Book, (book) => book.loans) book: Book;
}
@Entity({ name: 'books', schema: 'shop' })
export class Book {
  @PrimaryGeneratedColumn() id: number;
  @Column({ name: 'full_title' }) title: string;
  @ManyToOne(() => Author, (author) => author.books) @JoinColumn({ name: 'author_id' }) author: Author;
  @OneToMany(() => BookLoan, (loan) => loan.book) loans: BookLoan[];
  @ManyToMany(() => Tag, (tag) => tag.books) @JoinTable() tags: Tag[];
}
@Entity('tags')
export class Tag {
  @PrimaryGeneratedColumn() id: number;
  @ManyToMany(() => Book, (book) => book.tags) books: Book[];
}
`;
const header = `import { DataSource, EntityManager, FindOneOptions, Repository, getRepository } from 'typeorm';
import { InjectRepository } from '@nestjs/typeorm';
import { Author, Book, BookLoan, Tag } from './entities.ts';
`;
const found = async (code: string, more: Readonly<Record<string, string>> = {}): Promise<readonly string[]> =>
  (await findingsOf(typeorm, { 'src/entities.ts': entities, 'src/books.ts': header + code, ...more })).filter(
    (line) => !line.startsWith('table '),
  );
const tables = async (code: string): Promise<readonly string[]> =>
  (await findingsOf(typeorm, { 'src/entities.ts': `import { ${imports} } from 'typeorm';\n${code}` })).filter(
    (line) => !line.startsWith('transaction'),
  );
const imports =
  'Entity, Column, PrimaryColumn, ManyToOne, ManyToMany, JoinTable, TableInheritance, ChildEntity, Tree, TreeChildren, TreeParent, ViewEntity, EntitySchema, DataSource, DefaultNamingStrategy';

test('entities, their columns, references and join tables', async () => {
  const lines = await findingsOf(typeorm, { 'src/entities.ts': entities });
  expect(lines).toEqual([
    'table authors (id name)',
    'table book_loan (id bookId) -> shop.books',
    'table shop.books (id full_title author_id) -> authors',
    'table shop.books_tags_tags () -> shop.books -> tags',
    'table tags (id)',
  ]);
});

describe('names of tables', () => {
  test.each([
    [
      'single table inheritance',
      '@Entity() @TableInheritance({}) class Person { @Column() name: string } @ChildEntity() class Reader extends Person { @Column() card: string }',
      ['table person (card name)', 'table person (name)'],
    ],
    [
      'columns of an abstract base',
      'abstract class Base { @PrimaryColumn() id: string } @Entity() class Shelf extends Base {}',
      ['table shelf (id)'],
    ],
    [
      'a closure table',
      "@Entity('genres') @Tree('closure-table') class Genre { @TreeChildren() children: Genre[]; @TreeParent() parent: Genre }",
      ['table genres (parentId) -> genres', 'table genres_closure () -> genres'],
    ],
    [
      'an entity schema',
      "export const Shelf = new EntitySchema({ name: 'Shelf', tableName: 'shelves', columns: { id: { type: Number } } });",
      ['table shelves (id)'],
    ],
    ['a prefix', "new DataSource({ entityPrefix: 'lib_' }); @Entity() class Shelf { @Column() id: number }", ['table lib_shelf (id)']],
    [
      'a strategy that is understood',
      'class Plural extends DefaultNamingStrategy { tableName(target: string, given: string) { return given ?? pluralize(snakeCase(target)); } } @Entity() class BookShelf { @Column() id: number }',
      ['table book_shelves (id)'],
    ],
    [
      'a strategy that is not',
      'class Odd extends DefaultNamingStrategy { tableName(target: string) { return hash(target); } } @Entity() class Shelf { @Column() id: number }',
      ['! unknown-table: typeorm, entity Shelf, named by a naming strategy'],
    ],
    [
      'a decorator of the program',
      "const Stored = (name: string) => (target: any) => { Entity(name)(target); };\n@Stored('shelves') class Shelf { @Column() id: number }",
      ['table shelves (id)'],
    ],
    [
      'an embedded object',
      'class Size { @Column() height: number } @Entity() class Shelf { @Column(() => Size) size: Size }',
      ['table shelf (sizeHeight)'],
    ],
  ])('%s', async (_title, code, expected) => expect(await tables(code)).toEqual(expected));
});

const service = (body: string): string =>
  `export class Books { constructor(@InjectRepository(Book) private readonly books: Repository<Book>, private readonly source: DataSource) {}\n async run(input: any) { ${body} } }`;

describe('calls of repositories, managers and builders', () => {
  test.each([
    ['find', 'return this.books.find();', ['Books.run read shop.books']],
    ['save', 'return this.books.insert({});', ['Books.run create shop.books']],
    [
      'relations',
      "return this.books.find({ relations: ['author', 'loans'] });",
      ['Books.run read authors', 'Books.run read book_loan', 'Books.run read shop.books'],
    ],
    [
      'relations as an object',
      'return this.books.findOne({ relations: { tags: true, author: { books: true } } });',
      ['Books.run read authors', 'Books.run read shop.books', 'Books.run read shop.books_tags_tags', 'Books.run read tags'],
    ],
    [
      'conditions on a relation',
      'return this.books.findBy({ author: { name: input } });',
      ['Books.run read authors', 'Books.run read shop.books'],
    ],
    ['a manager', 'return this.source.manager.find(Author);', ['Books.run read authors']],
    ['a repository of the source', 'return this.source.getRepository(Author).delete(1);', ['Books.run delete authors']],
    ['a global repository', 'return getRepository(Tag).count();', ['Books.run read tags']],
    [
      'what is put into a list, whose rows have the foreign key',
      'const book = await this.books.findOneByOrFail({ id: 1 }); book.loans.push(input); return this.books.save(book);',
      ['Books.run read shop.books', 'Books.run update book_loan', 'Books.run upsert shop.books'],
    ],
    [
      'cascades',
      'return this.source.getRepository(Author).save(input);',
      ['Books.run upsert authors', 'Books.run upsert shop.books', 'Books.run upsert shop.books_tags_tags'],
    ],
    [
      'what is picked of an entity is all that is saved',
      "return this.source.getRepository(Author).save(pick(input, ['id', 'name']));",
      ['Books.run upsert authors'],
    ],
    ['a literal saves what it has', "return this.source.getRepository(Author).save({ name: 'Ann' });", ['Books.run upsert authors']],
    ['an instance saved by a manager', 'const tag = new Tag(); await this.source.manager.save(tag);', ['Books.run upsert tags']],
    [
      'a builder',
      "return this.books.createQueryBuilder('book').leftJoinAndSelect('book.author', 'author').innerJoin('author.books', 'more').getMany();",
      ['Books.run read authors', 'Books.run read shop.books'],
    ],
    [
      'a builder in steps',
      "const query = this.books.createQueryBuilder('book'); query.leftJoin('book.tags', 'tag'); return query.getRawMany();",
      ['Books.run read shop.books', 'Books.run read shop.books_tags_tags', 'Books.run read tags'],
    ],
    ['a builder that deletes', 'return this.source.createQueryBuilder().delete().from(Tag).execute();', ['Books.run delete tags']],
    [
      'a builder that inserts or updates',
      'return this.source.createQueryBuilder().insert().into(Tag).values([]).orUpdate([]).execute();',
      ['Books.run upsert tags'],
    ],
    ['a builder that updates', 'return this.books.createQueryBuilder().update().set({}).execute();', ['Books.run update shop.books']],
    [
      'a relation of a builder',
      "return this.source.createQueryBuilder().relation(Book, 'tags').of(1).add(2);",
      ['Books.run upsert shop.books_tags_tags'],
    ],
    [
      'a subquery',
      "return this.books.createQueryBuilder('book').where((query) => query.subQuery().select('loan.id').from(BookLoan, 'loan').getQuery()).getMany();",
      ['Books.run read shop.books', 'Books.run.<function 5:77> read book_loan'],
    ],
    [
      'a join that is unknown',
      "return this.books.createQueryBuilder('book').leftJoin(input.path, 'x').getMany();",
      ['! unknown-table: typeorm, leftJoin(…)', 'Books.run read shop.books'],
    ],
    [
      'an entity that something unknown is asked about',
      'await input.connection.getRepository(Tag).find(); return input.connection.createQueryBuilder(Book, "book").getMany();',
      ['Books.run read shop.books', 'Books.run read tags'],
    ],
    ['what something unknown is asked about something else', 'return input.getRepository(Date).find();', []],
    ['a list of something else', 'return [1].find((one) => one === input);', []],
  ])('%s', async (_title, body, expected) => expect(await found(service(body))).toEqual(expected));
});

test('active record', async () => {
  const code = `import { BaseEntity, Entity, Column } from 'typeorm';
@Entity() class Card extends BaseEntity { @Column() id: number; static recent() { return this.find(); } }
export async function run() { const card = await Card.findOneBy({ id: 1 }); await card.save(); await card.remove(); return Card.recent(); }`;
  expect(await found(code)).toEqual(['Card.recent read card', 'run delete card', 'run read card', 'run upsert card']);
});

test('custom repositories', async () => {
  const code = `export class BookRepository extends Repository<Book> { titled(title: string) { return this.findOneBy({ title }); } }
export class Desk { constructor(private books: BookRepository) {} async run() { await this.books.titled('x'); return this.books.delete(1); } }
export const Authors = (source: DataSource) => source.getRepository(Author).extend({ named(name: string) { return this.findBy({ name }); } });`;
  expect(await found(code)).toEqual(['Authors.named read authors', 'BookRepository.titled read shop.books', 'Desk.run delete shop.books']);
});

describe('generic base classes', () => {
  test.each([
    [
      'a base service, for each subclass',
      `abstract class Base<T> { constructor(protected readonly repository: Repository<T>) {} all() { return this.repository.find(); } }
class Authors extends Base<Author> { constructor(@InjectRepository(Author) repository: Repository<Author>) { super(repository); } }
class Tags extends Base<Tag> { all() { return super.all(); } }
class Loans extends Base<BookLoan> { all() { return []; } }`,
      ['Base.all read authors', 'Base.all read tags'],
    ],
    [
      'a base class that is given the entity',
      `abstract class Base { constructor(private source: DataSource, private entity: any) {} all() { return this.source.getRepository(this.entity).find(); } }
class Authors extends Base { constructor(source: DataSource) { super(source, Author); } }`,
      ['Base.all read authors'],
    ],
    [
      'a mixin',
      `function Crud<T>(entity: new () => T) { class Host { @InjectRepository(entity) repository: Repository<T>; all() { return this.repository.find(); } } return Host; }
class Authors extends Crud(Author) { first() { return this.repository.findOneBy({}); } }`,
      ['Authors.first read authors', 'Crud.Host.all read authors'],
    ],
    [
      'a generic class that is made for entities',
      `class Store<T> { constructor(private source: DataSource, private entity: new () => T) {} all() { return this.source.manager.find(this.entity); } }
export const authors = new Store(null as any, Author);`,
      ['Store.all read authors'],
    ],
    [
      'a function that is given a repository',
      `const all = <T>(repository: Repository<T>) => repository.find();
export const authors = (source: DataSource) => all(source.getRepository(Author));`,
      ['authors read authors'],
    ],
    [
      'options that name the entity',
      `const create = ({ entity, source }: any) => source.getRepository(entity).save({});
export const authors = (source: DataSource) => create({ entity: Author, source });`,
      ['authors upsert authors'],
    ],
    [
      'options that some calls leave out, and others hand on',
      `interface Options<T> extends FindOneOptions<T> { shelf?: number }
class Store { constructor(private source: DataSource) {}
one<T>(entity: new () => T, options: Options<T> = {}) { return this.inner(entity, options); }
private inner<T>(entity: new () => T, options: Options<T> = {}) { const { shelf, ...rest } = options; return this.source.getRepository(entity).findOne({ ...rest, where: {} }); }
listed<T>(entity: new () => T, relations?: string[]) { return this.source.getRepository(entity).find({ relations }); } }
class Desk { constructor(private store: Store) {}
plain() { return this.store.one(Book); }
tagged() { return this.store.one(Book, { relations: ['tags'], shelf: 1 }); }
listed() { return this.store.listed(Tag); }
filled() { return this.store.listed(Tag, ['books']); } }`,
      [
        'Desk.filled read shop.books',
        'Desk.filled read shop.books_tags_tags',
        'Desk.filled read tags',
        'Desk.listed read tags',
        'Desk.plain read shop.books',
        'Desk.tagged read shop.books',
        'Desk.tagged read shop.books_tags_tags',
        'Desk.tagged read tags',
      ],
    ],
    [
      'nobody who says what it serves',
      'class Base<T> { constructor(private repository: Repository<T>) {} all() { return this.repository.find(); } }',
      ['! unknown-table: typeorm, repository.find'],
    ],
  ])('%s', async (_title, code, expected) => expect(await found(code)).toEqual(expected));
});

describe('values that only their types or their lists tell', () => {
  test.each([
    [
      'a member of an interface',
      `interface Tools { source: DataSource } interface More extends Tools { other: string }
export const run = ({ source }: More) => source.getRepository(Tag).count();
export const again = (tools: { inner: Tools }) => tools.inner.source.manager.find(Author);`,
      ['again read authors', 'run read tags'],
    ],
    [
      'types made of themselves',
      `type Json = string | Json[] | Deep<Json>; type Deep<T> = { inner: T } | Deep<T[]>; interface Node extends Part<Node> { next: Node } interface Part<T> extends Whole<Part<T>> { part: T } interface Whole<T> extends Part<Whole<T>> { whole: T }
export const run = (json: Json, deep: Deep<Json>, node: Node, tags: Repository<Tag>) => { json.find(1); deep.find(1); node.next.part.find(1); return tags.find(); };`,
      ['run read tags'],
    ],
    [
      'a class that is asserted to be another type',
      `interface Type<T> extends Function { new (): T }
class Store { constructor(private source: DataSource) {} one<T>(entity: Type<T>) { return this.source.getRepository(entity).findOneBy({}); } }
export const run = (store: Store) => store.one(Tag as any as Type<Tag>);`,
      ['run read tags'],
    ],
    ['an entity by its name', "export const run = (source: DataSource) => source.getRepository('Tag').insert({});", ['run create tags']],
    [
      'what a container that is not known gives for a class',
      `class Store { constructor(private readonly source: DataSource) {} get raw(): DataSource { return this.source; } }
export const task = { async execute({ injector }: any) { const store = injector.get(Store); await store.raw.getRepository(Tag).count(); } };`,
      ['task.execute read tags'],
    ],
    [
      'a list that is filled',
      `interface Labelled { id: number }
export async function run(source: DataSource, labels: Labelled[]) { for (const id of [1]) { const tag = new Tag(); tag.id = id; labels.push(tag); } await source.manager.save(labels); }`,
      ['run upsert tags'],
    ],
  ])('%s', async (_title, code, expected) => expect(await found(code)).toEqual(expected));
});

describe('tables that saving an entity writes for its relations', () => {
  const between = 'shop.books_tags_tags';
  const service = (body: string): string =>
    `interface Form { title: string; tags: Tag[] }
interface Title { title: string }
export class Shelf {
  constructor(@InjectRepository(Book) private readonly books: Repository<Book>, @InjectRepository(Author) private readonly authors: Repository<Author>) {}
  label(book: Book, tags: Tag[]) { book.tags = tags; }
  patch(book: Book, form: any) { for (const key of Object.keys(form)) book[key] = form[key]; return book; }
  filled(form: Form) { const book = new Book(); book.tags = form.tags; return book; }
  async stored(form: Form) { const book = new Book(); book.tags = form.tags; await this.books.save(book); return book; }
  async hydrated() { const book = await this.books.findOneBy({ id: 1 }); book.tags = []; return book; }
  async run(form: Form, title: Title, book: Book, author: Author, given: any) { ${body} }
}`;
  test.each<readonly [string, string, readonly string[]]>([
    ['a column', "book.title = ''; await this.books.save(book);", []],
    ['a list', 'book.tags = form.tags; await this.books.save(book);', [between]],
    ['what is put into a list', 'book.tags.push(given); await this.books.save(book);', [between]],
    ['something in a list', "for (const tag of book.tags) tag.name = ''; await this.books.save(book);", []],
    ['a function', 'this.label(book, form.tags); await this.books.save(book);', [between]],
    ['what is copied by the type of a form', 'await this.books.save(this.patch(book, form));', [between]],
    ['what is copied by the type of another', 'await this.books.save(this.patch(book, title));', []],
    ['Object.assign', 'Object.assign(book, form); await this.books.save(book);', [between]],
    ['what create is given', 'await this.books.save(this.books.create({ ...title, tags: form.tags }));', [between]],
    ['what a constructor is given', 'await this.books.save(Object.assign(new Book(), title));', []],
    ['an empty list of a new one', "await this.books.save({ title: '', tags: [] });", []],
    ['elements of a list', 'const all = [book]; for (const one of all) one.tags = []; await this.books.save(all);', [between]],
    [
      'what is pushed in a callback',
      'const all: Book[] = []; form.tags.forEach((tag) => { const made = new Book(); made.tags = [tag]; all.push(made); }); await this.books.save(all);',
      [between],
    ],
    ['what a function made', 'await this.books.save(this.filled(form));', [between]],
    ['what a function loaded and completed', 'await this.books.save(await this.hydrated());', []],
    ['a member', "given.book.title = ''; await this.books.save(given.book);", []],
    ['nothing that is known', 'await this.books.save(given);', [between]],
    [
      'an entity of a list that a cascade stores',
      "author.books[0].title = ''; await this.authors.save(author);",
      ['authors', 'shop.books'],
    ],
    ['another member of that', "author.name = ''; await this.authors.save(author);", ['authors']],
  ])('%s', async (_title, body, expected) => {
    const lines = await found(service(body));
    const written = lines.filter((line) => line.startsWith('Shelf.run upsert')).map((line) => line.split(' ')[2]);
    expect(written).toEqual(expected[0] === 'authors' ? expected : ['shop.books', ...expected]);
  });

  test('a base class, by what each subclass saves with it', async () => {
    const lines = await found(`abstract class Crud<T extends { id: number }> {
  constructor(protected readonly repository: Repository<T>) {}
  async save(entity: Partial<T>) { return this.repository.save(entity as T); }
}
export class Books extends Crud<Book> { async add(tags: Tag[]) { return this.save({ tags }); } }
export class Tags extends Crud<Tag> { async add() { return this.save({ name: '' }); } }`);
    expect(lines).toEqual(['Crud.save upsert shop.books', 'Crud.save upsert shop.books_tags_tags', 'Crud.save upsert tags']);
  });
});

describe('transactions', () => {
  test.each([
    [
      'a callback, and functions its manager is handed to',
      `const store = (manager: EntityManager) => manager.getRepository(Tag).insert({});
export const run = (source: DataSource) => source.transaction(async (manager) => { await store(manager); const books = manager.getRepository(Book); await books.delete(1); });`,
      ['run.<function 5:63> delete shop.books in run@5', 'store create tags in run@5', 'transaction callback run@5'],
    ],
    [
      'a query runner',
      `export async function run(source: DataSource) { const runner = source.createQueryRunner();
await runner.startTransaction(); await runner.manager.insert(Tag, {}); await source.manager.find(Tag); await runner.commitTransaction(); }`,
      ['run create tags in run@5', 'run read tags', 'transaction manual run@5'],
    ],
    [
      'a decorator',
      `import { Transactional } from 'typeorm-transactional';
class Desk { constructor(private tags: Repository<Tag>) {}
@Transactional() async run() { await this.inner(); }
async inner() { await this.tags.insert({}); } }`,
      ['Desk.inner create tags in Desk.run@6', 'transaction callback Desk.run@6'],
    ],
  ])('%s', async (_title, code, expected) => expect(await found(code)).toEqual(expected));
});

test('is silent where TypeORM is not imported', async () => {
  expect(await findingsOf(typeorm, { 'src/books.ts': 'export const run = (books: any) => books.findOneBy({});' })).toEqual([]);
});

test('listeners and subscribers', async () => {
  const code = `import { AfterInsert, EventSubscriber, Entity } from 'typeorm';
@Entity() class Card { @AfterInsert() log() {} }
@EventSubscriber() class Watch { listenTo() { return Book; } afterUpdate() {} other() {} }`;
  expect(await found(code)).toEqual([
    'trigger data-hook Book.afterUpdate src/books.ts#Watch.afterUpdate',
    'trigger data-hook Card.AfterInsert src/books.ts#Card.log',
  ]);
});

test('a type that names itself is looked into once', async () => {
  const code = `type Shelf = Book | Shelf[];
type Json = string | Json[] | { [key: string]: Json };
export const clear = (shelf: Shelf, note: Json, manager: EntityManager) => manager.remove(shelf);`;
  await expect(found(code)).resolves.toEqual(expect.any(Array));
});
