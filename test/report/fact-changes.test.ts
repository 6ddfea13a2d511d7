import { expect, test } from 'vitest';
import { toModuleId } from '../../src/model/ids.ts';
import { formatFactChanges } from '../../src/report/fact-changes.ts';
import { monolith } from '../support/monolith.ts';

const lines = ['route GET /books -> src/routes.ts#list', 'access src/store.ts#find read books', 'env src/config.ts#<module> SHELF'];
const factsOf = (...described: readonly string[]) => ({ monolith: monolith(described.join('\n')), diagnostics: [] });

test.each<[string, readonly string[], readonly string[]]>([
  ['nothing', lines, []],
  ['places that moved', ['module src/store.ts 90', ...lines], []],
  ['a route more', [...lines, 'route POST /books -> src/routes.ts#list'], ['+ route POST /books']],
  [
    'another table',
    lines.map((line) => line.replace('read books', 'write loans')),
    ['- access read books in src/store.ts#find', '+ access write loans in src/store.ts#find'],
  ],
  [
    'the same access twice more',
    [...lines, ...Array(2).fill('access src/store.ts#find read books')],
    ['+ access read books in src/store.ts#find (2 times)'],
  ],
])('tells of %s', (_title, after, expected) => {
  const changes = formatFactChanges(factsOf(...lines), factsOf(...after));
  const told = changes.split('\n').filter((line) => line !== '' && !/^. table/.test(line));
  expect(told).toEqual(expected);
});

test('tells of findings by what they say', () => {
  const at = { file: toModuleId('src/store.ts'), line: 3, column: 1 };
  const after = { ...factsOf(...lines), diagnostics: [{ code: 'syntax-error' as const, data: { message: 'no end' }, at }] };
  expect(formatFactChanges(factsOf(...lines), after)).toMatch(/^\+ error syntax-error in src\/store\.ts: .*no end/);
  expect(
    formatFactChanges(after, {
      ...after,
      diagnostics: [{ ...after.diagnostics[0], code: 'syntax-error', data: { message: 'no end' }, at: { ...at, line: 9 } }],
    }),
  ).toBe('');
});
