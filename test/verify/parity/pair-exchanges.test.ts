import { expect, test } from 'vitest';
import { credentialsOf } from '../../../src/serve/credentials.ts';
import type { Exchange } from '../../../src/serve/exchange.ts';
import { pairExchanges } from '../../../src/verify/parity/pair-exchanges.ts';
import { route } from '../../serve/support.ts';
import { exchange, inOrder } from './exchanges.ts';

const routes = ['POST /books', 'GET /books/{id}', 'GET /books'].map((text, order) => route(order, text));
const created = (id: string, body = ''): Exchange => exchange('POST /books', { id }, { routeId: 'POST /books', requestBody: body });
const read = (id: string): Exchange => exchange(`GET /books/${id}`, { id }, { routeId: 'GET /books/{id}' });

const as = (...credentials: string[]): Exchange => exchange('GET /books', {}, { credentials });
const asToken = (token: string): Exchange => as(...credentialsOf({ authorization: `Bearer ${token}` }));
const asCookie = (value: string): Exchange => as(...credentialsOf({ cookie: `sid=${value}` }));
const signIn = (name: string, token: string, credentials: string[] = []): Exchange =>
  exchange('POST /sign-in', { user: { token } }, { requestBody: name, credentials });
const tell = (token: string): Exchange => exchange('GET /me', { token }, { credentials: credentialsOf({ authorization: token }) });
const register = (name: string, token: string): Exchange => exchange('POST /readers', { token }, { requestBody: name });
const renew = (old: string, token: string): Exchange =>
  exchange('POST /renew', { token }, { credentials: credentialsOf({ authorization: `Bearer ${old}` }) });
const withCookie = (name: string, value: string): Exchange =>
  exchange('POST /sign-in', {}, { requestBody: name, headers: [['Set-Cookie', `sid=${value}; HttpOnly`]] });

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
    [exchange('GET /books'), exchange('GET /books', {}, { credentials: ['authorization a'] })],
    [exchange('GET /books', {}, { credentials: ['authorization b'] }), exchange('GET /books')],
    ['0-1', '1-0'],
    [],
  ],
  [
    'the same keys, whoever comes first',
    [as('authorization jane'), as('authorization emma')],
    [as('authorization emma'), as('authorization jane')],
    ['0-1', '1-0'],
    [],
  ],
  [
    'other keys in the order in which they appear',
    [as('authorization a1'), as('authorization a2'), as('authorization a2')],
    [as('authorization b1'), as('authorization b2'), as('authorization b2')],
    ['0-0', '1-1', '2-2'],
    [],
  ],
  [
    'who signed in with the same words, whatever token that gave and whoever asks first',
    [signIn('jane', 'token-a1'), signIn('emma', 'token-a2'), asToken('token-a1'), asToken('token-a2')],
    [signIn('jane', 'token-b1'), signIn('emma', 'token-b2'), asToken('token-b2'), asToken('token-b1')],
    ['0-0', '1-1', '2-3', '3-2'],
    [],
  ],
  [
    'who has a session cookie by the response that set it',
    [withCookie('jane', 'session-a1'), withCookie('emma', 'session-a2'), asCookie('session-a1'), asCookie('session-a2')],
    [withCookie('emma', 'session-b2'), withCookie('jane', 'session-b1'), asCookie('session-b2'), asCookie('session-b1')],
    ['0-1', '1-0', '2-3', '3-2'],
    [],
  ],
  [
    'a user who was given one token for two signings-in with the one who was given two',
    [signIn('jane', 'token-a1'), signIn('jane', 'token-a1'), signIn('emma', 'token-a2'), asToken('token-a2'), asToken('token-a1')],
    [signIn('jane', 'token-b1'), signIn('jane', 'token-b2'), signIn('emma', 'token-b3'), asToken('token-b2'), asToken('token-b3')],
    ['0-0', '1-1', '2-2', '3-4', '4-3'],
    [],
  ],
  [
    'a user who was given one token for registering and signing in with the one who was given two',
    [register('jane', 'token-a1'), signIn('jane', 'token-a1'), signIn('emma', 'token-a2'), asToken('token-a1'), asToken('token-a2')],
    [register('jane', 'token-b1'), signIn('jane', 'token-b2'), signIn('emma', 'token-b3'), asToken('token-b3'), asToken('token-b2')],
    ['0-0', '1-1', '2-2', '3-4', '4-3'],
    [],
  ],
  [
    'a user who was given one token twice, the second time while showing another, with the one who was given two',
    [signIn('jane', 'token-a1'), signIn('jane', 'token-a1', ['cookie guest x']), asToken('token-a1')],
    [signIn('jane', 'token-b1'), signIn('jane', 'token-b2', ['cookie guest x']), asToken('token-b2')],
    ['0-0', '1-1', '2-2'],
    [],
  ],
  [
    'users who are told their token by a request that is the same for all',
    [signIn('jane', 'token-a1'), signIn('emma', 'token-a2'), tell('token-a1'), tell('token-a2'), asToken('token-a1'), asToken('token-a2')],
    [signIn('jane', 'token-b1'), signIn('emma', 'token-b2'), tell('token-b1'), tell('token-b2'), asToken('token-b2'), asToken('token-b1')],
    ['0-0', '1-1', '2-2', '3-3', '4-5', '5-4'],
    [],
  ],
  [
    'who has renewed a token, by whose it was',
    [
      signIn('jane', 'token-a1'),
      signIn('emma', 'token-a2'),
      renew('token-a1', 'token-a3'),
      renew('token-a2', 'token-a4'),
      asToken('token-a3'),
      asToken('token-a4'),
    ],
    [
      signIn('jane', 'token-b1'),
      signIn('emma', 'token-b2'),
      renew('token-b2', 'token-b4'),
      renew('token-b1', 'token-b3'),
      asToken('token-b4'),
      asToken('token-b3'),
    ],
    ['0-0', '1-1', '2-3', '3-2', '4-5', '5-4'],
    [],
  ],
  [
    'nobody with another user',
    [signIn('jane', 'token-a1'), signIn('emma', 'token-a2'), asToken('token-a1')],
    [signIn('jane', 'token-b1'), signIn('emma', 'token-b2'), asToken('token-b2')],
    ['0-0', '1-1'],
    ['2'],
  ],
  [
    'nobody with another user who signed in at the same place of the order',
    [signIn('jane', 'token-a1'), signIn('emma', 'token-a2'), asToken('token-a1')],
    [signIn('emma', 'token-b2'), signIn('jane', 'token-b1'), asToken('token-b2')],
    ['0-1', '1-0'],
    ['2'],
  ],
  [
    'users with names made up for each run by the order of their coming',
    [signIn('reader-1', 'token-a1'), signIn('reader-2', 'token-a2'), asToken('token-a2'), asToken('token-a1')],
    [signIn('reader-3', 'token-b1'), signIn('reader-4', 'token-b2'), asToken('token-b1'), asToken('token-b2')],
    ['0-0', '1-1', '2-3', '3-2'],
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
