import { expect, test } from 'vitest';
import type { Exchange } from '../../../src/serve/exchange.ts';
import type { ExchangePair } from '../../../src/verify/parity/pair-exchanges.ts';
import { judgeRoute, type MovedRoute } from '../../../src/verify/parity/route-verdict.ts';
import { learnVolatileFields } from '../../../src/verify/parity/volatile-fields.ts';
import { route } from '../../serve/support.ts';
import { exchange } from './exchanges.ts';

const moved = route(0, 'GET /books/{id}', 'books-api', '/:id') as MovedRoute;
const handled = { servedBy: 'books-api', handler: 'GET /:id' };
const pair = (body: unknown, otherBody: unknown, left: Partial<Exchange>, right: Partial<Exchange>): ExchangePair => ({
  left: exchange('GET /books/1', body, { routeId: moved.id, ...left }),
  right: exchange('GET /books/1', otherBody, { routeId: moved.id, ...right }),
});
const judge = (pairs: ExchangePair[], learntFrom: ExchangePair[] = [], counts = { lost: 0, unstable: 0 }, extra: Exchange[] = []) =>
  judgeRoute(moved, { pairs, ...counts, extra, volatile: learnVolatileFields(learntFrom) });

const success = pair({ id: 1 }, { id: 1 }, {}, handled);
const notFound = pair({}, {}, { status: 404 }, { status: 404, ...handled });

test.each<[string, ExchangePair[], string, string | undefined]>([
  ['a success by the moved handler', [success, notFound], 'proven', undefined],
  ['an error both give, by the moved handler', [notFound], 'proven', undefined],
  ['no request', [], 'unproven', 'no request of the test suite reaches it'],
  [
    'server errors on both sides and nothing else',
    [pair({}, {}, { status: 500 }, { status: 500, ...handled })],
    'unproven',
    'the monolith and the moved handler answered with server errors only',
  ],
  ['a server error beside a success', [success, pair({}, {}, { status: 500 }, { status: 500, ...handled })], 'proven', undefined],
  [
    'only an unchanged answer of the handler, beside successes of others',
    [pair({}, {}, {}, {}), pair('', '', { status: 304 }, { status: 304, ...handled })],
    'unproven',
    'no success came from the moved handler',
  ],
  [
    'a 404 of the mini app, not of the handler',
    [pair({}, {}, { status: 404 }, { status: 404, servedBy: 'books-api' })],
    'unproven',
    'the moved handler (GET /:id) gave none of the answers',
  ],
  [
    'another handler of the same function',
    [pair({}, {}, {}, { servedBy: 'books-api', handler: 'GET /:isbn' })],
    'unproven',
    'the moved handler (GET /:id) gave none of the answers',
  ],
  [
    'the moved handler, but in another function',
    [pair({}, {}, {}, { servedBy: 'loans-api', handler: 'GET /:id' })],
    'unproven',
    'the moved handler (GET /:id) gave none of the answers',
  ],
  ['only answers of the monolith', [pair({}, {}, {}, {})], 'unproven', 'the moved handler (GET /:id) gave none of the answers'],
  [
    'successes from elsewhere only',
    [notFound, pair({}, {}, {}, { servedBy: 'books-api' })],
    'unproven',
    'no success came from the moved handler',
  ],
])('%s: %s', (_title, pairs, verdict, missing) => {
  expect(judge(pairs)).toMatchObject({ verdict, ...(missing === undefined ? {} : { missing }) });
});

test('HEAD through the GET handler counts, whichever way the handler names itself', () => {
  expect(judge([pair('', '', {}, { ...handled, handler: 'HEAD /:id' })]).verdict).toBe('proven');
});

test('requests that did not come again, or that the monolith answers differently itself, prove nothing', () => {
  expect(judge([success], [], { lost: 2, unstable: 0 }).missing).toBe('2 of its requests did not come again in the run with slices');
  expect(judge([], [], { lost: 0, unstable: 1 }).missing).toMatch(/^the monolith itself answered/);
  expect(judge([success], [], { lost: 0, unstable: 1 }).verdict).toBe('proven');
  expect(judge([notFound], [], { lost: 0, unstable: 1 }).missing).toBe(
    'the monolith answered some requests with different statuses in two runs, and no success is left to compare',
  );
});

