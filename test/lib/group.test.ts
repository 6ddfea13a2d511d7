import { expect, test } from 'vitest';
import { addTo } from '../../src/lib/add-to.ts';
import { closure } from '../../src/lib/graph/closure.ts';
import { groupBy } from '../../src/lib/group.ts';

const loans = [
  { book: 'Emma', reader: 'Ann' },
  { book: 'Ulysses', reader: 'Bo' },
  { book: 'Dubliners', reader: 'Ann' },
];

test('groups keep the order of first appearance', () => {
  expect([...groupBy(loans, ({ reader }) => reader)]).toEqual([
    ['Ann', [loans[0], loans[2]]],
    ['Bo', [loans[1]]],
  ]);
  expect([
    ...groupBy(
      loans,
      ({ reader }) => reader,
      ({ book }) => book,
    ),
  ]).toEqual([
    ['Ann', ['Emma', 'Dubliners']],
    ['Bo', ['Ulysses']],
  ]);
});

test('adds to numbers by key', () => {
  const totals = new Map([['Ann', 1]]);
  addTo(totals, 'Ann', 2);
  addTo(totals, 'Bo', 1);
  expect(totals).toEqual(
    new Map([
      ['Ann', 3],
      ['Bo', 1],
    ]),
  );
});

test('a closure follows cycles once', () => {
  const next: Readonly<Record<string, readonly string[]>> = { a: ['b'], b: ['a', 'c'], c: [], d: ['a'] };
  expect([...closure(['a'], (item) => next[item] ?? [])].sort()).toEqual(['a', 'b', 'c']);
});
