import { expect, test } from 'vitest';
import { toServiceId } from '../../src/model/ids.ts';
import { createTrafficSplit, withSlicesOn } from '../../src/serve/slice-table.ts';
import { libraryFunction, route } from './support.ts';

test.each([
  [0, 0],
  [1, 1],
  [10, 10],
  [33, 33],
  [100, 100],
])('a weight of %i gives the slice %i of a hundred requests, always the same ones', (weight, expected) => {
  const moved = route(0, 'GET /books', 'books-api');
  if (moved.target === undefined) throw new Error('not moved');
  const weighted = { ...moved, target: { ...moved.target, weight } };
  const run = () => {
    const split = createTrafficSplit();
    return Array.from({ length: 100 }, () => split(weighted));
  };
  expect(run().filter((side) => side === 'slice')).toHaveLength(expected);
  expect(run()).toEqual(run());
});

test('slices that are not asked for lose their targets and functions', () => {
  const table = {
    version: 1 as const,
    granularity: 'service' as const,
    routes: [route(0, 'GET /books', 'books-api')],
    functions: [libraryFunction('books-api')],
  };
  expect(withSlicesOn(table, [])).toEqual({ version: 1, granularity: 'service', routes: [route(0, 'GET /books')], functions: [] });
  expect(withSlicesOn(table, [toServiceId('library')])).toEqual(table);
});
