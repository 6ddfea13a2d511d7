import { describe, expect, test } from 'vitest';
import type { FileSyntax } from '../../src/model/file-syntax.ts';
import { toModuleId } from '../../src/model/ids.ts';
import { parseFile } from '../../src/parse/parse-file.ts';

const parse = (text: string, path = 'src/books.ts'): FileSyntax => parseFile(toModuleId(path), text).syntax;
const declared = (text: string): string[] =>
  parse(text)
    .declarations.slice(1)
    .map(({ kind, name }) => `${kind} ${name}`);

describe('declarations', () => {
  test.each([
    ['a function with parameters', 'function find(id: string) {}', ['function find', 'parameter find.id']],
    ['a constant that holds an arrow is one declaration', 'const find = (id) => id;', ['arrow find', 'parameter find.id']],
    ['a cast around an arrow', 'const find = (async () => {}) as Handler;', ['arrow find']],
    ['anonymous functions by their place', 'books.map((book) => book);', ['arrow <function 1:11>', 'parameter <function 1:11>.book']],
    ['functions in functions', 'function a() { return function () {} }', ['function a', 'function a.<function 1:23>']],
    [
      'members of a class',
      'class Shelf { size = 1; static all = []; constructor(private books: Book[]) {} get first() { return 1 } put(book) {} }',
      [
        'class Shelf',
        'field Shelf.size',
        'field Shelf.all',
        'constructor Shelf.constructor',
        'getter Shelf.first',
        'method Shelf.put',
        'parameter Shelf.constructor.books',
        'parameter Shelf.put.book',
      ],
    ],
    [
      'fields that only a constructor assigns',
      'class Shelf { constructor(books) { this.books = books } }',
      ['class Shelf', 'constructor Shelf.constructor', 'parameter Shelf.constructor.books', 'field Shelf.books'],
    ],
    [
      'members of an object of the module level',
      'export const auth = { required: guard(true), optional() {}, name: "x", roles: { admin: () => 1 } };',
      [
        'variable auth',
        'object-member auth.required',
        'object-member auth.optional',
        'object-member auth.roles',
        'object-member auth.roles.admin',
      ],
    ],
    ['functions of other objects by their key', 'function create() { return { find() {} } }', ['function create', 'method create.find']],
    ['names of a pattern', 'const { a, b: [c], ...d } = load();', ['variable a', 'variable c', 'variable d']],
    [
      'names taken twice get their place',
      'function f() { { const x = 1 } { const x = 2 } }',
      ['function f', 'variable f.x', 'variable f.<x 1:40>'],
    ],
    [
      'overloads share a name',
      'function f(a: 1): 1; function f(a: any) {}',
      ['function f', 'parameter f.a', 'function f', 'parameter f.a'],
    ],
    ['a type beside a value', 'const Kind = {}; type Kind = string;', ['variable Kind', 'type-alias Kind']],
    [
      'interfaces',
      'interface Store { find(id: string): Book; name: string }',
      ['interface Store', 'method Store.find', 'field Store.name'],
    ],
    ['enums and namespaces', 'enum E { A } namespace N { export function f() {} }', ['enum E', 'namespace N', 'function N.f']],
    ['default exports', 'export default () => {};', ['arrow default']],
    [
      'CommonJS exports',
      'module.exports = { find() {} }; exports.put = () => {};',
      ['variable module.exports', 'object-member module.exports.find', 'arrow exports.put'],
    ],
  ])('%s', (_title, text, expected) => expect(declared(text)).toEqual(expected));

  test('a destructured name keeps its way from the initialiser', () => {
    const paths = parse('const { user: { id = 1 }, list: [first] } = load(); for (const { name } of books) {}').declarations.map(
      (one) => one.bindingPath,
    );
    expect(paths).toEqual([undefined, ['user', 'id'], ['list', '0'], ['[]', 'name']]);
  });

  test('an inline handler knows the call it is passed to', () => {
    const { declarations, calls } = parse("router.get('/books', auth, async (req, res) => { res.json(1) })");
    const handler = declarations.find(({ kind }) => kind === 'arrow');
    expect(handler).toMatchObject({ isAsync: true, passedTo: { call: 0, argument: 2 } });
    expect(calls[0]?.callee).toMatchObject({ kind: 'member', property: 'get' });
  });

  test('returns are kept up to a bound', () => {
    const many = Array.from({ length: 9 }, (_, index) => `if (a) return ${index};`).join('');
    const [, few, lots] = parse(`const a = () => 1; function b() { ${many} }`).declarations;
    expect(few?.returns).toMatchObject({ values: [{ kind: 'literal', value: 1 }], complete: true });
    expect(lots?.returns?.values).toHaveLength(8);
    expect(lots?.returns?.complete).toBe(false);
  });
});

