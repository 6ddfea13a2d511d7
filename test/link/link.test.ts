import { describe, expect, test } from 'vitest';
import { toModuleId } from '../../src/model/ids.ts';
import { linkSources, programOf, type Sources } from '../support/program.ts';

/** Call edges as `from → to` (with the kind unless it is a plain call), the module written only where it is not `src/app.ts`. */
function edges(sources: Sources): string[] {
  const short = (symbol: string): string => symbol.replace(/^src\/app\.ts#/, '').replace(/^src\//, '');
  return programOf(sources).program.calls.map(
    ({ from, to, kind }) => `${short(from)} → ${short(to)}${kind === 'call' ? '' : ` (${kind})`}`,
  );
}

const app = (text: string): Sources => ({ 'src/app.ts': text });

describe('names', () => {
  test.each<[string, Sources, string[]]>([
    ['functions of the module', app('function a() { b() } function b() {}'), ['a → b']],
    ['hoisted and shadowed', app('function a(b) { b() } function b() {} function c() { const b = () => 1; b() }'), ['c → c.b']],
    ['blocks', app('function f() { { const g = () => 1; g() } { const g = () => 2; g() } }'), ['f → f.g', 'f → f.<g 1:51>']],
    ['imports', { 'src/app.ts': "import { a as b } from './a'; b()", 'src/a.ts': 'export function a() {}' }, ['<module> → a.ts#a']],
    [
      'default imports',
      { 'src/app.ts': "import b from './a'; b()", 'src/a.ts': 'export default function () {}' },
      ['<module> → a.ts#default'],
    ],
    ['namespaces', { 'src/app.ts': "import * as a from './a'; a.b()", 'src/a.ts': 'export const b = () => 1' }, ['<module> → a.ts#b']],
    [
      're-exports through barrels with a cycle',
      {
        'src/app.ts': "import { a } from './index'; a()",
        'src/index.ts': "export * from './left'; export * from './right'",
        'src/left.ts': "export * from './index'",
        'src/right.ts': "export { b as a } from './b'",
        'src/b.ts': 'export function b() {}',
      },
      ['<module> → b.ts#b'],
    ],
    [
      'namespace re-exports',
      { 'src/app.ts': "import { a } from './i'; a.b()", 'src/i.ts': "export * as a from './a'", 'src/a.ts': 'export function b() {}' },
      ['<module> → a.ts#b'],
    ],
    [
      'require',
      { 'src/app.ts': "const a = require('./a'); a.b(); const { b } = require('./a'); b()", 'src/a.ts': 'exports.b = () => 1' },
      ['<module> → a.ts#exports.b', '<module> → a.ts#exports.b'],
    ],
    [
      'module.exports of an object',
      { 'src/app.ts': "import { b } from './a'; b()", 'src/a.ts': 'function b() {} module.exports = { b }' },
      ['<module> → a.ts#b'],
    ],
    [
      'module.exports of a function',
      { 'src/app.ts': "import a from './a'; a(); require('./a')()", 'src/a.ts': 'module.exports = () => 1' },
      ['<module> → a.ts#module.exports', '<module> → a.ts#module.exports'],
    ],
    [
      'export equals',
      { 'src/app.ts': "import a = require('./a'); a.b()", 'src/a.ts': 'class A { static b() {} } export = A' },
      ['<module> → a.ts#A.b'],
    ],
    [
      'dynamic imports',
      {
        'src/app.ts': "async function f() { const { b } = await import('./a'); b(); (await import('./a')).b() }",
        'src/a.ts': 'export function b() {}',
      },
      ['f → a.ts#b', 'f → a.ts#b'],
    ],
    [
      'namespaces of TypeScript',
      app('namespace N { export function f() {} export namespace M { export const g = () => f() } } N.f(); N.M.g()'),
      ['<module> → N.f', '<module> → N.M.g', 'N.M.g → N.f'],
    ],
    ['overloads', app('function f(a: 1): 1; function f(a: any) { g() } function g() {} f(1)'), ['<module> → f', 'f → g']],
  ])('%s', (_title, sources, expected) => expect(edges(sources)).toEqual(expected));
});

describe('members', () => {
  const shelf = 'class Shelf { put() {} static open() { return new Shelf() } }';
  test.each<[string, string, string[]]>([
    [
      'of what new gives',
      `${shelf} const s = new Shelf(); s.put()`,
      ['<module> → Shelf (construct)', '<module> → Shelf.put', 'Shelf.open → Shelf (construct)'],
    ],
    [
      'of declared types',
      'class Shelf { put() {} } function f(s: Shelf | null, [t]: Shelf[]) { s?.put(); t.put() }',
      ['f → Shelf.put', 'f → Shelf.put'],
    ],
    [
      'of parameter properties',
      'class Shelf { put() {} } class Room { constructor(private shelf: Shelf) {} fill() { this.shelf.put() } }',
      ['Room.fill → Shelf.put'],
    ],
    [
      'of fields assigned in a constructor',
      'class Shelf { put() {} } class Room { constructor(shelf: Shelf) { this.shelf = shelf } fill() { this.shelf.put() } }',
      ['Room.fill → Shelf.put'],
    ],
    [
      'of field initialisers',
      'class Shelf { put() {} } class Room { shelf = new Shelf(); fill = () => this.shelf.put() }',
      ['Room → Shelf (construct)', 'Room.fill → Shelf.put'],
    ],
    [
      'of declared results',
      'class Shelf { put() {} } declare function open(): Promise<Shelf>; async function f() { (await open()).put() }',
      ['f → open', 'f → Shelf.put'].sort(),
    ],
    [
      'of inferred results',
      'class Shelf { put() {} } const open = async () => new Shelf(); async function f() { const s = await open(); s.put() }',
      ['f → open', 'f → Shelf.put', 'open → Shelf (construct)'],
    ],
    [
      'of elements',
      'class Shelf { put() {} } function f(all: Shelf[], by: Map<string, Shelf>) { all.forEach((s) => s.put()); for (const s of all) s.put(); by.get("a")?.put(); all[0].put() }',
      ['f → Shelf.put', 'f → Shelf.put', 'f → Shelf.put', 'f → f.<function 1:89> (callback)', 'f.<function 1:89> → Shelf.put'],
    ],
    [
      'of all of Promise.all',
      'class Shelf { put() {} } async function f(a: Promise<Shelf>, b: number) { const [s] = await Promise.all([a, b]); s.put() }',
      ['f → Shelf.put'],
    ],
    [
      'of bases',
      'class Base { save() {} } class Shelf extends Base { put() { this.save(); super.save() } } new Shelf().save()',
      [
        '<module> → Base.save',
        '<module> → Shelf (construct)',
        'Shelf → Base (construct)',
        'Shelf.put → Base.save',
        'Shelf.put → Base.save',
      ],
    ],
    [
      'of generic bases',
      'class Book { read() {} } class Store<T> { first(): T {} } class Books extends Store<Book> {} function f(b: Books) { b.first().read() }',
      ['Books → Store (construct)', 'f → Book.read', 'f → Store.first'],
    ],
    [
      'of generic functions',
      'class Book { read() {} } function id<T>(x: T): T { return x } id(new Book()).read()',
      ['<module> → Book (construct)', '<module> → Book.read', '<module> → id'],
    ],
    [
      'of object literals',
      'const books = { find() {}, deep: { get: () => 1 } }; books.find(); books.deep.get()',
      ['<module> → books.deep.get', '<module> → books.find'],
    ],
    [
      'of what a factory gives',
      'function create() { return { find() {} } } const books = create(); books.find()',
      ['<module> → create', '<module> → create.find'],
    ],
    [
      'of structural types with one literal behind them',
      'type Books = { find(): void }; function create(): Books { return { find() {} } } create().find()',
      ['<module> → create', '<module> → create.find'],
    ],
    ['static ones', `${shelf} Shelf.open().put()`, ['<module> → Shelf.open', '<module> → Shelf.put', 'Shelf.open → Shelf (construct)']],
    [
      'through call, apply and bind',
      'function f() {} f.call(1); use(f.bind(2)); function use(g) {}',
      ['<module> → f', '<module> → f (callback)', '<module> → use'],
    ],
    [
      'of casts',
      'class Shelf { put() {} } (load() as Shelf).put(); declare function load(): any',
      ['<module> → Shelf.put', '<module> → load'],
    ],
    [
      'through choices',
      'class A { go() {} } class B { go() {} } (x ? new A() : new B()).go()',
      ['<module> → A (construct)', '<module> → A.go', '<module> → B (construct)', '<module> → B.go'],
    ],
  ])('%s', (_title, text, expected) => expect(edges(app(text)).toSorted()).toEqual(expected.toSorted()));
});

describe('types that stand for others', () => {
  const shelf = 'class Shelf { count() {} lend() { return this } } class Loft extends Shelf { climb() {} }\n';
  test.each<[string, string, string[]]>([
    ['what a type parameter extends', `${shelf} function f<T extends Shelf>(shelf: T) { shelf.count() }`, ['f → Shelf.count']],
    [
      'what the type parameter of a class extends',
      `${shelf} class Room<T extends Shelf> { f(t: T) { t.count() } }`,
      ['Room.f → Shelf.count'],
    ],
    [
      'its default',
      `${shelf} class Room<T = Shelf> { of(): T { throw 0 } } function f(r: Room) { r.of().count() }`,
      ['f → Room.of', 'f → Shelf.count'],
    ],
    [
      'a bound that asks for itself',
      'interface Ordered<T> { compare(other: T): number } function f<T extends Ordered<T>>(a: T) { a.compare(a) }',
      ['f → Ordered.compare'],
    ],
    [
      'what a callback of an interface method is given',
      `${shelf} interface Hall { visit(guest: (s: Shelf) => void): void } function f(h: Hall) { h.visit(s => s.count()) }`,
      ['f → Hall.visit', 'f → f.<function 2:90> (callback)', 'f.<function 2:90> → Shelf.count'],
    ],
    [
      'functions in an object of a declared type',
      `${shelf} interface Plan { open(s: Shelf): void } function f() { const plan: Plan = { open(s) { s.count() } } }`,
      ['f.plan.open → Shelf.count'],
    ],
    [
      'functions in a returned object',
      `${shelf} interface Plan { open(s: Shelf): void } function f(): Plan { return { open: s => s.count() } }`,
      ['f.open → Shelf.count'],
    ],
    [
      'functions in a list of a field',
      `${shelf} class Room { plans: ((s: Shelf) => void)[] = [s => s.count()] }`,
      ['Room.plans.<function 2:48> → Shelf.count'],
    ],
    [
      'functions in an object that is passed',
      `${shelf} interface Plan { open(s: Shelf): void } declare function run(p: Plan): void; run({ open(s) { s.count() } })`,
      ['<module> → run', '<module> → open (callback)', 'open → Shelf.count'],
    ],
    [
      'a type parameter inside another type',
      `${shelf} interface Key<T> { of: T } declare const key: Key<Shelf>; declare function get<T>(key: Key<T>): T; get(key).count()`,
      ['<module> → Shelf.count', '<module> → get'],
    ],
    [
      'a method of an interface that is generic',
      `${shelf} interface Key<T> { of: T } interface Hall { get<T>(key: Key<T>): T } function f(h: Hall, key: Key<Shelf>) { h.get(key).count() }`,
      ['f → Hall.get', 'f → Shelf.count'],
    ],
    [
      'a class that is passed for its instance',
      `${shelf} declare function make<T>(type: new () => T): T; make(Loft).climb()`,
      ['<module> → Loft.climb', '<module> → make'],
    ],
    [
      'the same through an alias',
      `${shelf} type Made<T> = new () => T; declare function make<T>(type: Made<T>): T; make(Loft).climb()`,
      ['<module> → Loft.climb', '<module> → make'],
    ],
    [
      'what a function gives that is passed',
      `${shelf} declare function once<T>(make: () => T): T; once(() => new Loft()).climb()`,
      ['<module> → <function 2:51> (callback)', '<module> → Loft.climb', '<module> → once', '<function 2:51> → Loft (construct)'],
    ],
    [
      'a signature of a structural type, its overloads too',
      `${shelf} type Hall = { get<K>(key: K): never; get<T>(key: string): T }; function f(h: Hall) { h.get<Shelf>('a').count() }`,
      ['f → Shelf.count'],
    ],
    [
      'what a container of a package is asked for',
      `${shelf} import { Container } from 'awilix'; function f(c: Container) { c.get(Loft).climb(); c.resolve<Shelf>('shelf').count() }`,
      ['f → Loft.climb', 'f → Shelf.count'],
    ],
    [
      'instanceof',
      `${shelf} function f(s: unknown) { if (s instanceof Loft) s.climb(); return s instanceof Shelf && s.count() }`,
      ['f → Loft.climb', 'f → Shelf.count'],
    ],
    [
      'instanceof that leaves early',
      `${shelf} function f(s: Shelf) { if (!(s instanceof Loft)) { return } s.climb() }`,
      ['f → Loft.climb'],
    ],
    [
      'instanceof of another of the name',
      `${shelf} function f(s: unknown, all: Shelf[]) { if (s instanceof Loft) all.forEach(s => s.count()) }`,
      ['f → f.<function 2:76> (callback)', 'f.<function 2:76> → Shelf.count'],
    ],
    [
      'a guard',
      `${shelf} function isLoft(s: Shelf): s is Loft { return true } function f(s: Shelf) { return isLoft(s) ? s.climb() : s.count() }`,
      ['f → Loft.climb', 'f → Shelf.count', 'f → isLoft'],
    ],
    [
      'exports by their own module',
      'exports.open = () => 1; exports.close = () => exports.open(); module.exports.lock = () => module.exports.close()',
      ['exports.close → exports.open', 'exports.lock → exports.close'],
    ],
    [
      'members that an object gets later',
      'function make() { const cache = { on: true }; cache.has = function () { return cache.on }; return cache } make().has()',
      ['<module> → make', '<module> → make.<function 1:59>'],
    ],
    [
      'what another argument tells a callback',
      `${shelf} declare function each<T>(all: T[], visit: (one: T) => void): void; declare const all: Loft[]; each(all, one => one.climb())`,
      ['<module> → each', '<module> → <function 2:106> (callback)', '<function 2:106> → Loft.climb'],
    ],
  ])('%s', (_title, text, expected) => {
    expect(
      edges(app(text))
        .filter((edge) => edge !== 'Loft → Shelf (construct)')
        .sort(),
    ).toEqual([...expected].sort());
  });
});

describe('interfaces', () => {
  const port = 'interface Mailer { send(to: string): void }';
  test.each<[string, string, string[]]>([
    [
      'the only implementation',
      `${port} class Smtp implements Mailer { send() {} } function f(m: Mailer) { m.send('a') }`,
      ['f → Smtp.send'],
    ],
    [
      'several: each of them',
      `${port} class A implements Mailer { send() {} } class B implements Mailer { send() {} } function f(m: Mailer) { m.send('a') }`,
      ['f → A.send', 'f → B.send'],
    ],
    ['none: the member', `${port} function f(m: Mailer) { m.send('a') }`, ['f → Mailer.send']],
    [
      'properties of a function type',
      'interface Flags { isOn: (name: string) => boolean } class Real implements Flags { isOn() { return true } } function f(x: Flags) { x.isOn("a") }',
      ['f → Real.isOn'],
    ],
    [
      'abstract methods',
      'abstract class Job { abstract run(): void; start() { this.run() } } class Nightly extends Job { run() {} }',
      ['Job.start → Nightly.run', 'Nightly → Job (construct)'],
    ],
    [
      'a constant that says which',
      `${port} class A implements Mailer { send() {} } class B implements Mailer { send() {} } const m: Mailer = new A(); m.send('a')`,
      ['<module> → A (construct)', '<module> → A.send'],
    ],
    [
      'of a narrower interface: only what implements that one',
      `interface Store { get(): void } interface Books extends Store {} interface Readers extends Store {}
       class BookStore implements Books { get() {} } class ReaderStore implements Readers { get() {} }
       function f(books: Books) { books.get() } function g(store: Store) { store.get() }`,
      ['f → BookStore.get', 'g → BookStore.get', 'g → ReaderStore.get'],
    ],
    [
      'inherited: the body of the base class',
      `interface Store { get(): void } interface Books extends Store {} abstract class Sql implements Store { get() {} }
       class BookStore extends Sql implements Books {} function f(books: Books) { books.get() }`,
      ['BookStore → Sql (construct)', 'f → Sql.get'],
    ],
  ])('%s', (_title, text, expected) => expect(edges(app(text))).toEqual(expected));
});

describe('callbacks, decorators, elements', () => {
  test.each<[string, string, string[]]>([
    [
      'inline',
      'import r from "express"; r.get("/", () => list()); function list() {}',
      ['<function 1:37> → list', '<module> → <function 1:37> (callback)'].toReversed(),
    ],
    [
      'by name, in arrays and objects',
      'import r from "express"; r.get("/", [a, b], { handler: c }); function a() {} function b() {} const c = () => 1',
      ['<module> → a (callback)', '<module> → b (callback)', '<module> → c (callback)'],
    ],
    [
      'methods',
      'import r from "express"; class C { list() {} } const c = new C(); r.get("/", c.list)',
      ['<module> → C (construct)', '<module> → C.list (callback)'],
    ],
    [
      'decorators',
      'function Log() { return (t) => t } function bare(t) {} @Log() class A { @bare m() {} }',
      ['A → Log (decorator)', 'A.m → bare (decorator)'],
    ],
  ])('%s', (_title, text, expected) => expect(edges(app(text)).toSorted()).toEqual(expected.toSorted()));

  test('elements of JSX', () => {
    expect(edges({ 'src/page.tsx': 'const Cart = () => <b/>; const Page = () => <Cart items={1}/>;' })).toEqual([
      'page.tsx#Page → page.tsx#Cart (render)',
    ]);
  });
});

describe('packages', () => {
  const referent = (text: string): string => {
    const program = programOf(app(text));
    const module = toModuleId('src/app.ts');
    const members = program.module(module)?.syntax.calls.filter(({ callee }) => callee.kind === 'member') ?? [];
    const call = members.toSorted((left, right) => left.callee.span.end - right.callee.span.end).at(-1);
    if (call === undefined) return 'no call';
    const found = program.resolveExpression(module, call.owner, call.callee);
    return 'path' in found ? `${found.kind} ${found.package}: ${found.path.join(' ')}` : JSON.stringify(found);
  };

  test.each([
    [
      'a named class',
      'import { PrismaClient } from "@prisma/client"; const p = new PrismaClient(); p.user.findMany()',
      'external-instance @prisma/client: PrismaClient user findMany',
    ],
    ['a factory', 'import express from "express"; const app = express(); app.get()', 'external-instance express: default get'],
    ['a factory of a factory', 'import express from "express"; express.Router().use()', 'external-instance express: default Router use'],
    [
      'the result of a method',
      'import { Pool } from "pg"; const f = async (p: Pool) => { const c = await p.connect(); c.query() }',
      'external-instance pg: Pool connect () query',
    ],
    [
      'what a callback is passed',
      'import { PrismaClient } from "@prisma/client"; new PrismaClient().$transaction((tx) => tx.order.create())',
      'external-instance @prisma/client: PrismaClient $transaction (0) order create',
    ],
    [
      'a declared type',
      'import { Prisma } from "@prisma/client"; const f = (tx: Prisma.TransactionClient) => tx.order.create()',
      'external-instance @prisma/client: Prisma TransactionClient order create',
    ],
    [
      'a typed handler',
      'import type { RequestHandler } from "express"; const f: RequestHandler = (req, res) => { res.json() }',
      'external-instance express: RequestHandler (1) json',
    ],
    ['required', 'const knex = require("knex")({}); knex("books").where()', 'external-instance knex: () where'],
    [
      'an inherited member',
      'import { EventEmitter } from "node:events"; class Bus extends EventEmitter {} new Bus().emit()',
      'external-instance events: EventEmitter emit',
    ],
    [
      'the receiver of a builder callback',
      'import knex from "knex"; knex("a").join("b", function () { this.on() })',
      'external-instance knex: default join (this) on',
    ],
  ])('%s', (_title, text, expected) => expect(referent(text)).toBe(expected));
});

test('a method of a literal inside a callback of a package is not told by the package', () => {
  const text = "import plugin from 'plugin'; plugin(function () { return { find() {}, list() { this.find() } } })";
  expect(programOf(app(text)).program.counts).toMatchObject({ calls: 2, external: 1, unresolved: 1 });
});

describe('counts', () => {
  test.each([
    [
      'internal, external and unresolved',
      'function a(x) { b(); console.log(); x.foo(); [1].map(b) } function b() {}',
      { calls: 4, internal: 1, external: 2, unresolved: 1 },
    ],
    ['require and import are no calls', "require('./a'); import('fs')", { calls: 0, internal: 0, external: 0, unresolved: 0 }],
  ])('%s', (_title, text, expected) => expect(programOf(app(text)).program.counts).toMatchObject(expected));

  test('what is not found is a diagnostic', () => {
    const { diagnostics } = linkSources(app("import './gone'; const f = (n) => import(n)"));
    expect(diagnostics.map(({ code, data, at }) => `${at?.line}:${at?.column} ${code} ${JSON.stringify(data)}`)).toEqual([
      '1:1 unresolved-import {"specifier":"./gone"}',
      '1:35 computed-import {"text":"import(n)"}',
    ]);
  });
});

describe('queries', () => {
  const program = programOf({
    'src/books.ts': 'export class Books { private all = []; find(id: string) { return this.all } }\nexport type Id = string;',
    'src/app.ts':
      "import { Books as B } from './books';\nconst books = new B();\nexport { books, books as default };\nexport const alias = books.find;",
  });
  const module = toModuleId('src/app.ts');

  test.each([
    ['an export', program.resolveExport(module, 'books'), { kind: 'symbol', symbol: 'src/app.ts#books' }],
    ['the default export', program.resolveExport(module, 'default'), { kind: 'symbol', symbol: 'src/app.ts#books' }],
    ['an imported class', program.resolveName(module, 0, 'B'), { kind: 'symbol', symbol: 'src/books.ts#Books' }],
    ['a type', program.resolveExport(toModuleId('src/books.ts'), 'Id'), { kind: 'symbol', symbol: 'src/books.ts#Id' }],
    ['a global', program.resolveName(module, 0, 'console'), { kind: 'global', name: 'console' }],
    ['no export', program.resolveExport(module, 'gone'), { kind: 'unknown' }],
  ])('%s', (_title, found, expected) => expect(found).toEqual(expected));

  test('children and parents', () => {
    const [, found] = program.childrenOf('src/books.ts#Books' as never);
    expect(found).toBe('src/books.ts#Books.find');
    expect(program.parentOf(found as never)).toBe('src/books.ts#Books');
  });

  test('a value has a type', () => {
    const declaration = program.declaration('src/app.ts#alias' as never);
    const initializer = declaration?.module.syntax.declarations[declaration.index]?.initializer;
    expect(initializer?.kind).toBe('member');
    if (initializer?.kind !== 'member') return;
    expect(program.typeOfExpression(module, 0, initializer.object)).toEqual({ kind: 'symbol', symbol: 'src/books.ts#Books' });
    expect(program.resolveExpression(module, 0, initializer)).toEqual({ kind: 'symbol', symbol: 'src/books.ts#Books.find' });
  });

  test('the order of the files does not matter', () => {
    const sources = { 'src/a.ts': "import { b } from './b'; b()", 'src/b.ts': 'export const b = () => c(); function c() {}' };
    const turned = Object.fromEntries(Object.entries(sources).toReversed());
    expect(JSON.stringify(programOf(turned).program)).toBe(JSON.stringify(programOf(sources).program));
  });
});
