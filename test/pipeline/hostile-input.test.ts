import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyzeFolder } from '../support/analyze.ts';
import { project } from '../support/project.ts';

const START = "import express from 'express';\nconst app = express();\n";
const END = "\napp.get('/books', (request, response) => response.json([]));\napp.listen(3000);\n";
const MANIFEST = { name: 'bookshop', main: 'src/main.ts', dependencies: { express: '4', knex: '3' } };

const application = (code: string): string => `${START}${code}${END}`;
const times = (count: number, text: (index: number) => string, between = ''): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(between);

/** Codes of the diagnostics, and whether the one plain route of the application was found. */
async function outcome(root: string) {
  const { monolith, diagnostics } = await analyzeFolder(root);
  return { codes: new Set(diagnostics.map(({ code }) => code)), hasRoute: monolith.routes.some(({ id }) => id === 'GET /books') };
}

const survey = (files: Readonly<Record<string, unknown>>) => outcome(project({ 'package.json': MANIFEST, ...files }));

describe('expressions without end', () => {
  test.each([
    ['lists', `const x = ${'['.repeat(5000)}1${']'.repeat(5000)};`, 'syntax-error'],
    ['functions', `${times(2000, (n) => `function f${n}() {`)}${'}'.repeat(2000)}`, 'syntax-error'],
    ['template literals', `const x = ${'`${'.repeat(2000)}1${'}`'.repeat(2000)};`, 'syntax-error'],
  ])('%s nested too deeply are told, at the file', async (_title, code, expected) => {
    const { codes } = await survey({ 'src/main.ts': application(code) });
    expect(codes).toContain(expected);
  });

  test.each([
    ['members', `const x: any = {}; const y = x${'.a'.repeat(20_000)};`, 'syntax-error'],
    ['calls', `const x: any = {}; x${'.a()'.repeat(10_000)};`, 'syntax-error'],
    ['alternatives', `const x = ${times(5000, (n) => `process.env.A${n} ? '${n}' : `)}'z';`, 'syntax-error'],
    ['texts', `const x = ${times(30_000, (n) => `'a${n}'`, ' + ')};`, 'boot-limit-reached'],
    ['functions of functions', `const x = ${'() => '.repeat(5000)}1;`, 'syntax-error'],
  ])('%s one after another cost only what stands in them', async (_title, code, expected) => {
    const { codes, hasRoute } = await survey({ 'src/main.ts': application(code) });
    expect(codes).toContain(expected);
    expect(hasRoute).toBe(true);
  });

  test.each([
    ['brackets', `const x = ${'('.repeat(20_000)}1${')'.repeat(20_000)};`],
    ['a type', `type Deep = ${'Promise<'.repeat(3000)}string${'>'.repeat(3000)}; const x: Deep = 1 as any; x.then();`],
    ['a union', `type Many = ${times(50_000, (n) => `'a${n}'`, ' | ')};`],
    ['decorators', `${times(5000, (n) => `@D(${n})`)} class X {}`],
    ['parameters', `function f(${times(20_000, (n) => `a${n}`, ',')}) {} f(${times(20_000, String, ',')});`],
    ['declarations of one name', times(20_000, () => 'var x = 1; function f() { return x; }', '\n')],
    ['a text', `const x = '${'abcdefgh'.repeat(700_000)}';`],
    ['a list', `const x = [${times(300_000, String, ',')}];`],
    [
      'variables made of each other',
      `import knex from 'knex'; const db = knex({}); ${times(12, (n) => `let q${n}: any = db;`)}
${times(12, (n) => times(12, (m) => `q${n} = q${m}.a ?? q${m};`))} q0.where('a'); q0('books').select();
let text = 'a'; ${times(40, () => "text = 'b' + text;")} db.raw(text);`,
    ],
    ['an object', `export const x = {${times(100_000, (n) => `k${n}: '${n}'`, ',')}};`],
  ])('%s as large as none that a person writes is read all the same', async (_title, code) => {
    expect((await survey({ 'src/main.ts': application(code) })).hasRoute).toBe(true);
  });
});

test('a generated file of 5 MB is read, and what imports it', async () => {
  const generated = times(
    50_000,
    (n) => `export function f${n}(a: number) { return f${(n + 1) % 50_000}(a + ${n}) + g${n}; }\nconst g${n} = ${n};`,
    '\n',
  );
  const { monolith } = await analyzeFolder(
    project({
      'package.json': MANIFEST,
      'src/generated.ts': generated,
      'src/main.ts': application("import { f0 } from './generated.js'; app.get('/f', (q, s) => s.json(f0(1)));"),
    }),
  );
  expect(monolith.routes.map(({ id }) => id)).toEqual(['GET /books', 'GET /f']);
  expect(monolith.calls.filter(({ to }) => to === 'src/generated.ts#f1')).toHaveLength(1);
}, 120_000);

describe('start-up code that never ends or ever grows', () => {
  test.each([
    ['lists', 'let a: any[] = [1]; for (let n = 0; n < 100; n++) a = [...a, ...a];'],
    ['lists joined', 'let a: any[] = [1]; for (let n = 0; n < 100; n++) a = a.concat(a);'],
    ['lists in place', 'const a: any[] = [1]; for (let n = 0; n < 100; n++) a.push(...a);'],
    ['lists walked while they grow', 'const a: any[] = [1]; for (const one of a) a.push(one + 1);'],
    ['texts', "let t = 'a'; for (let n = 0; n < 100; n++) t += t;"],
    ['texts replaced', "let t = 'a'; for (let n = 0; n < 100; n++) t = t.replaceAll('a', 'aa');"],
    ['texts repeated', "'ab'.repeat(1e9); 'a'.padStart(1e9); 'a'.repeat(-1);"],
    ['objects', 'let o: any = {}; for (let n = 0; n < 900; n++) o = { left: o, right: o }; app.set("tree", o);'],
    ['an object in itself', 'const o: any = {}; o.o = o; JSON.stringify(o); Object.assign(o, o); app.set("o", o);'],
    ['loops', 'for (let n = 0; n < 1e12; n++) app.get("/n" + n, (q, s) => s.end()); for (;;) { break; }'],
    [
      'paths of either',
      'let u: any = "a"; for (let n = 0; n < 900; n++) { if (Math.random() > 0.5) u = u + n; } app.get("/" + u, (q, s) => s.end());',
    ],
    [
      'classes',
      'let C: any = class {}; for (let n = 0; n < 900; n++) { const D = C; C = class extends D { m() { super.m(); } }; } new C().m();',
    ],
    [
      'functions in functions',
      'let f: any = () => 1; for (let n = 0; n < 900; n++) { const g = f; f = () => [g(), g()]; } app.get("/f", f);',
    ],
  ])('%s', async (_title, code) => {
    expect((await survey({ 'src/main.ts': application(code) })).hasRoute).toBe(true);
  });

  test('calls that double ninety-nine times over say where evaluation stopped', async () => {
    const calls = times(
      40,
      (n) => `function c${n}() { ${n < 39 ? `c${n + 1}(); c${n + 1}();` : "app.get('/z', (q, s) => s.end());"} }`,
      '\n',
    );
    expect((await survey({ 'src/main.ts': application(`${calls}\nc0();`) })).codes).toContain('boot-limit-reached');
  }, 120_000);
});

describe('circles', () => {
  test.each([
    [
      're-exports of a name',
      {
        'src/a.ts': "export * from './b.js'; export { one } from './b.js';",
        'src/b.ts': "export * from './a.js'; export { one } from './a.js'; export const two = 2;",
        'src/main.ts': application("import { one, two, three } from './a.js'; one(); two(); three();"),
      },
    ],
    [
      'classes that extend each other',
      {
        'src/a.ts': "import { B } from './b.js'; export class A extends B { a() { this.none(); } }",
        'src/b.ts': "import { A } from './a.js'; export class B extends A { b() { this.none(); } }",
        'src/main.ts': application(
          "import { A } from './a.js'; new A().none(); class C extends C {} new C().none(); class D extends E {} class E extends D { e() { this.none(); } } new D().none();",
        ),
      },
    ],
    [
      'types of themselves',
      {
        'src/main.ts': application(
          'type A = B; type B = A; declare const a: A; a.x(); type T<X> = T<T<X>>; declare const t: T<string>; t.x(); interface I extends J {} interface J extends I {} declare const i: I; i.x(); const p = q, q = p; p.x(); function f() { return f(); } f().g();',
        ),
      },
    ],
    ['configurations that extend themselves', { 'tsconfig.json': { extends: './tsconfig.json' }, 'src/main.ts': application('') }],
  ])('%s end', async (_title, files) => {
    expect((await survey(files)).hasRoute).toBe(true);
  });

  test('links on the disk that lead round, to nothing, or out of the tree are not followed', async () => {
    const root = project({
      'package.json': MANIFEST,
      'src/a/x.ts': 'export {};',
      'src/main.ts': application("import './a/a/a/x.js'; import './self.js';"),
    });
    symlinkSync('..', join(root, 'src/a/a'));
    symlinkSync('self.ts', join(root, 'src/self.ts'));
    symlinkSync('/nonexistent', join(root, 'src/gone.ts'));
    symlinkSync(root, join(root, 'loop'));
    expect((await outcome(root)).hasRoute).toBe(true);
  });
});

test('names that every object has are names like others', async () => {
  const code = `
    import { constructor as Shelf, __proto__ as first } from './__proto__.js';
    import * as all from './__proto__.js';
    const table = { ['__proto__']: list, constructor: list, toString: list };
    for (const [name, handler] of Object.entries(table)) app.get('/' + name, handler);
    app.get('/:__proto__/:constructor', list);
    function list(request: any, response: any) { first(); all.toString(); new Shelf().hasOwnProperty(process.env.__proto__); response.end(); }`;
  const root = project({
    'package.json':
      '{"name":"__proto__","main":"src/main.ts","scripts":{"__proto__":"node src/main.ts"},"dependencies":{"__proto__":"1","express":"4"}}',
    'schema.prisma': 'model __proto__ {\n  id Int @id\n}\nmodel constructor {\n  id Int @id\n}',
    'src/__proto__.ts':
      'export const __proto__ = () => 1; export class constructor { hasOwnProperty(x: any) { return x; } } export function toString() {}',
    'src/main.ts': application(code),
  });
  const { monolith } = await analyzeFolder(root);
  expect(monolith.routes.map(({ path }) => path)).toEqual([
    '/__proto__',
    '/books',
    '/constructor',
    '/toString',
    '/{__proto__}/{constructor}',
  ]);
  expect(monolith.tables.map(({ id }) => id)).toEqual(['__proto__', 'constructor']);
  expect(monolith.environment.map(({ variable }) => variable)).toEqual(['__proto__']);
  expect(monolith.calls.filter(({ from }) => from === 'src/main.ts#list').map(({ to }) => to)).toEqual([
    'src/__proto__.ts#__proto__',
    'src/__proto__.ts#toString',
    'src/__proto__.ts#constructor',
    'src/__proto__.ts#constructor.hasOwnProperty',
  ]);
});

test('bytes that are no text are told, and the rest is read', async () => {
  const root = project({ 'package.json': MANIFEST, 'src/main.ts': application('') });
  mkdirSync(join(root, 'src/lib'));
  writeFileSync(join(root, 'src/lib/bytes.ts'), Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256)));
  writeFileSync(join(root, 'src/lib/wide.ts'), Buffer.from('\ufeffexport const a = 1;', 'utf16le'));
  const { codes, hasRoute } = await outcome(root);
  expect(hasRoute).toBe(true);
  expect(codes).toContain('syntax-error');
});