describe('imports', () => {
  const imports = (text: string): string[] =>
    parse(text).imports.map(({ kind, specifier, bindings }) =>
      [kind, specifier ?? '?', ...bindings.map((one) => `${one.imported}>${one.local}`)].join(' '),
    );

  test.each([
    ['names', "import a, { b as c } from './x'", ['import ./x default>a b>c']],
    ['a namespace', "import * as a from './x'", ['import ./x *>a']],
    ['side effects', "import './x'", ['import ./x']],
    ['types', "import type { A } from './x'", ['import-type ./x A>A']],
    ['inline types only', "import { type A } from './x'", ['import-type ./x A>A']],
    [
      're-exports',
      "export * from './x'; export { a } from './y'; export type { T } from './z'",
      ['re-export ./x', 're-export ./y', 're-export-type ./z'],
    ],
    ['require', "const { a: b } = require('./x'); const c = require('./y')", ['require ./x a>b', 'require ./y *>c']],
    ['a local require is none', "function f(require) { require('./x') }", []],
    ['dynamic imports', "const f = () => import('./x')", ['dynamic-import ./x']],
    ['computed names', 'import(name); require(name)', ['dynamic-import ?', 'require ?']],
    [
      'files beside the module',
      "const path = require('node:path'); require(path.resolve(__dirname, 'a.js')); require(__dirname + '/b'); import(`${__dirname}/../c`)",
      ['require node:path *>path', 'require ./a.js', 'require ./b', 'dynamic-import ../c'],
    ],
    [
      'a path joined by a named function',
      "import { join } from 'path'; require(join(__dirname, '..', 'a'))",
      ['import path join>join', 'require ../a'],
    ],
    [
      'paths that only look so',
      "require(path.join(__dirname, 'a')); require(__dirname + 'a'); require(`${__dirname}/${name}`)",
      ['require ?', 'require ?', 'require ?'],
    ],
    ['import equals', "import a = require('./x')", ['import-equals ./x *>a']],
    ['type queries', "type A = import('./x').B; let c: typeof import('./y')", ['type-query ./x', 'type-query ./y']],
  ])('%s', (_title, text, expected) => expect(imports(text)).toEqual(expected));

  test('a lazy import names the function it stands in', () => {
    const { imports: found, declarations } = parse("const load = () => import('./x')");
    expect(declarations[found[0]?.owner ?? -1]?.name).toBe('load');
  });
});

describe('exports', () => {
  const exports = (text: string): string[] =>
    parse(text).exports.map(({ name, local, imported, value }) => `${name}=${local ?? imported ?? value?.kind ?? ''}`);

  test.each([
    ['declarations', 'export const a = 1, b = 2; export function c() {} export class D {}', ['a=a', 'b=b', 'c=c', 'D=D']],
    ['lists', 'const a = 1; export { a as b, a as default }', ['b=a', 'default=a']],
    ['an anonymous default', 'export default class {}', ['default=*default*']],
    ['a default value', 'export default create()', ['default=call']],
    ['a default name', 'const a = 1; export default a', ['default=a']],
    ['stars', "export * from './x'; export * as y from './y'", ['*=*', 'y=*']],
    ['export equals', 'const a = 1; export = a', ['==a']],
    ['module.exports', 'module.exports = a; module.exports.b = 1; exports.c = c', ['==a', 'b=literal', 'c=c']],
    ['an overloaded function once', 'export function f(a: 1): 1; export function f(a: any) {}', ['f=f']],
  ])('%s', (_title, text, expected) => expect(exports(text)).toEqual(expected));
});

