import { expect, test } from 'vitest';
import { chooseBase, extensionStyle, relativeSpecifier } from '../../../src/generate/slice-closure/package-paths.ts';
import { toModuleId } from '../../../src/model/ids.ts';

test.each([
  ['the root itself when all is below src', ['src/a.ts', 'src/books/b.ts'], ''],
  ['src when some is not', ['src/a.ts', 'server/b.ts'], 'src/'],
  ['another folder when generated ones are taken', ['src/functions/a.ts'], 'src/'],
  ['a third one when both are', ['functions/a.ts'], 'src/moved/'],
])('the base is %s', (_title, modules, expected) => {
  expect(chooseBase(modules.map(toModuleId))).toBe(expected);
});

test.each([
  ['src/a.ts', 'src/books/b.ts', '', './books/b'],
  ['src/books/a.ts', 'src/b.ts', '', '../b'],
  ['server/a.ts', 'shared/prices/index.ts', '', '../shared/prices'],
  ['src/a.ts', 'src/types/request.d.ts', '', './types/request'],
  ['src/a.ts', 'src/b.mts', '.js', './b.mjs'],
  ['src/a.ts', 'src/b.ts', '.ts', './b.ts'],
  ['src/a.ts', 'src/data.json', '', './data.json'],
] as const)('%s names %s', (from, to, extension, expected) => {
  expect(relativeSpecifier(from, to, extension)).toBe(expected);
});

test.each([
  [['./a', 'express'], ''],
  [['express.js', './a.js'], '.js'],
  [['./a.ts'], '.ts'],
])('the style of %j', (specifiers, expected) => {
  expect(extensionStyle(specifiers)).toBe(expected);
});
