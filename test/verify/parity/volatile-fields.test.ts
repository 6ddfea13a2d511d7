import { expect, test } from 'vitest';
import type { Exchange } from '../../../src/serve/exchange.ts';
import { compareExchanges } from '../../../src/verify/parity/compare-exchanges.ts';
import { comparedShare } from '../../../src/verify/parity/compared-share.ts';
import { learnVolatileFields } from '../../../src/verify/parity/volatile-fields.ts';
import { exchange } from './exchanges.ts';

const answer = (body: unknown, changes: Partial<Exchange> = {}): Exchange =>
  exchange('GET /books', body, { routeId: 'GET /books', ...changes });
const location = (text: string): Partial<Exchange> => ({ headers: [['location', text]] });
const cookie = (text: string): Partial<Exchange> => ({ headers: [['set-cookie', text]] });

/** What two answers of the monolith leave to be found in the slice's: `equal`, or the first field that differs. */
function find(first: Exchange, second: Exchange, slice: Exchange, more: readonly [Exchange, Exchange][] = []): string {
  const pairs = [[first, second] as const, ...more].map(([left, right]) => ({ left, right }));
  const volatile = learnVolatileFields(pairs);
  return compareExchanges(first, slice).find((one) => !volatile.covers(first, one))?.field ?? 'equal';
}

const page = (at: string, price: string, token = 'a81fe2c09b7d44e1a0c3'): string =>
  `<html><head><meta name="csrf" content="${token}"></head><body><p>Emma costs ${price}</p><footer>made at ${at}</footer></body></html>`;
const NOW = ['2026-11-23T09:59:59.900Z', '2026-11-23T10:00:03.100Z', '2026-11-23T10:00:07.000Z'] as const;
const TOKENS = ['a81fe2c09b7d44e1a0c3', '0b93e2a1cc7144e1ff01', '77d0e2a1cc7144e1fe9a'] as const;
const pageOf = (run: 0 | 1 | 2, price = '7.00', at: string = NOW[run]): Exchange => answer(page(at, price, TOKENS[run]));

const ago = (text: string): Exchange => answer(`<p>Emma, lent ${text} ago</p>`);

