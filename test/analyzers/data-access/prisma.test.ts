import { describe, expect, test } from 'vitest';
import { prisma } from '../../../analyzers/data-access/prisma.ts';
import { findingsOf } from '../../support/findings.ts';

const schema = `
model Book {
  id       Int      @id
  author   Author   @relation(fields: [authorId], references: [id])
  authorId Int
  tags     Tag[]
  reviews  Review[]
  cover    Cover?
  @@map("books")
}
model Cover {
  book   Book @relation(fields: [bookId], references: [id])
  bookId Int  @id
  @@map("covers")
}
model Author {
  id    Int    @id
  books Book[]
  @@map("authors")
}
model Tag {
  id    Int    @id
  books Book[]
  @@map("tags")
}
model Review {
  id     Int  @id
  book   Book @relation(fields: [bookId], references: [id])
  bookId Int
  @@map("reviews")
}
`;
const client = "import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nexport default prisma;\n";

const found = async (code: string): Promise<readonly string[]> => {
  const all = await findingsOf(prisma, { 'prisma/schema.prisma': schema, 'src/client.ts': client, 'src/books.ts': code });
  return all.filter((line) => !line.startsWith('table '));
};
const run = (call: string): Promise<readonly string[]> =>
  found(`import prisma from './client.ts';\nexport const run = (id: number, input: any) => ${call};`);

test('tables, foreign keys and join tables', async () => {
  expect(await findingsOf(prisma, { 'prisma/schema.prisma': schema })).toEqual([
    'table _BookToTag (A B) -> books -> tags',
    'table authors (id)',
    'table books (id authorId) -> authors',
    'table covers (bookId) -> books',
    'table reviews (id bookId) -> books',
    'table tags (id)',
  ]);
});

describe('operations', () => {
  test.each([
    ['findUniqueOrThrow', 'read'],
    ['groupBy', 'read'],
    ['createManyAndReturn', 'create'],
    ['updateMany', 'update'],
    ['deleteMany', 'delete'],
    ['upsert', 'upsert'],
  ])('%s', async (method, operation) => expect(await run(`prisma.book.${method}()`)).toEqual([`run ${operation} books`]));
});

describe('relations', () => {
  test.each([
    ['include', '{ include: { author: true, tags: false } }', ['read authors', 'read books']],
    ['a nested select', '{ select: { author: { select: { books: true } } } }', ['read authors', 'read books']],
    ['a many-to-many', '{ include: { tags: true } }', ['read _BookToTag', 'read books', 'read tags']],
    ['a filter', '{ where: { OR: [{ reviews: { some: { id } } }] } }', ['read books', 'read reviews']],
    ['a count of a many-to-many', '{ include: { _count: { select: { tags: true } } } }', ['read _BookToTag', 'read books']],
    ['an order', "{ orderBy: { author: { id: 'asc' } } }", ['read authors', 'read books']],
  ])('%s', async (_title, argument, expected) => {
    expect(await run(`prisma.book.findMany(${argument})`)).toEqual(expected.map((line) => `run ${line}`));
  });
});

describe('nested writes', () => {
  test.each([
    ['connect to a parent', '{ author: { connect: { id } } }', ['read authors', 'update books']],
    ['create a parent', '{ author: { create: { id } } }', ['create authors', 'update books']],
    ['create children', '{ reviews: { create: [{ id }] } }', ['create reviews', 'update books']],
    [
      'create the only child, which takes the place of another',
      '{ cover: { create: {} } }',
      ['create covers', 'update books', 'update covers'],
    ],
    ['connect children', '{ reviews: { connect: { id } } }', ['update books', 'update reviews']],
    ['delete children', '{ reviews: { deleteMany: {} } }', ['delete reviews', 'update books']],
    ['connect a many-to-many', '{ tags: { connect: { id } } }', ['create _BookToTag', 'read tags', 'update books']],
    ['clear a many-to-many', '{ tags: { set: [] } }', ['delete _BookToTag', 'update books']],
    [
      'connect or create, from a list',
      '{ tags: { connectOrCreate: input.map((tag: any) => ({ where: { id: tag }, create: { id: tag } })) } }',
      ['create _BookToTag', 'read tags', 'update books', 'upsert tags'],
    ],
  ])('%s', async (_title, data, expected) => {
    expect(await run(`prisma.book.update({ where: { id }, data: ${data} })`)).toEqual(expected.map((line) => `run ${line}`));
  });
});

test('rows that are made with their children take no key from others', async () => {
  const data = '{ reviews: { create: [{ id }] }, cover: { create: {} }, author: { create: { books: { connect: { id } } } } }';
  expect(await run(`prisma.book.create({ data: ${data} })`)).toEqual([
    'run create authors',
    'run create books',
    'run create covers',
    'run create reviews',
    'run update books',
  ]);
});

describe('arguments', () => {
  test.each([
    [
      'a constant',
      "import prisma from './client.ts';\nconst include = { author: true };\nexport const list = () => prisma.book.findMany({ include });",
      ['list read authors', 'list read books'],
    ],
    [
      'what callers pass',
      "import prisma from './client.ts';\nconst list = (options: any) => { const { include } = options; return prisma.book.findMany({ include }); };\nexport const all = () => list({ include: { author: true } });",
      ['list read authors', 'list read books'],
    ],
    [
      'what is pushed into a list',
      "import prisma from './client.ts';\nexport function list() { const all: any[] = []; all.push({ author: { id: 1 } }); return prisma.book.findMany({ where: { AND: all } }); }",
      ['list read authors', 'list read books'],
    ],
    [
      'what cannot be read is said',
      "import prisma from './client.ts';\nexport const create = (data: any) => prisma.book.create({ data });",
      ['! partial-query: prisma, book.create(…)', 'create create books'],
    ],
    [
      'a model without relations hides nothing',
      "import prisma from './client.ts';\nexport const create = (id: number) => prisma.tag.createMany({ data: [{ id }] });",
      ['create create tags'],
    ],
    [
      'a model that is computed',
      "import prisma from './client.ts';\nexport const clear = (name: string) => prisma[name].deleteMany();",
      ['! unknown-table: prisma, […].deleteMany'],
    ],
  ])('%s', async (_title, code, expected) => expect(await found(code)).toEqual(expected));
});

