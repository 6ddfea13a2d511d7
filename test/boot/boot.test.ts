import { describe, expect, test } from 'vitest';
import type { BootEffect, BootValue } from '../../src/model/boot-trace.ts';
import { traceOf } from '../support/trace.ts';

const main = 'src/main.ts';
const boot = (code: string, more: Readonly<Record<string, string>> = {}) =>
  traceOf({ files: { [main]: code, ...more } }, { entries: [main] });
const app = (code: string): string => `import express from 'express';\nconst app = express();\n${code}`;

/** What `app.set('value', …)` was given. */
const settingOf = (code: string): BootValue | undefined => boot(app(code)).trace.effects.find(({ verb }) => verb === 'set')?.arguments[1];

const constant = (value: string | number | boolean | null | undefined): BootValue => ({ kind: 'constant', value });

describe('values', () => {
  test.each<[string, string, BootValue]>([
    ['concatenation', `const a = 'x'; app.set('value', a + '/' + 1);`, constant('x/1')],
    ['templates', 'const { a, ...rest } = { a: "x", b: "y" }; app.set("value", `${a}-${rest.b}`);', constant('x-y')],
    ['string methods', `app.set('value', ['Books', 'Shelves'].map((name) => name.toLowerCase()).join('/'));`, constant('books/shelves')],
    ['spread and rest', `const join = (...parts) => parts.join('.'); app.set('value', join(...['a', 'b'], 'c'));`, constant('a.b.c')],
    [
      'defaults of destructured parameters',
      `function f({ path = '/books', deep: { name } = { name: 'n' } } = {}) { return path + name; } app.set('value', f());`,
      constant('/booksn'),
    ],
    ['object spread', `const base = { a: 1, b: 2 }; app.set('value', { ...base, b: 3 }.b);`, constant(3)],
    [
      'a spread of one of several objects',
      `const make = (env) => ({ prefix: env.PREFIX || 'api' }); let chosen; switch (process.env.MODE) { case 'a': chosen = make(process.env); break; default: chosen = make(process.env); } app.set('value', '/' + { ...chosen }.prefix.replace('/', ''));`,
      constant('/api'),
    ],
    [
      'getters and setters',
      `const o = { get path() { return this.inner; }, set path(value) { this.inner = '/' + value; } }; o.path = 'books'; app.set('value', o.path);`,
      constant('/books'),
    ],
    [
      'private fields and statics',
      `class A { #x = 'p'; static base = '/s'; get path() { return A.base + this.#x; } } app.set('value', new A().path);`,
      constant('/sp'),
    ],
    [
      'inheritance and super',
      `class A { constructor(p) { this.p = p; } path() { return '/' + this.p; } } class B extends A { constructor() { super('b'); } path() { return super.path() + '!'; } } app.set('value', new B().path());`,
      constant('/b!'),
    ],
    [
      'closures over loops',
      `const fs = []; for (const n of ['a', 'b']) fs.push(() => n); app.set('value', fs.map((f) => f()).join(''));`,
      constant('ab'),
    ],
    [
      'maps and sets',
      `const m = new Map([['a', 1]]); m.set('b', 2); app.set('value', [...m].map(([k, v]) => k + v).join() + [...new Set(['x', 'x'])].join());`,
      constant('a1,b2x'),
    ],
    ['what all modules share', `global.root = '/books'; globalThis.last = 1; app.set('value', root + global.last);`, constant('/books1')],
    [
      'a map that starts empty under each key',
      `const m = new Map(); const add = (k, v) => { const l = m.get(k); if (!l) { m.set(k, [v]); return; } l.push(v); }; add('a', 1); add('a', 2); app.set('value', m.get('a').join());`,
      constant('1,2'),
    ],
    ['generators', `function* names() { yield 'a'; yield 'b'; } app.set('value', [...names()].join('+'));`, constant('a+b')],
    [
      'awaited values',
      `const main = async () => { const [a, b] = await Promise.all([Promise.resolve('a'), (async () => 'b')()]); app.set('value', a + b); }; main();`,
      constant('ab'),
    ],
    [
      'promises by hand',
      `new Promise((resolve) => setImmediate(() => resolve('x'))).then((x) => x + 'y').then((y) => app.set('value', y));`,
      constant('xy'),
    ],
    [
      'a known condition',
      `const mode = 'b'; app.set('value', mode === 'a' ? 1 : mode === 'b' && typeof mode === 'string' ? 2 : 3);`,
      constant(2),
    ],
    [
      'both sides of an unknown one',
      `app.set('value', Math.random() > 0.5 ? 'a' : 'b');`,
      { kind: 'union', options: [constant('a'), constant('b')] },
    ],
    [
      'a variable set under an unknown one',
      `let v = 'a'; if (process.env.X) v = 'b'; app.set('value', v);`,
      { kind: 'union', options: [constant('b'), constant('a')] },
    ],
    [
      'environment with default',
      `app.set('value', process.env.PORT ?? 3000);`,
      { kind: 'environment', name: 'PORT', default: constant(3000) },
    ],
    [
      'environment in brackets and by destructuring',
      `const { HOST = 'h' } = process.env; app.set('value', HOST + (process.env['NAME'] || '!'));`,
      constant('h!'),
    ],
    [
      'a hole',
      'app.set("value", `/${process.env.TENANT}/books`);',
      { kind: 'template', parts: ['/', '/books'], holes: ['process.env.TENANT'] },
    ],
    ['paths of the project', `import path from 'path'; app.set('value', path.join(__dirname, '..', 'views'));`, constant('./views')],
    [
      'a package value',
      `import helmet from 'helmet'; app.set('value', helmet);`,
      { kind: 'external', package: 'helmet', path: ['default'], called: false },
    ],
    [
      'a bound method',
      `class A { f(a, b) {} } const a = new A(); app.set('value', a.f.bind(a, 1));`,
      {
        kind: 'function',
        symbol: 'src/main.ts#A.f' as never,
        at: { file: main as never, line: 3, column: 12 },
        parameters: 1,
        closure: 'src/main.ts#A.f~1' as never,
      },
    ],
    [
      'a labelled loop that leaves',
      `let last; for (const n of [1, 2, 3]) { if (n === 2) break; last = n; } app.set('value', last);`,
      constant(1),
    ],
    ['while', `let n = 0; while (n < 5) n += 2; app.set('value', n);`, constant(6)],
    [
      'assignment to members by computed name',
      `const o = {}; for (const k of ['a', 'b']) o[k + '1'] = k; app.set('value', Object.keys(o).join());`,
      constant('a1,b1'),
    ],
    [
      'merged configuration',
      `import merge from 'deepmerge'; import _ from 'lodash'; const c = merge.all([{ server: { prefix: '/a', port: 1 } }, _.defaults({ server: { prefix: '/b' } }, { other: 1 })]); app.set('value', c.server.prefix + c.server.port + c.other);`,
      constant('/b11'),
    ],
    [
      'names that every object inherits, asked of a text and a list',
      `app.set('value', [typeof 'x'.hasOwnProperty('length'), typeof ['x'].hasOwnProperty(0), 'end'].pop());`,
      constant('end'),
    ],
    [
      'optional calls of what is missing',
      `const hooks = {}; hooks.before?.(app); app.set('value', hooks.after ?? 'none');`,
      constant('none'),
    ],
  ])('%s', (_title, code, expected) => expect(settingOf(code)).toEqual(expected));
});

