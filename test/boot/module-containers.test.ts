import { expect, test } from 'vitest';
import { type ClosureId, functionOf, nameOf, type SymbolId } from '../../src/model/ids.ts';
import { traceOf } from '../support/trace.ts';

const common = `import { Body, Controller, forwardRef, Get, Global, Inject, Injectable, Module, Optional, UseGuards } from '@nestjs/common';
import { ModuleRef, NestFactory } from '@nestjs/core';
abstract class Books { abstract all(): string[]; }
class SqlBooks extends Books { all() { return this.rows(); } rows() { return sqlRows(); } }
class MongoBooks extends Books { all() { return mongoRows(); } }
function sqlRows() { return []; }
function mongoRows() { return []; }
`;
const start = `\nasync function start() { const app = await NestFactory.create(AppModule); await app.listen(3000); }\nstart();`;

/** Functions that the handlers of a program call, closures followed. */
function reached(code: string): readonly string[] {
  const { trace, program } = traceOf({ files: { 'src/main.ts': `${common}${code}${start}` } }, { entries: ['src/main.ts'] });
  const closures = new Map((trace.closures ?? []).map((closure) => [closure.id, closure]));
  const called = (symbol: SymbolId): readonly SymbolId[] =>
    [...program.callsFrom(symbol), ...trace.calls.filter(({ from }) => from === symbol)].map(({ to }) => to);
  const registered = (trace.classes ?? []).flatMap(({ members }) => members.flatMap(({ closure }) => closure ?? []));
  const found = new Set<string>();
  const follow = (id: ClosureId): void => {
    if (found.has(id)) return;
    found.add(id);
    const closure = closures.get(id);
    const next = closure === undefined ? called(functionOf(id)) : closure.calls.flatMap(({ to }) => to);
    for (const one of next) follow(one as ClosureId);
  };
  for (const id of registered) follow(id);
  return [...new Set(Array.from(found, (id) => nameOf(functionOf(id as ClosureId))))].filter((name) => /Rows$/.test(name)).sort();
}

const controller = (parameters: string, call = 'this.books.all()', fields = ''): string =>
  `@Controller() class Shelf { ${fields} constructor(${parameters}) {} @Get() all() { return ${call}; } }\n`;
const books = 'private readonly books: Books';