test.each<[string, Exchange, Exchange, Exchange, string]>([
  ['a page on one line whose time and token differ', pageOf(0), pageOf(1), pageOf(2), 'equal'],
  ['its price, which does not', pageOf(0), pageOf(1), pageOf(2, '8.00'), 'body line 1'],
  ['no time in it', pageOf(0), pageOf(1), pageOf(2, '7.00', 'undefined'), 'body line 1'],
  ['a time written in another way', pageOf(0), pageOf(1), pageOf(2, '7.00', '11/23/2026, 10:00:07 AM'), 'body line 1'],
  ['markup around it', pageOf(0), pageOf(1), answer(page(NOW[2], '7.00', TOKENS[2]).replace('<p>', '<b>')), 'body line 1'],
  ['a table line with a new id', answer('id,title\n17,Emma\n'), answer('id,title\n23,Emma\n'), answer('id,title\n104,Emma\n'), 'equal'],
  ['its title', answer('id,title\n17,Emma\n'), answer('id,title\n23,Emma\n'), answer('id,title\n104,Persuasion\n'), 'body line 2'],
  ['its last line', answer('id,title\n17,Emma\n'), answer('id,title\n23,Emma\n'), answer('id,title\n104,Emma\n9,Ivanhoe\n'), 'body line 2'],
  [
    'free text made anew each time',
    answer('<q>the red sea</q> 7'),
    answer('<q>the old man</q> 7'),
    answer('<q>a tale of two cities</q> 7'),
    'equal',
  ],
  [
    'what stands beside free text',
    answer('<q>the red sea</q> 7'),
    answer('<q>the old man</q> 7'),
    answer('<q>a tale of two</q> 8'),
    'body line 1',
  ],
  [
    'nobody in free text',
    answer('<q>the red sea</q> 7'),
    answer('<q>the old man</q> 7'),
    answer('<q>the undefined sea</q> 7'),
    'body line 1',
  ],
  ['text with signs in it', answer('key: ab+cd/ef==;'), answer('key: x/yz+q12;'), answer('key: 9f/8/a+b=;'), 'equal'],
  ['lines that come and go', answer('a\nb\nc'), answer('a\nc'), answer('a\nx\nc'), 'equal'],
  ['lines beside them', answer('a\nb\nc'), answer('a\nc'), answer('a\nb\nd'), 'body line 3'],
  ['no name', answer('<p>Anna</p>'), answer('<p>Bob</p>'), answer('<p></p>'), 'body line 1'],
  ['only spaces for words', answer('<p>Anna Lee</p>'), answer('<p>Bob Roy</p>'), answer('<p> </p>'), 'body line 1'],
  ['fewer words', answer('<p>Anna Lee</p>'), answer('<p>Bob Roy</p>'), answer('<p>Lee</p>'), 'equal'],
  ['a name that was not there once', answer('<p>Anna</p>'), answer('<p></p>'), answer('<p></p>'), 'equal'],
  [
    'an emptied token',
    answer("<input name='csrf' value='aB3dE6gH'>"),
    answer("<input name='csrf' value='kL9mN2pQ'>"),
    answer("<input name='csrf' value=''>"),
    'body line 1',
  ],
  ['a relative time that was the same twice', ago('4 seconds'), ago('4 seconds'), ago('1 second'), 'equal'],
  ['another age', ago('4 seconds'), ago('4 seconds'), ago('4 minutes'), 'body line 1'],
  ['no age', ago('4 seconds'), ago('4 seconds'), ago('NaN seconds'), 'body line 1'],
  ['an age in JSON', answer({ made: '4 seconds ago' }), answer({ made: '4 seconds ago' }), answer({ made: '3 seconds ago' }), 'equal'],
  ['an empty page', pageOf(0), pageOf(1), answer(''), 'body line 1'],
  [
    'a new id in an address',
    answer({}, location('/books/17')),
    answer({}, location('/books/23')),
    answer({}, location('/books/104')),
    'equal',
  ],
  [
    'where that address leads',
    answer({}, location('/books/17')),
    answer({}, location('/books/23')),
    answer({}, location('/loans/104')),
    'header location',
  ],
  [
    'an address in JSON',
    answer({ self: '/books/17/cover' }),
    answer({ self: '/books/23/cover' }),
    answer({ self: '/books/9' }),
    'body.self',
  ],
  [
    'a new session',
    answer({}, cookie('sid=a1; Path=/')),
    answer({}, cookie('sid=b2; Path=/')),
    answer({}, cookie('sid=c3; Path=/')),
    'equal',
  ],
  [
    'no session',
    answer({}, cookie('sid=a1; Path=/')),
    answer({}, cookie('sid=b2; Path=/')),
    answer({}, cookie('sid=; Path=/')),
    'header set-cookie sid value',
  ],
  [
    'a cookie that stays',
    answer({}, cookie('theme=dark')),
    answer({}, cookie('theme=dark')),
    answer({}, cookie('theme=light')),
    'header set-cookie theme value',
  ],
  ['nothing in a list that grows', answer([1, 2]), answer([1, 2, 3]), answer([]), 'body.length'],
  ['a list that grows', answer([1, 2]), answer([1, 2, 3]), answer([1, 2, 3, 4]), 'equal'],
  ['a list without an order', answer([{ id: 1 }, { id: 2 }]), answer([{ id: 2 }, { id: 1 }]), answer([{ id: 2 }, { id: 1 }]), 'equal'],
  [
    'a value in a list without an order',
    answer([{ id: 1 }, { id: 2 }]),
    answer([{ id: 2 }, { id: 1 }]),
    answer([{ id: 2 }, { id: 3 }]),
    'body[0].id',
  ],
  ['an empty token', answer({ token: 'x1' }), answer({ token: 'x2' }), answer({ token: '' }), 'body.token'],
  ['text for a volatile time', answer({ at: NOW[0] }), answer({ at: NOW[1] }), answer({ at: 'Invalid Date' }), 'body.at'],
])('finds %s', (_title, first, second, slice, expected) => {
  expect(find(first, second, slice)).toBe(expected);
});

