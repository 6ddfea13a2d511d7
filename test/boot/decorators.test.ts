import { expect, test } from 'vitest';
import type { BootClass, BootDecorator, BootValue } from '../../src/model/boot-trace.ts';
import { traceOf } from '../support/trace.ts';

const classesOf = (code: string, files: Readonly<Record<string, string>> = {}): readonly BootClass[] =>
  traceOf({ files: { 'src/main.ts': code, ...files } }, { entries: ['src/main.ts'] }).trace.classes ?? [];

function told(value: BootValue | undefined): string {
  switch (value?.kind) {
    case 'constant':
      return JSON.stringify(value.value) ?? 'undefined';
    case 'external': {
      const name = value.path.join('.');
      return value.called ? `${name}(${(value.arguments ?? []).map(told).join(', ')})` : name;
    }
    case 'class':
      return nameOf(value.id ?? value.symbol);
    case 'array':
      return `[${value.elements.map(told).join(', ')}]`;
    case 'object':
      return `{${Object.entries(value.properties)
        .map(([name, inner]) => `${name}: ${told(inner)}`)
        .join(', ')}}`;
    case 'function':
      return value.result === undefined ? nameOf(value.symbol) : `() => ${told(value.result)}`;
    default:
      return value?.kind === 'unknown' ? (value.text ?? 'unknown') : (value?.kind ?? 'nothing');
  }
}

const nameOf = (id: string): string => id.slice(id.indexOf('#') + 1);
const decorators = (all: readonly BootDecorator[]): string => all.map(({ value }) => `@${told(value)}`).join(' ');

const summary = ({ id, decorators: own, parameters, members }: BootClass): readonly string[] => [
  [decorators(own), nameOf(id), ...parameters.map((parameter) => decorators(parameter.decorators))].filter(Boolean).join(' '),
  ...members.map((member) =>
    [
      decorators(member.decorators),
      `${nameOf(member.symbol)}(${member.parameters.map((one) => [decorators(one.decorators), one.name].filter(Boolean).join(' ')).join(', ')})`,
    ]
      .filter(Boolean)
      .join(' '),
  ),
];

const web = `import { Body, Get, Param, Post, Read } from 'web';\n`;

test.each<[string, string, readonly string[]]>([
  ['nothing without decorators', 'class Shelf { find() {} }', []],
  [
    'on classes, members and parameters, in source order',
    `${web}@Read('/books') @Post class Books { constructor(@Param('db') db: string) {} @Get('/:id') @Post() find(@Param('id') id: string, other: number) {} }`,
    [`@Read("/books") @Post Books @Param("db")`, `@Get("/:id") @Post() Books.find(@Param("id") id, other)`],
  ],
  [
    'on members whose names are computed',
    `${web}const NAME = 'all';
class Books { @Get('/a') ['a']() {} @Get('/b') [\`b\`]() {} @Get('/all') [NAME]() {} @Get('/x') [unknown()](@Param('id') id) {} }`,
    [
      'Books',
      `@Get("/a") Books.a()`,
      `@Get("/b") Books.b()`,
      `@Get("/all") Books.<computed 3:59>()`,
      `@Get("/x") Books.<computed 3:84>(@Param("id") id)`,
    ],
  ],
  [
    'inherited, and overridden',
    `${web}class Base { @Get('/a') a() {} @Get('/b') b() {} }\nclass Books extends Base { b() {} @Get('/c') c() {} }`,
    ['Base', `@Get("/a") Base.a()`, `@Get("/b") Base.b()`, 'Books', 'Books.b()', `@Get("/c") Books.c()`, `@Get("/a") Base.a()`],
  ],
  [
    'composed by the library or the program',
    `import { applyDecorators, Get, UseGuards } from '@nestjs/common';\nconst Listed = (path: string) => applyDecorators(Get(path), UseGuards('jwt'));\nclass Books { @Listed('/all') all() {} }`,
    ['Books', `@UseGuards("jwt") @Get("/all") Books.all()`],
  ],
  [
    'applied by a decorator of the program',
    `${web}const Route = (path: string) => (target: object, key: string, descriptor: object) => { Get(path)(target, key, descriptor); };\nconst Shelf = () => (target: Function) => { Read('/shelf')(target); };\n@Shelf() class Books { @Route('/all') all() {} }`,
    [`@Read("/shelf") @Shelf.<function 3:21> Books`, `@Get("/all") @Route.<function 2:33> Books.all()`],
  ],
  [
    'what functions in arguments name',
    `${web}class Author { books = [] }\nclass Book { @Get(() => Author, (author) => author.books) author() {} @Get(() => [Author]) all() {} @Get(() => make()) made() {} }`,
    [
      'Book',
      `@Get(() => Author, () => author.books) Book.author()`,
      `@Get(() => [Author]) Book.all()`,
      '@Get(Book.made.<function 3:106>) Book.made()',
    ],
  ],
  [
    'classes that one function made',
    `${web}class Cat {} class Dog {}\nfunction Crud(of: unknown) { class Controller { @Get(of) all() {} } return Controller; }\nclass Cats extends Crud(Cat) {}\nclass Dogs extends Crud(Dog) {}`,
    [
      'Cats',
      '@Get(Cat) Crud.Controller.all()',
      'Crud.Controller',
      '@Get(Cat) Crud.Controller.all()',
      'Crud.Controller~2',
      '@Get(Dog) Crud.Controller.all()',
      'Dogs',
      '@Get(Dog) Crud.Controller.all()',
    ],
  ],
])('decorators are told: %s', (_title, code, expected) => expect(classesOf(code).flatMap(summary)).toEqual(expected));

test('a class that a circular import names is known when start-up has ended', () => {
  const author = `import { Many } from 'orm';\nimport { Book } from './book';\nexport class Author { @Many(() => Book) books: Book[] = []; }`;
  const book = `import { One } from 'orm';\nimport { Author } from './author';\nexport class Book { @One(() => Author) author!: Author; }`;
  const told = classesOf(`import './author';`, { 'src/author.ts': author, 'src/book.ts': book });
  expect(told.flatMap(summary)).toEqual(['Author', '@Many(() => Book) Author.books()', 'Book', '@One(() => Author) Book.author()']);
  expect(told.map(({ members }) => members[0]?.type)).toEqual([
    { kind: 'symbol', symbol: 'src/book.ts#Book', isList: true },
    { kind: 'symbol', symbol: 'src/author.ts#Author' },
  ]);
});

test('types of parameters and results are what they name', () => {
  const [books] = classesOf(
    `${web}interface Found { title: string }\nclass Order {}\nclass Books { @Get() find(@Body() order: Order, many: Array<Order>, text: string): Promise<Found[]> { return Promise.resolve([]); } }`,
  );
  const [find] = books?.members ?? [];
  expect(find?.parameters.map(({ type }) => type)).toEqual([
    { kind: 'symbol', symbol: 'src/main.ts#Order' },
    { kind: 'symbol', symbol: 'src/main.ts#Order', isList: true },
    undefined,
  ]);
  expect(find?.returns).toEqual({ kind: 'symbol', symbol: 'src/main.ts#Found', isList: true });
});