describe('any text', () => {
  const SHOP = application(`
    import { Router } from 'express';
    const router = Router();
    class Orders { constructor(private readonly store: Map<string, number>) {} find = (id: string) => this.store.get(id) ?? \`none \${id}\`; }
    const orders = new Orders(new Map());
    for (const path of ['/orders', "/orders/:id"]) router.get(path, async (request, response) => response.json(await orders.find(request.params.id)));
    app.use(process.env.PREFIX ?? '/api', router);
    export default { app, router };`);
  const piece = fc.oneof(
    fc.constantFrom(
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      '`',
      "'",
      '"',
      '/*',
      '*/',
      '//',
      '=>',
      'class ',
      'async ',
      'await ',
      '...',
      '@',
      '#',
      '\\',
      '\0',
      '\u2028',
      '\ud800',
      '<',
      '>',
      'import ',
      'export ',
      '?.',
      '__proto__',
      '${',
    ),
    fc.string({ maxLength: 12, unit: 'binary' }),
  );
  const damage = fc.array(fc.record({ at: fc.nat(SHOP.length), remove: fc.nat(40), insert: piece }), { minLength: 1, maxLength: 6 });
  const damaged = damage.map((changes) =>
    changes.reduce((text, { at, remove, insert }) => text.slice(0, at) + insert + text.slice(at + remove), SHOP),
  );

  test('is analysed to the same end, twice, and every place lies in a file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, fc.string({ maxLength: 200, unit: 'binary' })), async (text) => {
        const root = project({ 'package.json': MANIFEST, 'src/main.ts': text });
        const [first, second] = [await analyzeFolder(root), await analyzeFolder(root)];
        expect(JSON.stringify(first.monolith)).toBe(JSON.stringify(second.monolith));
        for (const { at } of first.diagnostics) if (at !== undefined) expect(['src/main.ts', 'package.json']).toContain(at.file);
      }),
      { numRuns: 100, seed: 20261125 },
    );
  }, 120_000);
});
