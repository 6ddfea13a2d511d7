import { expect, test } from 'vitest';
import { toRouteId, toServiceId } from '../../../src/model/ids.ts';
import type { RouteVerdict } from '../../../src/model/verification.ts';
import { judgeFunctions } from '../../../src/verify/parity/function-failures.ts';
import { judgeStatelessness } from '../../../src/verify/parity/statelessness.ts';
import { route } from '../../serve/support.ts';

const verdict = (path: string, kind: RouteVerdict['verdict'], servedBy: RouteVerdict['servedBy'] = {}): RouteVerdict => ({
  id: toRouteId('GET', path),
  service: toServiceId('library'),
  verdict: kind,
  comparisons: Object.values(servedBy).reduce((sum, count) => sum + count, 0),
  servedBy,
  handledByMovedHandler: 0,
  successes: { monolith: 0, slice: 0 },
});
const api = { 'books-api': 1 };

test.each<[string, readonly RouteVerdict[], readonly RouteVerdict[], string]>([
  [
    'routes of one function took turns',
    [verdict('/books', 'proven', api), verdict('/loans', 'proven', api), verdict('/desk', 'unproven')],
    [verdict('/books', 'proven', api), verdict('/loans', 'proven', api), verdict('/desk', 'unproven')],
    'passed: two instances in turn answer as one does: 2 of 3 moved routes, 2 requests compared',
  ],
  [
    'nothing was right with one instance',
    [verdict('/books', 'different', api), verdict('/desk', 'unproven')],
    [verdict('/books', 'different', api), verdict('/desk', 'unproven')],
    'skipped: nothing was compared: none of 2 moved routes is proven with one instance',
  ],
  [
    'each function answered once',
    [verdict('/books', 'proven', { 'get-books': 1 }), verdict('/loans', 'proven', { 'get-loans': 1 })],
    [verdict('/books', 'proven', { 'get-books': 1 }), verdict('/loans', 'proven', { 'get-loans': 1 })],
    'skipped: nothing was compared: no function of 2 moved routes had two requests to take turns',
  ],
  [
    'a route is right with one instance only',
    [verdict('/books', 'proven', api), verdict('/loans', 'proven', api)],
    [verdict('/books', 'proven', api), { ...verdict('/loans', 'unproven', api), missing: 'its requests did not come again' }],
    'failed: GET /loans: with two instances in turn, its requests did not come again',
  ],
])('%s', (_title, reused, rotated, expected) => {
  expect(judgeStatelessness(reused, rotated).map(({ status, summary }) => `${status}: ${summary}`)).toEqual([expected]);
});

test('functions that nothing reached have not passed', () => {
  const books = route(0, 'GET /books', 'books-api');
  if (books.target === undefined) throw new Error('it has moved');
  const [check] = judgeFunctions([{ ...books, target: books.target }], []);
  expect(check).toMatchObject({ status: 'skipped', summary: 'no request reached them' });
});