describe('uses', () => {
  const uses = (text: string): string[] => {
    const { uses: found, declarations } = parse(text);
    return found.map(
      ({ name, property, meaning, owner }) =>
        `${declarations[owner]?.name} ${name}${property ? `.${property}` : ''}${meaning === 'type' ? ' type' : ''}`,
    );
  };

  test.each([
    ['module names, not locals', 'const a = 1; function f(b) { const c = 1; return a + b + c }', ['f a']],
    ['hoisted locals are locals', 'function f() { use(x, g); var x = 1; function g() {} }', ['f use']],
    ['block scopes', 'let x; function f() { { let x = 1; x } return x }', ['f x']],
    ['catch parameters and classes', 'function f() { try {} catch (e) { e } class A {} new A() }', []],
    ['destructured parameters with defaults', 'function f({ a = b }, [c]) { a; c }', ['f.a b']],
    ['properties taken of a name', 'import * as db from "./db"; const f = () => db.find(db.table)', ['f db.find', 'f db.table']],
    ['types, but no type parameters', 'function f<T>(a: T, b: Book): Map<T, Book> {}', ['f.b Book type', 'f Map type', 'f Book type']],
    ['once per owner', 'function f() { g(); g() } function h() { g() }', ['f g', 'h g']],
    ['a variable owns what its initialiser uses', 'const a = b(c)', ['a b', 'a c']],
    ['heritage and decorators', '@Entity() class A extends B implements C {}', ['A Entity', 'A B', 'A C type']],
    ['components of JSX', 'const f = () => <Shop.Cart item={x}><b/></Shop.Cart>', ['f Shop.Cart', 'f x']],
  ])('%s', (title, text, expected) => {
    const path = title.includes('JSX') ? 'a.tsx' : 'a.ts';
    const found = path === 'a.tsx' ? usesOf(parse(text, path)) : uses(text);
    expect(found).toEqual(expected);
  });
});

const usesOf = ({ uses, declarations }: FileSyntax): string[] =>
  uses.map(({ name, property, owner }) => `${declarations[owner]?.name} ${name}${property ? `.${property}` : ''}`);

describe('mutations', () => {
  const mutations = (text: string): string[] => {
    const { mutations: found, declarations } = parse(text);
    return found.map(
      ({ binding, path, operation, method, owner }) =>
        `${declarations[owner]?.name}: ${[binding, ...path].join('.')} ${method ?? operation}`,
    );
  };

  test.each([
    [
      'assignments',
      'let count = 0; function f() { count = 1; count += 1; count++ }',
      ['f: count assign', 'f: count update', 'f: count update'],
    ],
    [
      'members and deletes',
      'const state = {}; function f() { state.a.b = 1; delete state.c }',
      ['f: state.a.b assign', 'f: state.c delete'],
    ],
    [
      'collections',
      'const cache = new Map(); const list: string[] = load(); function f() { cache.set(1, 2); list.push(1) }',
      ['f: cache set', 'f: list push'],
    ],
    ['settings of other objects are none', 'const app = express(); app.set("a", 1)', []],
    ['imported state', "import { cache } from './cache'; const f = () => cache.clear()", ['f: cache clear']],
    ['locals are none', 'function f() { let a = 0; a++; const m = new Map(); m.set(1, 2) }', []],
    ['shadowed names are none', 'let a = 0; function f(a) { a = 1 }', []],
    ['patterns', 'let a, b; function f() { [a, { b }] = load() }', ['f: a assign', 'f: b assign']],
    ['static fields', 'class Counter { static total = 0; add() { Counter.total++ } }', ['Counter.add: Counter.total update']],
    ['globals', 'function f() { globalThis.cache = 1 }', ['f: globalThis.cache assign']],
    ['exports are none', 'exports.a = 1; module.exports.b = 2', []],
  ])('%s', (_title, text, expected) => expect(mutations(text)).toEqual(expected));
});

describe('comparisons', () => {
  test.each([
    [
      'of a member, either way round',
      `function f(r) { return r.method === 'GET' || 'PUT' != r.method; }`,
      ['f: method GET', 'f: method PUT'],
    ],
    ['of a name', `const f = (method) => method === 'GET'`, ['f: method GET']],
    ['of a switch', `function f(r) { switch (r.method) { case 'GET': case 'PUT': } }`, ['f: method GET', 'f: method PUT']],
    ['not with what is no text, and no other operators', `const f = (r) => r.count === 1 || r.name > 'a' || r.a === r.b`, []],
  ])('%s', (_title, text, expected) => {
    const { comparisons = [], declarations } = parse(text);
    expect(comparisons.map(({ name, value, owner }) => `${declarations[owner]?.name}: ${name} ${value}`)).toEqual(expected);
  });
});

