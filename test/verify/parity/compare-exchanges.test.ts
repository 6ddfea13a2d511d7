import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Exchange } from '../../../src/serve/exchange.ts';
import { compareExchanges } from '../../../src/verify/parity/compare-exchanges.ts';
import { exchange } from './exchanges.ts';

const headers = (...lines: string[]): Pick<Exchange, 'headers'> => ({
  headers: lines.map((line) => line.split(': ') as [string, string]),
});

test.each<[string, Exchange, Exchange, string[]]>([
  ['equal answers', exchange('GET /books', { id: 1 }), exchange('GET /books', { id: 1 }), []],
  ['another status', exchange('GET /books'), exchange('GET /books', {}, { status: 404 }), ['status value 200 404']],
  ['a broken answer', exchange('GET /books'), exchange('GET /books', {}, { complete: false }), ['status value 200 200, broken off']],
  ['the order of members', exchange('GET /books', { a: 1, b: 2 }), exchange('GET /books', { b: 2, a: 1 }), []],
  [
    'the order of elements',
    exchange('GET /books', ['a', 'b']),
    exchange('GET /books', ['b', 'a']),
    ['body[0] value a b', 'body[1] value b a'],
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
  ['another line of text', exchange('GET /t', 'a\nb'), exchange('GET /t', 'a\nc'), ['body line 2 value b c']],
  ['other bytes', exchange('GET /c', Buffer.from([255, 1])), exchange('GET /c', Buffer.from([255])), ['body value 2 bytes 1 other bytes']],
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
    'values of cookies',
    exchange('GET /c', {}, headers('set-cookie: sid=1; Path=/; Expires=now')),
    exchange('GET /c', {}, headers('set-cookie: sid=2; expires=later; path=/')),
    [],
  ],
  [
    'attributes of cookies',
    exchange('GET /c', {}, headers('set-cookie: sid=1; HttpOnly', 'set-cookie: a=1')),
    exchange('GET /c', {}, headers('set-cookie: sid=2')),
    ['header set-cookie a shape  (absent)', 'header set-cookie sid value httponly '],
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
