import { expect, test } from 'vitest';
import type { Generator } from '../../src/generate/generator.ts';
import { generateSliceOf } from '../support/slice.ts';

const files = {
  'src/main.ts': "import express from 'express';\nconst app = express();\napp.get('/books', (_q, s) => s.end());\napp.listen(1);\n",
};
const writing = (name: string, ...paths: readonly string[]): Generator => ({
  name,
  *generate() {
    for (const path of paths) yield { path, content: name, origin: { generator: name } };
  },
});
const run = (...generators: readonly Generator[]) =>
  generateSliceOf(generators, files, { routes: ['GET /books'], entries: ['src/main.ts'] });

test('collects artifacts sorted by path, whatever order they are made in', () => {
  const [one, two] = [writing('one', 'b.txt', 'a.txt'), writing('two', 'c.txt')];
  expect(run(one, two).value.map(({ path }) => path)).toEqual(['a.txt', 'b.txt', 'c.txt']);
  expect(run(two, one)).toEqual(run(one, two));
});

test.each([
  ['two writers of one path', [writing('one', 'a.txt'), writing('two', 'a.txt')], 'two and one both write a.txt'],
  ['a path outside the output', [writing('one', '../a.txt')], 'one writes outside the output: ../a.txt'],
])('refuses %s', (_title, generators, message) => {
  expect(() => run(...generators)).toThrow(message);
});

test('gives generators only the slices that could be closed', () => {
  const seen: string[] = [];
  const watcher: Generator = {
    name: 'watcher',
    generate({ slices, closures }) {
      seen.push(...slices, String(closures.size));
      return [];
    },
  };
  const { 'src/main.ts': text } = files;
  generateSliceOf([watcher], { 'src/main.ts': text.replace('app.listen(1);', '') }, { routes: ['GET /books'], entries: ['src/main.ts'] });
  expect(seen).toEqual(['0']);
});
