import { expect, test } from 'vitest';
import { createListSorter } from '../../src/lib/sort.ts';

test.each([
  ['each text once, by code units', ['shelf', 'Shelf', 'book', 'shelf', 'é'], ['Shelf', 'book', 'shelf', 'é']],
  ['nothing of nothing', [], []],
])('lists are sorted: %s', (_case, list, sorted) => {
  expect(createListSorter([['loan', 'book'], list])(list)).toEqual(sorted);
});

test('texts of other lists come into none', () => {
  const sort = createListSorter([
    ['loan', 'book'],
    ['author', 'book'],
  ]);
  expect(sort(['loan', 'book'])).toEqual(['book', 'loan']);
  expect(sort(['book', 'author'])).toEqual(['author', 'book']);
});