test('requests that came more often in the run with slices prove nothing when they failed there', () => {
  const again = (status: number) => [exchange('GET /books/1', {}, { routeId: moved.id, status, ...handled })];
  expect(judge([success], [], { lost: 0, unstable: 0 }, again(503))).toMatchObject({
    verdict: 'unproven',
    missing: 'the run with slices had 1 more of its requests, and one of them was answered with status 503',
  });
  expect(judge([success], [], { lost: 0, unstable: 0 }, again(200)).verdict).toBe('proven');
});

test('bodies that are another whole each time prove nothing, and what is left out of others is told', () => {
  const file = (seed: number, length: number) =>
    Buffer.from(Array.from({ length }, (_, index) => [0xff, 0xd8, 1, 2][index] ?? (index * seed) % 251));
  const [first, second] = [pair(file(3, 60), file(5, 64), {}, {}), pair(file(3, 60), file(7, 62), {}, handled)];
  const sameLeft = { left: first.left, right: second.right };
  expect(judge([sameLeft], [first])).toMatchObject({
    verdict: 'unproven',
    missing: expect.stringMatching(/^its bodies differ as a whole each time/),
    partly: { bodies: 1, leastShare: 0 },
  });
  const [saying, failure] = [pair('Be brave', 'Be kind', {}, {}), pair('', 'Internal failure, code 17', {}, handled)];
  expect(judge([{ left: saying.left, right: failure.right }], [saying]).verdict).toBe('unproven');
  const [page, other] = [
    pair('made at 10:30:00, by us', 'made at 10:30:05, by us', {}, {}),
    pair('', 'made at 10:31:00, by us', {}, handled),
  ];
  const compared = { left: page.left, right: other.right };
  expect(judge([compared], [page])).toMatchObject({ verdict: 'proven', partly: { bodies: 1, leastShare: 0.65 } });
});

test('the first difference is told with its request, and figures are counted', () => {
  expect(judge([success, pair({ price: 5 }, { price: 6 }, {}, handled)])).toEqual({
    id: 'GET /books/{id}',
    service: 'library',
    verdict: 'different',
    comparisons: 2,
    servedBy: { 'books-api': 2 },
    handledByMovedHandler: 2,
    successes: { monolith: 2, slice: 2 },
    firstDifference: { request: 'GET /books/1', field: 'body.price', monolith: '5', slice: '6' },
  });
});

const token = (time: number): string =>
  [{ alg: 'HS256' }, { user: 7, iat: time }, `signed ${time}`]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');

test.each<[string, ExchangePair, ExchangePair, string]>([
  [
    'a volatile value may differ',
    pair({ id: 1, at: 'a' }, { id: 1, at: 'b' }, {}, {}),
    pair({ id: 1, at: 'a' }, { id: 1, at: 'c' }, {}, handled),
    'proven',
  ],
  ['nothing but a volatile value', pair({ at: 'a' }, { at: 'b' }, {}, {}), pair({ at: 'a' }, { at: 'c' }, {}, handled), 'unproven'],
  [
    'a signed token of which only the time is volatile',
    pair({ token: token(1) }, { token: token(2) }, {}, {}),
    pair({ token: token(1) }, { token: token(3) }, {}, handled),
    'proven',
  ],
  [
    'a volatile value must keep its type',
    pair({ at: 'a' }, { at: 'b' }, {}, {}),
    pair({ at: 'a' }, { at: null }, {}, handled),
    'different',
  ],
  ['a volatile value must be there', pair({ at: 'a' }, { at: 'b' }, {}, {}), pair({ at: 'a' }, {}, {}, handled), 'different'],
  [
    'a member that comes and goes may',
    pair({ id: 1, at: 'a' }, { id: 1 }, {}, {}),
    pair({ id: 1, at: 'a' }, { id: 1 }, {}, handled),
    'proven',
  ],
  [
    'volatile at one position is volatile at all',
    pair([{ at: 1 }], [{ at: 2 }], {}, {}),
    pair([{ at: 1 }, { at: 5 }], [{ at: 1 }, { at: 6 }], {}, handled),
    'proven',
  ],
  ['a status is never volatile', pair({}, {}, {}, { status: 500 }), pair({}, {}, {}, { ...handled, status: 500 }), 'different'],
])('%s', (_title, learnt, compared, verdict) => {
  expect(judge([compared], [learnt]).verdict).toBe(verdict);
});
