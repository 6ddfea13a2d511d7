import { expect, test } from 'vitest';
import type { Exchange } from '../../../src/serve/exchange.ts';
import { pairExchanges } from '../../../src/verify/parity/pair-exchanges.ts';
import { route } from '../../serve/support.ts';
import { exchange, inOrder } from './exchanges.ts';

const routes = ['POST /books', 'GET /books/{id}', 'GET /books'].map((text, order) => route(order, text));
const created = (id: string, body = ''): Exchange => exchange('POST /books', { id }, { routeId: 'POST /books', requestBody: body });
const read = (id: string): Exchange => exchange(`GET /books/${id}`, { id }, { routeId: 'GET /books/{id}' });

test.each<[string, Exchange[], Exchange[], string[], string[]]>([
  ['the same requests', [read('1'), read('2')], [read('1'), read('2')], ['0-0', '1-1'], []],
  ['the same requests in another order', [read('1'), read('2')], [read('2'), read('1')], ['0-1', '1-0'], []],
  [
    'other ids, in the order of their creation',
    [created('a1'), created('a2'), read('a2'), read('missing'), read('a1')],
    [created('b1'), created('b2'), read('b2'), read('b1'), read('missing')],
    ['0-0', '1-1', '2-2', '3-4', '4-3'],
    [],
  ],
  ['equal requests by their bodies', [created('1', 'x'), created('2', 'y')], [created('1', 'y'), created('2', 'x')], ['0-1', '1-0'], []],
  ['a request that did not come again', [created('1'), read('1'), read('1')], [created('1'), read('1')], ['0-0', '1-1'], ['2']],
  [
    'with and without credentials apart',
    [exchange('GET /books'), exchange('GET /books', {}, { credentials: 'given' })],
    [exchange('GET /books', {}, { credentials: 'given' }), exchange('GET /books')],
    ['0-1', '1-0'],
    [],
  ],
])('pairs %s', (_title, left, right, pairs, unpaired) => {
  const paired = pairExchanges(inOrder(left), inOrder(right), routes);
  expect(paired.pairs.map((pair) => `${pair.left.index}-${pair.right.index}`)).toEqual(pairs);
  expect(paired.unpaired.map(({ index }) => String(index))).toEqual(unpaired);
});

test('ids in queries and encoded ids are learnt, constant segments are not', () => {
  const run = (id: string) =>
    inOrder([
      exchange('POST /books', { id, kind: 'books' }, { routeId: 'POST /books' }),
      exchange(`GET /books?after=${encodeURIComponent(id)}`, {}, { routeId: 'GET /books' }),
      exchange(`GET /books?after=none`, {}, { routeId: 'GET /books' }),
      exchange(`GET /books/${encodeURIComponent(id)}`, {}, { routeId: 'GET /books/{id}' }),
    ]);
  const [left, right] = [run('a b/1'), run('c d/2')];
  const { pairs } = pairExchanges(left, right.toReversed(), routes);
  expect(pairs.map((pair) => pair.right.index)).toEqual([0, 1, 2, 3]);
});
