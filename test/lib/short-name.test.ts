import { expect, test } from 'vitest';
import { shortName } from '../../src/lib/short-name.ts';

test('a name that fits stays', () => expect(shortName('books-api', 9)).toBe('books-api'));

test('two long names that begin alike stay apart, and end in no double hyphen', () => {
  const [one, other] = ['books-of-the-year', 'books-of-the-week'].map((name) => shortName(name, 16));
  expect(one).toMatch(/^books-o-[\da-f]{8}$/);
  expect(other).not.toBe(one);
  expect(shortName('books-and-more-books', 15)).toMatch(/^books-[\da-f]{8}$/);
});
