import { expect, test } from 'vitest';
import { keptRequest, keptValue } from '../../../src/verify/parity/kept-value.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJpZCI6N30.c2lnbmVk';
const KEY = 'a81fe2c09b7d44e1a0c3';

test.each<[string, unknown, string, string]>([
  ['a price', 7, 'body.items[0].price', '7'],
  ['a title', 'Emma', 'body.title', 'Emma'],
  ['a password', 'hunter2', 'body.user.password', '***'],
  ['what lies in a secret', { value: 'x' }, 'body.credentials', '***'],
  ['whether there is a token', true, 'body.token', 'true'],
  ['no token', null, 'body.token', 'null'],
  ['a token by its form', JWT, 'body.data', '***'],
  [
    'a secret inside an object',
    { user: 'jane', accessToken: 'abc', list: [{ apiKey: 'k' }] },
    'body.session',
    '{"user":"jane","accessToken":"***","list":[{"apiKey":"***"}]}',
  ],
  ['a token inside an object', { data: JWT }, 'body.session', '{"data":"***"}'],
  ['what a token says', 'reader', 'body.token (payload).role', 'reader'],
  ['a key header', 'abc', 'header x-api-key', '***'],
  ['a tag', 'W/"1f-a81fe2c09b7d44e1a0c3"', 'header etag', 'W/"1f-a81fe2c09b7d44e1a0c3"'],
  ['an address with a password', 'postgres://jane:pw@db/shop', 'body.error', 'postgres://***@db/shop'],
  ['an address with a key', `/reset/${KEY}?token=abc`, 'header location', '/reset/***?token=***'],
  ['a page with a form', `<input name="csrf" value="${KEY}">`, 'body line 3', '<input name="csrf" value="***">'],
  ['the value of a cookie', 'abc', 'header set-cookie theme value', '***'],
  ['an attribute of a cookie', 'strict', 'header set-cookie sid samesite', 'strict'],
  ['a header that repeats what it was sent', 'Bearer abc.def', 'body.sent', 'Bearer ***'],
  ['a secret beyond what is shown', `${'x'.repeat(119)}${JWT}`, 'body.note', `${'x'.repeat(119)}e…`],
])('keeps of %s no more than may be seen', (_title, value, field, expected) => {
  expect(keptValue(value, field)).toBe(expected);
});

test('a request line is kept without its tokens', () => {
  expect(keptRequest('GET', `/reset/${KEY}?page=2&api_key=abc&next=/books/7`)).toBe('GET /reset/***?page=2&api_key=***&next=/books/7');
  expect(keptRequest('GET', '/books/3f2c9a10-1111-4222-8333-444455556666')).toBe('GET /books/3f2c9a10-1111-4222-8333-444455556666');
});