test.each<[string, Readonly<Record<string, string>>]>([
  ['the JavaScript beside declarations', { 'src/names.d.ts': 'export const path: string;', 'src/names.js': "exports.path = '/books';" }],
  [
    'what it hands on of a module of another kind',
    {
      'src/names.d.ts': "export * from './inner';",
      'src/names.js': "module.exports = require('./inner');",
      'src/inner.ts': "export const path = '/books';",
    },
  ],
])('an import reads %s', (_title, more) => {
  const code = app("app.set('value', path);");
  const { trace } = boot(`import { path } from './names';\n${code}`, more);
  expect(trace.effects.find(({ verb }) => verb === 'set')?.arguments[1]).toEqual(constant('/books'));
});

describe('effects', () => {
  const source = (span: { readonly start: number; readonly end: number }, code: string): string => code.slice(span.start, span.end);
  const effects = (code: string): readonly BootEffect[] => boot(code).trace.effects;

  test('stand in evaluation order, without gaps', () => {
    const { trace } = traceOf(
      {
        files: {
          [main]: `import './first'; import { app } from './app'; app.set('second', 2);`,
          'src/first.ts': `import { app } from './app'; app.set('first', 1);`,
          'src/app.ts': `import express from 'express'; export const app = express();`,
        },
      },
      { entries: [main] },
    );
    expect(trace.effects.map(({ order, arguments: [name] }) => [order, name])).toEqual([
      [0, constant('first')],
      [1, constant('second')],
    ]);
    expect(trace.evaluated).toEqual(['src/app.ts', 'src/first.ts', main]);
  });

  test('name their calls from outside in', () => {
    const code = app(`const inner = () => { app.set('a', 1); };\nfunction outer() { inner(); }\nouter();`);
    const [effect] = effects(code);
    expect(effect?.via.map((span) => source(span, code))).toEqual(['outer()', 'inner()']);
    expect(source(effect?.span ?? { start: 0, end: 0 }, code)).toBe("app.set('a', 1);");
  });

  test('count rounds of loops', () => {
    expect(
      effects(app(`for (const n of ['a', 'b']) app.set(n, 1); ['c'].forEach((n) => app.set(n, 1));`)).map(({ iteration }) => iteration),
    ).toEqual([0, 1, 0]);
  });

  test('keep the links of a chain apart', () => {
    const code = app(`app.enable('a').enable('b');`);
    expect(effects(code).map(({ span }) => source(span, code))).toEqual([".enable('a')", ".enable('b')"]);
  });

  test('keep conditions', () => {
    expect(
      effects(app(`if (process.env.A) { if (!process.env.B) app.set('a', 1); } else app.set('b', 1);`)).map(({ guards }) =>
        guards.map(({ text, taken }) => `${taken} ${text}`),
      ),
    ).toEqual([['true process.env.A', 'true !process.env.B'], ['false process.env.A']]);
  });

  test('evaluate a module once, whoever imports it', () => {
    const more = { 'src/a.ts': `import './shared';`, 'src/shared.ts': `import express from 'express'; express().set('once', 1);` };
    expect(boot(`import './a'; import './shared'; require('./shared');`, more).trace.effects).toHaveLength(1);
  });

  test('leave out modules that are imported for types', () => {
    const more = { 'src/types.ts': `import express from 'express'; express().set('never', 1); export interface Book {}` };
    expect(boot(`import type { Book } from './types'; export const book: Book = {};`, more).trace.evaluated).toEqual([main]);
  });
});