describe('clients', () => {
  test.each([
    [
      'a class that extends the client, injected',
      "import { PrismaClient } from '@prisma/client';\nexport class Database extends PrismaClient {}\nexport class Books { constructor(private readonly db: Database) {}\n list() { return this.db.book.findMany(); } }",
      ['Books.list read books'],
    ],
    [
      'an extended client',
      "import prisma from './client.ts';\nconst db = prisma.$extends({});\nexport const list = () => db.book.findMany();",
      ['list read books'],
    ],
    [
      'a delegate kept in a variable',
      "import prisma from './client.ts';\nconst books = prisma.book;\nexport const list = () => books.findMany();",
      ['list read books'],
    ],
    ['nothing known, but the model exists', 'export const list = (context: any) => context.db.book.findMany();', ['list read books']],
    ['nothing known, and no such model', 'export const list = (context: any) => context.db.shelf.findMany();', []],
    [
      'a class of the program with such a member',
      'class Shelf { book = { count: () => 1 }; }\nconst shelf = new Shelf();\nexport const size = () => shelf.book.count();',
      [],
    ],
  ])('%s', async (_title, code, expected) => expect(await found(code)).toEqual(expected));
});

describe('transactions', () => {
  test('of a callback, with functions that are handed its client', async () => {
    const code = `import type { Prisma } from '@prisma/client';
import prisma from './client.ts';
const tag = (tx: Prisma.TransactionClient) => tx.tag.create({});
export const add = () => prisma.$transaction(async (tx) => {
  await tx.book.create({});
  await tag(tx);
  await prisma.author.findMany();
});`;
    expect(await found(code)).toEqual([
      'add.<function 4:46> create books in add@4',
      'add.<function 4:46> read authors',
      'tag create tags in add@4',
      'transaction callback add@4',
    ]);
  });

  test('of a batch', async () => {
    const code = `import prisma from './client.ts';
export function add() {
  const first = prisma.book.create({});
  return prisma.$transaction([first, prisma.tag.create({})]);
}`;
    expect(await found(code)).toEqual(['add create books in add@4', 'add create tags in add@4', 'transaction batch add@4']);
  });
});

describe('batches', () => {
  test.each([
    [
      'kept in a variable, with what is added to it later',
      `export async function add(also: boolean) {
  const works = [prisma.book.create({})];
  if (also) works.push(prisma.tag.create({}));
  await prisma.$transaction(works);
}`,
      ['add create books in add@5', 'add create tags in add@5', 'transaction batch add@5'],
    ],
    [
      'begun on one line',
      `export const both = async () => { await prisma.$transaction([prisma.tag.create({})]); await prisma.$transaction([prisma.book.create({})]); };`,
      ['both create books in both@2:93', 'both create tags in both@2', 'transaction batch both@2', 'transaction batch both@2:93'],
    ],
    [
      'made of a list',
      `export const all = (titles: string[]) => prisma.$transaction(titles.map((title) => prisma.book.create({ data: { title } })));`,
      ['all.<function 2:73> create books in all@2', 'transaction batch all@2'],
    ],
    [
      'of what functions begin, which others call alone',
      `const tag = () => prisma.tag.create({});
const book = () => prisma.book.create({});
export const both = () => prisma.$transaction([tag(), book()]);
export const alone = () => tag();`,
      ['book create books in both@4', 'tag create tags', 'tag create tags in both@4', 'transaction batch both@4'],
    ],
    [
      'but what a caller runs within one is none',
      `const within = (work: (tx: any) => Promise<void>) => prisma.$transaction(work);
export const run = () => within(async (tx) => { await tx.tag.create({}); });`,
      ['run.<function 3:33> create tags in run@3', 'transaction callback run@3'],
    ],
  ])('%s', async (_title, code, expected) => expect(await found(`import prisma from './client.ts';\n${code}`)).toEqual(expected));
});

describe('clients that are generated into the tree', () => {
  const generated = `generator client {\n  provider = "prisma-client"\n  output = "../src/generated/prisma"\n}\n${schema}`;
  const service = (from: string) => `import { PrismaClient, Prisma } from '${from}';
export class PrismaService extends PrismaClient { constructor() { super(); } }
export class Books { constructor(private readonly prisma: PrismaService) {}
  all() { return this.prisma.book.findMany(); }
  drop() { return this.prisma.$transaction(async (tx) => { await tx.book.delete({}); return tx.$queryRaw(Prisma.sql\`SELECT * FROM authors WHERE id = \${1}\`); }); } }`;
  test.each([['./generated/prisma/client'], ['src/generated/prisma/client'], ['@/generated/prisma']])('%s', async (from) => {
    const all = await findingsOf(prisma, { 'prisma/schema.prisma': generated, 'src/books.ts': service(from) });
    expect(all.filter((line) => !line.startsWith('table '))).toEqual([
      'Books.all read books',
      'Books.drop.<function 5:44> delete books in Books.drop@5',
      'transaction callback Books.drop@5',
    ]);
  });
});
