import { describe, expect, test } from 'vitest';
import { code, codes, text } from '../../src/lib/markdown-text.ts';

describe('code shows an identifier', () => {
  test.each([
    ['as a code span', 'src/books.ts:42', '`src/books.ts:42`'],
    ['with entities when it has a pipe', 'a|b', '<code>a&#124;b</code>'],
    ['with entities when it has a backtick', 'GET /`x`', '<code>GET /&#96;x&#96;</code>'],
    ['on one line', 'books\n| evil | row |', '<code>books &#124; evil &#124; row &#124;</code>'],
    ['without tags', 'a|<img src=x>', '<code>a&#124;&#60;img src&#61;x&#62;</code>'],
    ['as a dash when it is empty', '', '–'],
  ])('%s', (_title, value, expected) => expect(code(value)).toBe(expected));

  test('joined', () => expect(codes(['a', 'b'])).toBe('`a`, `b`'));
});

describe('text shows a sentence', () => {
  test.each([
    ['as it is', 'writes order_items in 3 places', 'writes order_items in 3 places'],
    ['without markup', '*bold* [link](x) <b>', '&#42;bold&#42; &#91;link&#93;(x) &#60;b&#62;'],
    ['without mentions and issue links', 'by @everyone in #1', 'by &#64;everyone in &#35;1'],
    ['without control characters', 'a\u001b[31m\r\n\u202eb', 'a &#91;31m b'],
    ['of bounded length', 'x'.repeat(1000), `${'x'.repeat(299)}…`],
  ])('%s', (_title, value, expected) => expect(text(value)).toBe(expected));
});