test.each<[string, string, readonly string[]]>([
  [
    'an abstract class by the class that stands for it',
    `${controller(books)}@Module({ controllers: [Shelf], providers: [{ provide: Books, useClass: SqlBooks }, MongoBooks] }) class AppModule {}`,
    ['sqlRows'],
  ],
  [
    'a token by its text',
    `${controller(`@Inject('BOOKS') ${books}`)}@Module({ controllers: [Shelf], providers: [{ provide: 'BOOKS', useClass: MongoBooks }] }) class AppModule {}`,
    ['mongoRows'],
  ],
  [
    'a symbol, by a value',
    `const BOOKS = Symbol('x'); const OTHER = Symbol('x');\n${controller(`@Inject(BOOKS) ${books}`)}@Module({ controllers: [Shelf], providers: [{ provide: OTHER, useClass: MongoBooks }, { provide: BOOKS, useValue: new SqlBooks() }] }) class AppModule {}`,
    ['sqlRows'],
  ],
  [
    'a factory with its own tokens',
    `class Choice { constructor(readonly sql: SqlBooks) {} }\n${controller(books)}@Module({ controllers: [Shelf], providers: [SqlBooks, Choice, { provide: Books, useFactory: async (choice: Choice) => choice.sql, inject: [Choice] }] }) class AppModule {}`,
    ['sqlRows'],
  ],
  [
    'another token',
    `${controller(books)}@Module({ controllers: [Shelf], providers: [MongoBooks, { provide: Books, useExisting: MongoBooks }] }) class AppModule {}`,
    ['mongoRows'],
  ],
  [
    'a property',
    `${controller('', 'this.books.all()', `@Inject(SqlBooks) private readonly books: Books;`)}@Module({ controllers: [Shelf], providers: [SqlBooks] }) class AppModule {}`,
    ['sqlRows'],
  ],
  [
    'services that need each other',
    `@Injectable() class Left { constructor(@Inject(forwardRef(() => Right)) private right: Right, private books: SqlBooks) {} all() { return this.books.all(); } }
@Injectable() class Right { constructor(@Inject(forwardRef(() => Left)) private left: Left) {} all() { return this.left.all(); } }
${controller('private readonly books: Right')}@Module({ controllers: [Shelf], providers: [Left, Right, SqlBooks] }) class AppModule {}`,
    ['sqlRows'],
  ],
  [
    'the module that asks: one token means different things in two modules',
    `${controller(books)}@Module({ providers: [{ provide: Books, useClass: MongoBooks }] }) class Archive {}
@Module({ providers: [{ provide: Books, useClass: SqlBooks }], exports: [Books] }) class Store {}
@Module({ controllers: [Shelf], imports: [Archive, forwardRef(() => Store)] }) class AppModule {}`,
    ['sqlRows'],
  ],
  [
    'what each of two modules gives, where a condition decides between them',
    `${controller(books)}@Module({ providers: [{ provide: Books, useClass: MongoBooks }], exports: [Books] }) class Archive {}
@Module({ providers: [{ provide: Books, useClass: SqlBooks }], exports: [Books] }) class Store {}
const chosen = process.env.OLD ? Archive : Store;
@Module({ imports: [chosen], exports: [chosen] }) class Shared {}
@Module({ controllers: [Shelf], imports: [Shared] }) class AppModule {}`,
    ['mongoRows', 'sqlRows'],
  ],
  [
    'one of two classes',
    `${controller(books)}@Module({ controllers: [Shelf], providers: [{ provide: Books, useClass: process.env.OLD ? MongoBooks : SqlBooks }] }) class AppModule {}`,
    ['mongoRows', 'sqlRows'],
  ],
  [
    'a dynamic module',
    `${controller(books)}@Module({}) class Dynamic { static forRoot(of: unknown) { return { module: Dynamic, global: true, providers: [{ provide: Books, useClass: of }], exports: [Books] }; } }
@Module({ controllers: [Shelf] }) class Feature {}
@Module({ imports: [Feature, Promise.resolve(Dynamic.forRoot(MongoBooks))] }) class AppModule {}`,
    ['mongoRows'],
  ],
  [
    'what is asked for at run time',
    `${controller('private readonly references: ModuleRef', 'this.references.get(Books).all()')}@Module({ controllers: [Shelf], providers: [{ provide: Books, useClass: SqlBooks }] }) class AppModule {}`,
    ['sqlRows'],
  ],
  [
    'guards, which are made where they are used',
    `@Injectable() class Guard { constructor(private books: SqlBooks) {} canActivate() { return this.books.all(); } }
@Controller() class Shelf { @UseGuards(Guard) @Get() all() {} }
@Module({ controllers: [Shelf], providers: [SqlBooks] }) class AppModule {}`,
    ['sqlRows'],
  ],
  [
    'nothing that no module has',
    `${controller(books)}@Module({ providers: [{ provide: Books, useClass: SqlBooks }] }) class AppModule {}`,
    [],
  ],
])('a container gives handlers %s', (_title, code, expected) => expect(reached(code)).toEqual(expected));

test('a container tells its modules, what they list, and what start-up calls', () => {
  const code = `@Injectable() class Warm { onModuleInit() { setInterval(() => {}, 10); } }
@Controller('books') class Shelf {}
@Module({ controllers: [Shelf], providers: [Warm] }) class Feature { configure(consumer: any) { consumer.apply(Warm).forRoutes(Shelf); } }
@Global() @Module({ imports: [Feature, Feature] }) class AppModule {}`;
  const { trace } = traceOf({ files: { 'src/main.ts': `${common}${code}${start}` } }, { entries: ['src/main.ts'] });
  const [container] = trace.containers ?? [];
  expect(
    container?.modules.map((module) => [nameOf(module.class as never), module.imports, module.isGlobal, module.lists.controllers]),
  ).toEqual([
    ['AppModule', [1, 1], true, []],
    ['Feature', [], undefined, [{ kind: 'array', elements: [{ kind: 'class', symbol: 'src/main.ts#Shelf' }], complete: true }]],
  ]);
  expect(trace.effects.map(({ verb }) => verb)).toEqual(['create', 'interval', 'apply', 'for-routes', 'listen']);
});
