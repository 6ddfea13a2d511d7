import { expect, test } from 'vitest';
import { formOfText, tokensOf } from '../../../src/verify/parity/text-tokens.ts';

const UUID = '3f2c9a10-1111-4222-8333-444455556666';

test.each([
  ['a price', 'Emma, 7.50', ['word Emma', 'sign ,', 'sign  ', 'number 7.50']],
  ['an ISO time', '2026-11-23T09:30:00.120Z', ['time 0-0-0T0:0:0Z 2026-11-23T09:30:00.120Z']],
  ['a day', 'on 2026-11-23', ['word on', 'sign  ', 'time 0-0-0 2026-11-23']],
  ['a time of a header', 'Mon, 23 Nov 2026 09:30:00 GMT', ['time a, 0 a 0 0:0:0 GMT Mon, 23 Nov 2026 09:30:00 GMT']],
  [
    'a time as JavaScript prints it',
    'Mon Nov 23 2026 09:30:00 GMT+0000 (Coordinated Universal Time)',
    [expect.stringMatching(/^time a a 0 0 0:0:0 GMT\+0/)],
  ],
  ['a time of a locale', '11/23/2026, 9:30:00 AM', ['time 0/0/0, 0:0:0 a 11/23/2026, 9:30:00 AM']],
  ['an id', UUID, [`uuid ${UUID}`]],
  ['a signed token', 'eyJhbGciOiJub25lIn0.eyJpZCI6N30.', ['jwt eyJhbGciOiJub25lIn0.eyJpZCI6N30.']],
  ['an id of a document store', '507f1f77bcf86cd799439011', ['opaque 507f1f77bcf86cd799439011']],
  ['a long word', 'internationalization', ['word internationalization']],
  ['what is not there', 'undefined', ['nothing undefined']],
])('cuts %s', (_title, text, expected) => {
  expect(tokensOf(text).map((token) => `${token.form} ${token.text}`)).toEqual(expected);
  expect(
    tokensOf(text)
      .map((token) => token.text)
      .join(''),
  ).toBe(text);
});

test.each([
  ['2026-11-23T09:30:00Z', 'time 0-0-0T0:0:0Z'],
  [UUID, 'uuid'],
  ['', 'nothing'],
  [' ', 'nothing'],
  ['Invalid Date', 'nothing'],
  ['[object Object]', 'nothing'],
  ['Emma', 'text'],
  // Random texts may look like it by chance.
  ['507f1f77bcf86cd799439011', 'text'],
  ['17', 'text'],
])('the form of %j is %s', (text, form) => expect(formOfText(text)).toBe(form));
