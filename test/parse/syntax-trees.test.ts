import { expect, test } from 'vitest';
import { type ModuleId, toModuleId } from '../../src/model/ids.ts';
import { parseThroughJson } from '../../src/parse/oxc/native-parse.ts';
import { createSyntaxTrees, type SyntaxTrees } from '../../src/parse/syntax-trees.ts';

const text = 'export const lent = 1;\n';
const first = toModuleId('first.ts');
const second = toModuleId('second.ts');
const third = toModuleId('third.ts');

/** Trees with room for so many files, and the files that were parsed to get them. */
function treesFor(files: number): { readonly trees: SyntaxTrees; readonly parsed: string[] } {
  const parsed: string[] = [];
  const trees = createSyntaxTrees(() => text, {
    mostKept: files * text.length,
    parse: (path, source, options) => {
      parsed.push(path);
      return parseThroughJson(path, source, options);
    },
  });
  return { trees, parsed };
}

const treeOf = (path: ModuleId): Parameters<SyntaxTrees['offer']>[1] => parseThroughJson(path, text, {}).program;

test('offered trees are kept when all of them have room', () => {
  const { trees, parsed } = treesFor(2);
  for (const path of [first, second]) trees.offer(path, treeOf(path), text.length);
  expect([trees.tree(first), trees.tree(second)].map((tree) => tree?.type)).toEqual(['Program', 'Program']);
  expect(parsed).toEqual([]);
});

test('none of them is kept when they have no room together, and then a share of the room serves those that are asked for', () => {
  const { trees, parsed } = treesFor(2);
  for (const path of [first, second, third]) trees.offer(path, treeOf(path), text.length);
  for (const path of [first, second, first]) trees.tree(path);
  expect(parsed).toEqual([first, second, first]);
});

test('the last that were asked for are kept', () => {
  const { trees, parsed } = treesFor(2);
  for (const path of [first, second, third, third, second, first]) trees.tree(path);
  expect(parsed).toEqual([first, second, third, first]);
});

test('forgotten trees are parsed again', () => {
  const { trees, parsed } = treesFor(2);
  trees.offer(first, treeOf(first), text.length);
  trees.forget();
  expect(trees.tree(first)?.type).toBe('Program');
  expect(parsed).toEqual([first]);
});
