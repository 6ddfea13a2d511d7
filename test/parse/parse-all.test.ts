import { expect, test } from 'vitest';
import { type ModuleId, toModuleId } from '../../src/model/ids.ts';
import type { ImportTarget } from '../../src/model/program.ts';
import { parseAll } from '../../src/parse/parse-all.ts';
import { createSyntaxTrees } from '../../src/parse/syntax-trees.ts';
import { roleOf } from '../../src/scan/role-of.ts';

/** Imports are written as paths from the root. */
const resolve = (_from: ModuleId, specifier: string): ImportTarget => ({ kind: 'module', module: toModuleId(specifier) });

function parsed(sources: Readonly<Record<string, string | undefined>>) {
  const files = Object.keys(sources).map((path) => ({ path: toModuleId(path), role: roleOf(path), size: 0 }));
  const readSource = (path: ModuleId): string | undefined => sources[path];
  const tree = { files, assets: [], packages: [], tsconfigs: [] };
  return parseAll({ tree, readSource, trees: createSyntaxTrees(readSource), events: () => {}, resolve });
}

test.each<[string, string, string | undefined, readonly string[]]>([
  ['a file without errors', 'src/books.ts', 'export const books = [];', []],
  ['a file that has no end', 'src/books.ts', 'export function price(book) {\n', ['syntax-error src/books.ts:2']],
  ['a wrong token', 'src/books.ts', 'const a = 1;\nconst x: = 5;', ['syntax-error src/books.ts:2']],
  ['a wrong token in a test', 'src/books.test.ts', "import './books';\nconst x: = 5;", ['syntax-error src/books.test.ts:2']],
  [
    'a rule that only TypeScript holds, in a file read whole',
    'types/global.d.ts',
    "declare global {\n  namespace Library {\n    import readers = require('readers');\n  }\n}\nexport {};",
    ['tolerated-syntax types/global.d.ts:3'],
  ],
  ['await in a plain function, read whole', 'src/books.ts', 'function find() {\n  await load();\n}', ['tolerated-syntax src/books.ts:2']],
  ['a file that cannot be read', 'src/books.ts', undefined, ['unreadable-file src/books.ts:1']],
])('%s', (_title, path, text, expected) => {
  expect(parsed({ [path]: text }).diagnostics.map(({ code, at }) => `${code} ${at?.file}:${at?.line}`)).toEqual(expected);
});

test('files come in the order of the tree', () => {
  const { value } = parsed({ 'src/a.test.ts': '', 'src/b.ts': "import 'src/c.test.ts'", 'src/c.test.ts': '' });
  expect(value.map(({ path }) => path)).toEqual(['src/a.test.ts', 'src/b.ts', 'src/c.test.ts']);
});

test('of tests only the imports are taken, unless the program imports them', () => {
  const { value } = parsed({
    'src/books.ts': "import { fake } from 'test/fake.ts'; export const books = fake();",
    'test/fake.ts': "import { data } from 'test/data.ts'; export const fake = () => data();",
    'test/data.ts': 'export const data = () => [];',
    'test/other.ts': "import { books } from 'src/books.ts'; export const other = () => books;",
  });
  expect(value.map(({ path, declarations }) => [path, declarations.length])).toEqual([
    ['src/books.ts', 2],
    ['test/fake.ts', 2],
    ['test/data.ts', 2],
    ['test/other.ts', 1],
  ]);
});

/** Every form of import, each of which the two ways of reading must see alike. */
test.each([
  "import type { A } from 'a';",
  "import 'bare';",
  "import d, * as n from 'm';",
  "import d, { x as y, type T } from 'm';",
  "import { type T } from 'm';",
  "import { default as d } from 'm';",
  "import { 'a b' as c } from 'm';",
  "export * from 's'; import 'after';",
  "export * as all from 's';",
  "export type * from 's';",
  "export { a, type b } from 'r';",
  "export { type a } from 'r';",
  "export type { T } from 'u'; export const own = 1; export { own as other };",
  "export { default } from 'x';",
  "export {} from 'nothing';",
  "import x = require('y');",
  "import type x = require('y');",
  "const a = require('b');",
  "const lazy = () => import('c');",
  "type T = import('t').T; export {};",
  "declare module 'm' { import 'inner'; } export {};",
  'const script = 1;',
])('a test and a source with %s have the same imports', (text) => {
  const importsIn = (path: string) => parsed({ [path]: text }).value.map(({ imports }) => imports.map((one) => ({ ...one, owner: 0 })));
  expect(importsIn('src/books.test.ts')).toEqual(importsIn('src/books.ts'));
});