describe('bindings', () => {
  test('name variables, parameters, fields and members that hold library objects', () => {
    const code = `import { EventEmitter } from 'events';
      const bus = new EventEmitter(); const shared = { bus };
      class Orders { private other = new EventEmitter(); constructor(private readonly bus: EventEmitter) {} }
      function start(given) { return new Orders(given); } start(bus);`;
    expect([...new Set(boot(code).trace.bindings.map(({ symbol }) => symbol))].sort()).toEqual([
      'src/main.ts#Orders.bus',
      'src/main.ts#Orders.constructor.bus',
      'src/main.ts#Orders.other',
      'src/main.ts#bus',
      'src/main.ts#shared.bus',
      'src/main.ts#start.given',
    ]);
  });
});

test('members that hold library objects are told where code calls them or something on them', () => {
  const code = `import { EventEmitter } from 'events';
    const desk = { bus: new EventEmitter(), name: 'desk' }; const late = (shelf) => shelf.bus!.emit('lent');
    late(desk); desk.name.trim();`;
  const { members } = boot(code).trace;
  expect(members?.map(({ span }) => code.slice(span.start, span.end))).toEqual(['shelf.bus']);
});

describe('calls', () => {
  test('are told where only evaluation resolves them', () => {
    const code = app(
      `function list() { return []; }\nconst services = {}; services['list'] = list;\nconst make = (all) => (req, res) => { res.json(all.list()); };\napp.get('/books', make(services));`,
    );
    expect(boot(code).trace.calls.map(({ from, to }) => `${from} → ${to}`)).toContain(
      'src/main.ts#make.<function 5:23> → src/main.ts#list',
    );
  });

  test('follow handlers into unknown packages', () => {
    const code = app(
      `import store from 'some-store';\nfunction save(tx) {}\nconst make = (dependencies) => async (req, res) => { const id = await store.transaction(async (tx) => dependencies.save(tx)); res.json(id); };\napp.post('/books', make({ save }));`,
    );
    expect(boot(code).trace.calls.map(({ to }) => to)).toContain('src/main.ts#save');
  });

  test('are found behind every use of one wrapper', () => {
    const names = Array.from({ length: 12 }, (_, index) => `find${index}`);
    const code = app(
      `const wrap = (f) => (req, res, next) => f(req, res).catch(next);
class Base { execute(req, res) { return this.run(req, res); } }
const shelf = { ${names.map((name) => `${name}() {}`).join(', ')} };
${names
  .map(
    (name) => `class C${name} extends Base { constructor(db) { super(); this.db = db; } run() { return this.db['${name}'](); } }
const c${name} = new C${name}(shelf); app.get('/${name}', wrap((req, res) => c${name}.execute(req, res)));`,
  )
  .join('\n')}`,
    );
    const called = new Set(boot(code).trace.calls.map(({ to }) => to));
    expect(names.filter((name) => !called.has(`src/main.ts#shelf.${name}` as never))).toEqual([]);
  });

  test('register nothing while handlers are followed', () => {
    expect(
      boot(app(`app.get('/books', (req, res) => { app.set('later', 1); setTimeout(() => {}, 1); });`)).trace.effects.map(
        ({ verb }) => verb,
      ),
    ).toEqual(['route']);
  });
});