const file = (...bytes: number[]): Exchange => answer(Buffer.from([0x25, 0x50, 0x44, 0xff, ...bytes]));
const long = (time: number, end = 9, length = 200): Exchange =>
  file(...Array.from({ length }, (_, index) => (index === 20 ? time : index % 7)), end);
const noise = (seed: number, length = 60): Exchange => file(...Array.from({ length }, (_, index) => (index * seed) % 251));

test.each<[string, Exchange, Exchange, Exchange, string]>([
  ['a time in a file', long(1), long(2), long(3), 'equal'],
  ['the rest of that file', long(1), long(2), long(3, 8), 'body'],
  ['another length', long(1), long(2), long(3, 9, 199), 'body'],
  ['a file made anew', noise(3), noise(5, 70), noise(7, 64), 'equal'],
  ['a file of another kind', noise(3), noise(5, 70), answer(Buffer.from([0xff, 0xd8, 1, 2, 3])), 'body'],
  ['a file much shorter', noise(3), noise(5, 70), noise(7, 9), 'body'],
])('finds %s', (_title, first, second, slice, expected) => {
  expect(find(first, second, slice)).toBe(expected);
});

test('long tables and long lines are compared in one walk', () => {
  const seconds = (index: number, run: number): string => String((index + run) % 60).padStart(2, '0');
  const cells = (run: number): string[] =>
    Array.from({ length: 8_000 }, (_, index) => `<td>${index}</td><td>2026-11-23T09:30:${seconds(index, run)}Z</td>`);
  for (const end of ['\n', '']) {
    const [first, second, third] = [0, 1, 2].map((run) => answer(cells(run).join(end))) as [Exchange, Exchange, Exchange];
    const volatile = learnVolatileFields([{ left: first, right: second }]);
    expect(compareExchanges(first, third).every((one) => volatile.covers(first, one))).toBe(true);
  }
});

test('a place that was volatile in another answer of the route is so here, its neighbors are not', () => {
  const row = (id: number, title: string) => answer(`<ul>\n<li>${title}, number ${id}</li>\n</ul>`);
  const learnt: [Exchange, Exchange][] = [[row(1, 'Emma'), row(5, 'Emma')]];
  expect(find(row(2, 'Emma'), row(2, 'Emma'), row(3, 'Emma'), learnt)).toBe('equal');
  expect(find(row(2, 'Emma'), row(2, 'Emma'), row(3, 'Ivanhoe'), learnt)).toBe('body line 2');
});

test.each([
  ['a number learnt elsewhere', '/loans/5', '/loans/9', 'equal'],
  ['another site', '/loans/5/thanks', 'https://evil.example/login', 'header location'],
  ['another site with as many parts', 'https://a.example/x', 'https://b.example/x', 'header location'],
  ['one more part', '/loans/5', '/loans/5/thanks', 'header location'],
  ['a word where only numbers were volatile', '/loans/mine', '/loans/failed', 'header location'],
  ['no number', '/loans/5', '/loans/', 'header location'],
])('where an answer leads that was equal in both runs: %s', (_title, before, after, expected) => {
  const learnt: [Exchange, Exchange][] = [[answer({}, location('/loans/101')), answer({}, location('/loans/102'))]];
  expect(find(answer({}, location(before)), answer({}, location(before)), answer({}, location(after)), learnt)).toBe(expected);
});

test.each<[string, Exchange, Exchange, number]>([
  ['all of what never differs', answer('a b'), answer('a b'), 1],
  ['a page but for its time', answer('made at 10:30:00, by us'), answer('made at 10:30:05, by us'), 1 - 8 / 23],
  ['two of three values', answer({ id: 1, title: 'Emma', by: ['Austen'] }), answer({ id: 2, title: 'Emma', by: ['Austen'] }), 2 / 3],
  ['nothing of a file made anew', noise(3), noise(5, 70), 0],
  ['an empty answer', answer(''), answer(''), 1],
])('says how much is compared: %s', (_title, first, second, share) => {
  const volatile = learnVolatileFields([{ left: first, right: second }]);
  expect(comparedShare(first, compareExchanges(first, second), volatile.spans(first))).toBeCloseTo(share);
});