describe('environment reads', () => {
  const reads = (text: string): string[] => {
    const { environmentReads, declarations } = parse(text);
    return environmentReads.map(({ name, default: fallback, owner }) => {
      const value = fallback === undefined ? '' : ` = ${fallback.kind === 'literal' ? fallback.value : fallback.kind}`;
      return `${declarations[owner]?.name}: ${name ?? '?'}${value}`;
    });
  };

  test.each([
    ['members', 'const port = process.env.PORT; const f = () => process.env["HOST"]', ['port: PORT', 'f: HOST']],
    [
      'defaults',
      'const a = process.env.A ?? 1; const b = process.env.B || "x"; const c = Number(process.env.C || 2)',
      ['a: A = 1', 'b: B = x', 'c: C = 2'],
    ],
    ['destructuring', 'const { A, B: b = "d" } = process.env', ['A: A', 'b: B = d']],
    ['a name for it', 'const env = process.env; const a = env.A ?? "x"', ['a: A = x']],
    [
      'its module',
      "import { env } from 'node:process'; import process from 'process'; env.A; process.env.B",
      ['<module>: A', '<module>: B'],
    ],
    ['computed names', 'const f = (key) => process.env[key]', ['f: ?']],
    ['all of it', 'check(process.env); const all = { ...process.env }', ['<module>: ?', 'all: ?']],
    ['writes are none', 'process.env.TZ = "UTC"; delete process.env.A', []],
    ['another process', 'function f(process) { return process.env.A }', []],
    ['casts', 'const a = process.env.A!; const b = (process.env as Env).B', ['a: A', 'b: B']],
  ])('%s', (_title, text, expected) => expect(reads(text)).toEqual(expected));
});

describe('hostile input', () => {
  test.each([
    ['a syntax error', 'const a = ;'],
    ['a long call chain', `a${'.b()'.repeat(5_000)}`],
    ['nested arrows', `x = ${'() => '.repeat(1_000)}1`],
    ['nested blocks', `${'{'.repeat(1_100)}f()${'}'.repeat(1_100)}`],
  ])('%s is reported, not thrown', (_title, text) => expect(parse(text).errors.length).toBeGreaterThan(0));

  test.each([
    ['deep parentheses', `x = ${'('.repeat(50_000)}1${')'.repeat(50_000)}`],
    ['a long sum', `x = 1${' + 1'.repeat(20_000)}`],
    ['a long chain of conditions', `if (a) {}${' else if (b) {}'.repeat(3_000)}`],
    ['JSX in plain JavaScript', 'export const a = () => <b/>;'],
    ['a return at the top level of CommonJS', 'if (a) return; f();'],
  ])('%s is read', (_title, text) => expect(parse(text, 'src/a.js').errors).toEqual([]));

  test('names of the object prototype are ordinary names', () => {
    const { declarations, exports } = parse('export const __proto__ = 1; export function constructor() {} export class toString {}');
    expect(declarations.map(({ name }) => name)).toEqual(['<module>', '__proto__', 'constructor', 'toString']);
    expect(exports.map(({ name }) => name)).toEqual(['__proto__', 'constructor', 'toString']);
  });
});

test('what stands in the brackets of a key is kept, unless it is a constant', () => {
  const [call] = parse("put({ [TABLE]: 1, ['loans']: 2, carts: 3 });").calls;
  const [given] = call?.arguments ?? [];
  const keys = given?.kind === 'object' ? given.properties.map(({ key, computed }) => key ?? computed?.kind) : [];
  expect(keys).toEqual(['name', 'loans', 'carts']);
});

test('lines are found by their starts', () => {
  expect(parse('a\r\nb\nc').lineStarts).toEqual([0, 3, 5]);
});

test('the same text gives the same bytes', () => {
  const text = 'export class Shelf { put(book: Book) { return shelves.get(book.id) } }';
  expect(JSON.stringify(parse(text))).toBe(JSON.stringify(parse(text)));
});
