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
    'body.account',
    '{"user":"jane","accessToken":"***","list":[{"apiKey":"***"}]}',
  ],
  ['a token inside an object', { data: JWT }, 'body.account', '{"data":"***"}'],
  ['what a token says', 'reader', 'body.token (payload).role', 'reader'],
  ['a key header', 'abc', 'header x-api-key', '***'],
  ['a tag', 'W/"1f-a81fe2c09b7d44e1a0c3"', 'header etag', 'W/"1f-a81fe2c09b7d44e1a0c3"'],
  ['an address with a password', 'postgres://jane:pw@db/shop', 'body.error', 'postgres://***@db/shop'],
  ['an address with a key', `/reset/${KEY}?token=abc`, 'header location', '/reset/***?token=***'],
  ['an address with a short key', '/reset/Ab12Cd34Ef56?code=12345', 'header location', '/reset/***?code=***'],
  ['a page with a form', `<input name="csrf" value="${KEY}">`, 'body line 3', '<input name="csrf" value="***">'],
  ['the value of a cookie', 'abc', 'header set-cookie theme value', '***'],
  ['a session', 'reader-7', 'body.session', '***'],
  ['the id of a session', 'reader-7', 'body.user.sid', '***'],
  ['an opaque value in any field', 's3cr3tSession0123456789abcdef', 'body.data', '***'],
  ['a password for one time', '839201', 'body.otp', '***'],
  ['a number that opens', 8392, 'body.pinCode', '***'],
  ['a code that was sent', '839201', 'body.code', '***'],
  ['the code of an error', 'NOT_FOUND', 'body.error.code', 'NOT_FOUND'],
  ['a status', 404, 'body.code', '404'],
  ['a word that holds such a name', 'Opinions', 'body.opinion', 'Opinions'],
  ['a session header', 'tok_live', 'header x-session', '***'],
  ['base64', 'key AbCd+/12efGh+/34ijKl+/==', 'body line 3', 'key ***'],
  ['a path', '/books/Emma2/chapters/Volume1', 'body.self', '/books/Emma2/chapters/Volume1'],
  ['a form', '<p>Emma</p><input name="_csrf" value="aB3dE6gH">', 'body line 3', '<p>Emma</p><input name="_csrf" value="***">'],
  ['a form in another order', "<input value='aB3dE6gH' name=otp>", 'body line 3', "<input value='***' name=otp>"],
  ['a form that is cut', 'ut name="sid" value="aB3dE6gH', 'body line 3', 'ut name="sid" value="***"'],
  [
    'a form with an id',
    '<input id="token-field" name="x" value="aB3"><input id="f1" name="_csrf" value="aB3">',
    'body line 3',
    '<input id="token-field" name="x" value="***"><input id="f1" name="_csrf" value="***">',
  ],
  ['a form that was emptied', '<input name="_csrf" value="">', 'body line 3', '<input name="_csrf" value="">'],
  ['a field of a form', '<input name="title" value="Emma">', 'body line 3', '<input name="title" value="Emma">'],
  ['an attribute of a cookie', 'strict', 'header set-cookie sid samesite', 'strict'],
  ['a header that repeats what it was sent', 'Bearer abc.def', 'body.sent', 'Bearer ***'],
  ['a secret beyond what is shown', `${'x '.repeat(59)}${JWT}`, 'body.note', `${'x '.repeat(59)}**…`],
])('keeps of %s no more than may be seen', (_title, value, field, expected) => {
  expect(keptValue(value, field)).toBe(expected);
});

test('a request line is kept without its tokens', () => {
  expect(keptRequest('GET', `/reset/${KEY}?page=2&api_key=abc&next=/books/7`)).toBe('GET /reset/***?page=2&api_key=***&next=/books/7');
  expect(keptRequest('GET', '/reset/Ab12Cd34Ef56?sid=abcdef&code=12345')).toBe('GET /reset/***?sid=***&code=***');
  expect(keptRequest('GET', '/books/3f2c9a10-1111-4222-8333-444455556666')).toBe('GET /books/3f2c9a10-1111-4222-8333-444455556666');
});
