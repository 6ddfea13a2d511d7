import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Exchange } from '../../../src/serve/exchange.ts';
import { compareExchanges } from '../../../src/verify/parity/compare-exchanges.ts';
import { exchange } from './exchanges.ts';

const headers = (...lines: string[]): Pick<Exchange, 'headers'> => ({
  headers: lines.map((line) => line.split(': ') as [string, string]),
});

const signed = (claims: object, key = ''): string =>
  [{ alg: 'HS256' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') +
  `.${createHmac('sha256', key).update(JSON.stringify(claims)).digest('base64url')}`;

test.each<[string, Exchange, Exchange, string[]]>([
  ['equal answers', exchange('GET /books', { id: 1 }), exchange('GET /books', { id: 1 }), []],
  ['another status', exchange('GET /books'), exchange('GET /books', {}, { status: 404 }), ['status value 200 404']],
  ['a broken answer', exchange('GET /books'), exchange('GET /books', {}, { complete: false }), ['status value 200 200, broken off']],
  ['the order of members', exchange('GET /books', { a: 1, b: 2 }), exchange('GET /books', { b: 2, a: 1 }), []],
  [
    'the order of elements',
    exchange('GET /books', ['a', 'b']),
    exchange('GET /books', ['b', 'a']),
    ['body.order value ["a","b"] ["b","a"]'],
  ],
  [
    'another value deep inside',
    exchange('GET /books', { items: [{ price: 5 }, { price: 7 }] }),
    exchange('GET /books', { items: [{ price: 5 }, { price: 8 }] }),
    ['body.items[1].price value 7 8'],
  ],
  ['another type', exchange('GET /books', { price: 7 }), exchange('GET /books', { price: '7' }), ['body.price shape 7 7']],
  ['null for a text', exchange('GET /books', { by: 'Austen' }), exchange('GET /books', { by: null }), ['body.by shape Austen null']],
  ['a member too few', exchange('GET /books', { a: 1 }), exchange('GET /books', {}), ['body.a shape 1 (absent)']],
  ['an element too few', exchange('GET /books', [1, 2]), exchange('GET /books', [1]), ['body.length value 2 1']],
  [
    'an empty list for a filled one',
    exchange('GET /books', { items: [1, 2] }),
    exchange('GET /books', { items: [] }),
    ['body.items.length shape 2 0'],
  ],
  [
    'a member that every object has by itself',
    exchange('GET /books', '{"__proto__":{},"constructor":{}}', headers('content-type: application/json')),
    exchange('GET /books', {}),
    ['body.__proto__ shape {} (absent)', 'body.constructor shape {} (absent)'],
  ],
  ['another line of text', exchange('GET /t', 'a\nb'), exchange('GET /t', 'a\nc'), ['body line 2 value b c']],
  ['other bytes', exchange('GET /c', Buffer.from([255, 1])), exchange('GET /c', Buffer.from([255])), ['body shape 2 bytes 1 other bytes']],
  [
    'a word in a page',
    exchange('GET /p', '<b>Emma</b> for 7'),
    exchange('GET /p', '<b>Emma</b> for 8'),
    ['body line 1 value <b>Emma</b> for 7 <b>Emma</b> for 8'],
  ],
  ['a line too few', exchange('GET /t', 'a\nb\nc'), exchange('GET /t', 'a\nc'), ['body line 2 shape b (absent)']],
  [
    'text for JSON',
    exchange('GET /c', { a: 1 }),
    exchange('GET /c', 'sorry', headers('content-type: application/json')),
    ['body shape json text'],
  ],
  [
    'another header',
    exchange('GET /c', {}, headers('Location: /books/1')),
    exchange('GET /c', {}, headers('location: /books/2')),
    ['header location value /books/1 /books/2'],
  ],
  ['a header too few', exchange('GET /c', {}, headers('ETag: "x"')), exchange('GET /c', {}, headers()), ['header etag shape "x" (absent)']],
  [
    'headers of the connection, and how a list is written',
    exchange('GET /c', {}, headers('Date: now', 'Connection: close', 'Vary: A,B', 'content-type: text/html; charset=UTF-8')),
    exchange('GET /c', {}, headers('Date: later', 'vary: A', 'vary: B', 'content-type: text/html;charset=utf-8')),
    [],
  ],
  [
    'how a cookie is written',
    exchange('GET /c', {}, headers('set-cookie: sid=1; Path=/; Max-Age=60; SameSite=Lax; Expires=Mon, 23 Nov 2026 10:00:00 GMT')),
    exchange('GET /c', {}, headers('set-cookie: sid=1; expires=Mon, 23 Nov 2026 11:00:00 GMT;samesite=lax; max-age=60.0; path=/')),
    [],
  ],
  [
    'values of cookies, which are told to nobody',
    exchange('GET /c', {}, headers('set-cookie: theme=dark', 'set-cookie: sid=s3cret1')),
    exchange('GET /c', {}, headers('set-cookie: theme=light', 'set-cookie: sid=')),
    ['header set-cookie sid value shape *** ', 'header set-cookie theme value value *** ***'],
  ],
  [
    'attributes of cookies',
    exchange('GET /c', {}, headers('set-cookie: sid=1; HttpOnly; Path=/Shop; SameSite=Strict; Max-Age=60', 'set-cookie: a=1')),
    exchange('GET /c', {}, headers('set-cookie: sid=1; Secure; Path=/shop; SameSite=None; Max-Age=90')),
    [
      'header set-cookie a shape set (absent)',
      'header set-cookie sid httponly shape  (absent)',
      'header set-cookie sid max-age value 60 90',
      'header set-cookie sid path shape /Shop /shop',
      'header set-cookie sid samesite shape strict none',
      'header set-cookie sid secure shape (absent) ',
    ],
  ],
  [
    'a cookie that is deleted, and one that is set for two paths',
    exchange(
      'GET /c',
      {},
      headers('set-cookie: a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'set-cookie: b=1; Path=/x', 'set-cookie: b=2; Path=/y'),
    ),
    exchange(
      'GET /c',
      {},
      headers('set-cookie: a=; Expires=Thu, 01 Jan 2070 00:00:00 GMT', 'set-cookie: b=1; Path=/x', 'set-cookie: b=3; Path=/y'),
    ),
    ['header set-cookie a expires shape long ago later', 'header set-cookie b#2 value value *** ***'],
  ],
  [
    'what a signed token says, but not its signature then',
    exchange('GET /c', { token: signed({ id: 7, role: 'reader', iat: 1 }) }),
    exchange('GET /c', { token: signed({ id: 8, role: 'reader', iat: 2 }) }),
    ['body.token (payload).iat value 1 2', 'body.token (payload).id value 7 8'],
  ],
  [
    'the signature of a token that says the same',
    exchange('GET /c', { token: signed({ id: 7 }, 'one key') }),
    exchange('GET /c', { token: signed({ id: 7 }, 'another') }),
    ['body.token (signature) value *** ***'],
  ],
  ['an empty text', exchange('GET /c', { id: 'x' }), exchange('GET /c', { id: '' }), ['body.id shape x ']],
  [
    'what prints as nothing',
    exchange('GET /c', { at: 'Monday' }),
    exchange('GET /c', { at: 'Invalid Date' }),
    ['body.at shape Monday Invalid Date'],
  ],
  [
    'a time written in another way',
    exchange('GET /c', { at: '2026-11-23T09:30:00.120Z' }),
    exchange('GET /c', { at: '23/11/2026, 09:30:00' }),
    ['body.at shape 2026-11-23T09:30:00.120Z 23/11/2026, 09:30:00'],
  ],
  [
    'times by value, however many digits of a second are given',
    exchange('GET /c', { at: '2026-11-23T09:30:00.120Z' }),
    exchange('GET /c', { at: '2026-11-23T09:31:00Z' }),
    ['body.at value 2026-11-23T09:30:00.120Z 2026-11-23T09:31:00Z'],
  ],
  [
    'frames of a stack trace, and the tag that comes of them',
    exchange('GET /c', { stack: 'Error: torn\n    at read (/shop/a.ts:1:2)\n    at node:internal/x:3:4' }, headers('etag: "a"')),
    exchange('GET /c', { stack: 'Error: torn\n    at read (/task/index.cjs:900:1)' }, headers('etag: "b"')),
    [],
  ],
  [
    'frames on an error page, but not its message',
    exchange('GET /c', '<pre>Error: torn<br> &nbsp; &nbsp;at read (/shop/a.ts:1:2)<br> &nbsp; &nbsp;at x (/b.ts:1:2)</pre>'),
    exchange('GET /c', '<pre>Error: lost<br> &nbsp; &nbsp;at read (/task/index.cjs:900:1)</pre>'),
    ['body line 1 value <pre>Error: torn</pre> <pre>Error: lost</pre>'],
  ],
  [
    'compression',
    exchange('GET /c', gzipSync('{"a":1}'), headers('content-type: application/json', 'content-encoding: gzip')),
    exchange('GET /c', gzipSync('{"a":2}', { level: 1 }), headers('content-type: application/json', 'content-encoding: gzip')),
    ['body.a value 1 2'],
  ],
])('%s', (_title, left, right, expected) => {
  expect(compareExchanges(left, right).map(({ field, kind, left: one, right: other }) => `${field} ${kind} ${one} ${other}`)).toEqual(
    expected,
  );
});

test.each([
  ['in it', 'aB3dE6gH', 'kL9mN2pQ', ''],
  ['soon after it', 'aB3dE6gH', 'aB3dE6gH', '">8 books'],
])('a long line that is told from within a form shows no token: %s', (_title, before, after, end) => {
  const page = (value: string, more: string): string =>
    `${'<p>Emma</p>'.repeat(20)}<input type="hidden" id="hidden-field-of-the-form" name="_csrf" value="${value}${more}"><p>7 books</p>`;
  const [difference] = compareExchanges(exchange('GET /books', page(before, '')), exchange('GET /books', page(after, end)));
  expect(`${difference?.left} ${difference?.right}`).toContain('value="***');
  expect(`${difference?.left} ${difference?.right}`).not.toContain(before);
});
