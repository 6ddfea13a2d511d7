import { describe, expect, test } from 'vitest';
import { readPrismaSchema } from '../../../src/lib/prisma/read-prisma-schema.ts';

const schema = (text: string) => readPrismaSchema([{ path: 'prisma/schema.prisma', text }]);
const relationsOf = (text: string, model: string): readonly string[] =>
  [...(schema(text).models.get(model)?.relations.values() ?? [])].map(({ field, model: target, isList, holder, joinTable, columns }) =>
    [`${field}: ${target}${isList ? '[]' : ''}`, holder, joinTable, ...columns].filter((part) => part !== undefined).join(' '),
  );

const bookshop = `
datasource db { provider = "postgresql" url = env("DATABASE_URL") }

enum Genre { NOVEL POETRY }

/// A title on sale. // not the end
model Book {
  id       Int      @id // the { key
  title    String   @map("book_title") @default("a } // b")
  genre    Genre
  author   Author   @relation("Wrote", fields: [writerId],
                              references: [id], onDelete: Cascade)
  writerId Int      @map("author_id")
  tags     Tag[]
  readers  Reader[] @relation("Shelf")
  reviews  Review[]
  @@index([
    title
  ])
  @@map("books")
}
model Author { id Int @id
  books Book[] @relation("Wrote")
}
model Tag {
  id    Int    @id
  books Book[]
  @@schema("catalogue")
}
model Reader {
  id        Int      @id
  shelf     Book[]   @relation("Shelf")
  friends   Reader[] @relation("Friends")
  friendOf  Reader[] @relation("Friends")
  profile   Profile?
}
model Profile {
  reader   Reader @relation(fields: [readerId], references: [id])
  readerId Int    @unique
}
model Review {
  book   Book @relation(fields: [bookId], references: [id])
  bookId Int
  @@schema("public")
}
`;

describe('models', () => {
  test.each([
    ['Book', 'books', ['id', 'book_title', 'genre', 'author_id']],
    ['Author', 'Author', ['id']],
    ['Tag', 'catalogue.Tag', ['id']],
    ['Review', 'Review', ['bookId']],
  ])('%s', (name, table, columns) => {
    const model = schema(bookshop).models.get(name);
    expect([model?.table, model?.columns]).toEqual([table, columns]);
  });

  test('stand where they are written', () => {
    const book = schema(bookshop).models.get('Book');
    expect(bookshop.slice(book?.offset).startsWith('model Book {')).toBe(true);
  });

  test('are reached by their accessor', () => {
    const { accessors } = schema('model OrderItem {\n id Int @id\n}\nmodel URLVisit {\n id Int @id\n}');
    expect([...accessors.keys()]).toEqual(['orderItem', 'uRLVisit']);
  });

  test('lie in several files', () => {
    const { models } = readPrismaSchema([
      { path: 'schema/book.prisma', text: 'model Book {\n reviews Review[]\n}' },
      { path: 'schema/review.prisma', text: 'model Review {\n book Book @relation(fields: [bookId], references: [id])\n bookId Int\n}' },
    ]);
    expect(models.get('Book')?.relations.get('reviews')?.holder).toBe('other');
    expect(models.get('Review')?.file).toBe('schema/review.prisma');
  });
});

describe('relations', () => {
  test.each([
    [
      'Book',
      [
        'author: Author own author_id',
        'tags: Tag[] join-table _BookToTag',
        'readers: Reader[] join-table _Shelf',
        'reviews: Review[] other',
      ],
    ],
    [
      'Reader',
      [
        'shelf: Book[] join-table _Shelf',
        'friends: Reader[] join-table _Friends',
        'friendOf: Reader[] join-table _Friends',
        'profile: Profile other',
      ],
    ],
    ['Profile', ['reader: Reader own readerId']],
  ])('of %s', (model, expected) => expect(relationsOf(bookshop, model)).toEqual(expected));

  test('many-to-many relations have one join table', () => {
    expect(schema(bookshop).joinTables.map(({ table, models }) => `${table} ${models.join(' ')}`)).toEqual([
      '_BookToTag Book Tag',
      '_Shelf Book Reader',
      '_Friends Reader Reader',
    ]);
  });

  test('a document database has none', () => {
    const text = 'datasource db {\n provider = "mongodb"\n}\nmodel A {\n bs B[]\n}\nmodel B {\n as A[]\n}';
    expect(schema(text).joinTables).toEqual([]);
  });
});