describe('bounds', () => {
  test('handlers that are not followed to their end are told', () => {
    const shelves = `[${Array.from({ length: 50 }, (_, index) => index).join()}]`;
    const code = app(
      `app.get('/long', function (req, res) { for (const a of ${shelves}) for (const b of ${shelves}) for (const c of ${shelves}) res.write(a + b + c); });\napp.get('/books', (req, res) => res.end());`,
    );
    const { diagnostics } = traceOf({ files: { [main]: code } }, { entries: [main] });
    expect(diagnostics.map(({ code: found, data }) => [found, data])).toEqual([
      ['handler-followed-in-part', { handler: 'src/main.ts#<function 3:18>' }],
    ]);
  });

  test.each<[string, string, object, string]>([
    ['endless loops', `let n = 0; while (n >= 0) { n += 1; }`, { iterations: 50 }, 'iterations'],
    ['endless work', `for (const a of [1, 2, 3]) for (const b of [1, 2, 3]) for (const c of [1, 2, 3]) a + b + c;`, { steps: 40 }, 'steps'],
    [
      'deep calls',
      `const f0 = () => 1; ${Array.from({ length: 20 }, (_, n) => `const f${n + 1} = () => f${n}();`).join('')} f20();`,
      { depth: 5 },
      'depth',
    ],
  ])('%s are told', (_title, code, limits, limit) => {
    const { diagnostics } = traceOf({ files: { [main]: code } }, { entries: [main], limits });
    expect(diagnostics.map(({ code: found, data }) => [found, 'limit' in data && data.limit])).toContainEqual([
      'boot-limit-reached',
      limit,
    ]);
  });

  const multiplying = Array.from({ length: 12 }, (_, n) => `const f${n + 1} = () => { f${n}(); f${n}(); };`).join('\n');

  test('calls that multiply leave steps for what stands behind them', () => {
    const code = app(`const f0 = () => 1;\n${multiplying}\nf12(); app.get('/books', (req, res) => res.end());`);
    const { trace, diagnostics } = traceOf({ files: { [main]: code } }, { entries: [main], limits: { steps: 2000, call: 100 } });
    expect(trace.effects.map(({ method }) => method)).toContain('get');
    expect(diagnostics.map(({ code: found }) => found)).toContain('boot-limit-reached');
  });

  test('a module that a call without steps would load is whole for those that import it later', () => {
    const code = `import express from 'express';\nconst app = express();\nconst f0 = () => require('./books');\n${multiplying}\nf12(); require('./books').add(app);`;
    const books = `exports.add = (app) => { app.get('/books', (req, res) => res.end()); };`;
    const { trace } = traceOf({ files: { [main]: code, 'src/books.js': books } }, { entries: [main], limits: { steps: 2000, call: 100 } });
    expect(trace.effects.map(({ method }) => method)).toContain('get');
  });

  test('what the first of several entries spends leaves steps for the others', () => {
    const files = {
      'src/worker.ts': `const f0 = () => 1;\n${multiplying}\nf12(); for (;;) f12();`,
      [main]: app(`app.get('/books', () => 1);`),
    };
    const { trace } = traceOf({ files }, { entries: ['src/worker.ts', main], limits: { steps: 2000, call: 100 } });
    expect(trace.effects.map(({ method }) => method)).toContain('get');
  });

  test('a function that descends in a written table reaches its end, or says that it does not', () => {
    const nested = (depth: number): string => (depth === 0 ? '[]' : `[{ children: ${nested(depth - 1)} }]`);
    const walk = (depth: number) =>
      `function walk(shelves, path) { for (const one of shelves) { app.set(path, 1); walk(one.children, path + '/a'); } } walk(${nested(depth)}, '/a');`;
    const survey = (depth: number) => traceOf({ files: { [main]: app(walk(depth)) } }, { entries: [main] });
    expect(survey(6).trace.effects.filter(({ method }) => method === 'set')).toHaveLength(6);
    expect(survey(6).diagnostics).toEqual([]);
    expect(survey(12).diagnostics.map(({ data }) => data)).toContainEqual({ limit: 'recursions', value: 8 });
  });

  test('the same under a condition is told, too', () => {
    const nested = (depth: number): string => (depth === 0 ? '[]' : `[{ children: ${nested(depth - 1)} }]`);
    const walk = `function walk(shelves) { for (const one of shelves) { app.set('a', 1); walk(one.children); } } if (unknown()) walk(${nested(9)});`;
    const { diagnostics } = traceOf({ files: { [main]: app(walk) } }, { entries: [main] });
    expect(diagnostics.map(({ data }) => data)).toContainEqual({ limit: 'recursions', value: 3 });
  });

  test.each<[string, string]>([
    ['recursion', app(`const walk = (n) => (n === 0 ? 0 : walk(n - 1)); walk(1000); app.set('after', 1);`)],
    ['mutual recursion', app(`function a() { b(); } function b() { a(); } a(); app.set('after', 1);`)],
    ['deep expressions', app(`const text = ${Array.from({ length: 3000 }, () => "'x'").join(' + ')}; app.set('after', 1);`)],
    [
      'deep calls of functions in functions',
      app(
        `${Array.from({ length: 200 }, (_, n) => `const f${n} = (x) => { if (x) { try { return [{ a: (f${n + 1}(x)) }]; } finally { } } };`).join('\n')} const f200 = () => 1; f0(true); app.set('after', 1);`,
      ),
    ],
    [
      'thousands of classes that extend each other',
      app(
        `class C0 {} ${Array.from({ length: 5000 }, (_, n) => `class C${n + 1} extends C${n} {}`).join(' ')} new C5000(); app.set('after', 1);`,
      ),
    ],
    ['cyclic values', app(`const a = {}; a.self = a; const list = [a]; list.push(list); app.set('x', list); app.set('after', 1);`)],
    [
      'a collection given to code that is not known',
      app(`const shelves = new Map([['a', 1]]); unknownStore(shelves); app.set('after', 1);`),
    ],
    ['names nobody declares', app(`missing.call(also.missing, { ...nothing }, ...none); new Missing(); app.set('after', 1);`)],
    [
      'odd code',
      app(
        `label: for (;;) { break label; } switch (1) {} var x = x || {}; delete x.y; void 0; (0, eval)('1'); new.target; app.set('after', 1);`,
      ),
    ],
  ])('survives %s', (_title, code) => {
    const { trace } = boot(code);
    expect(trace.effects.at(-1)?.arguments[0]).toEqual(constant('after'));
  });

  test('gives the same twice', () => {
    const code = app(`for (const p of ['/a', '/b']) app.get(p, (req, res) => res.end());`);
    expect(JSON.stringify(boot(code))).toBe(JSON.stringify(boot(code)));
  });
});
