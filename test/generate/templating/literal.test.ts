import { expect, test } from 'vitest';
import { literal } from '../../../src/generate/templating/literal.ts';

test.each([
  ['plain text', 'books', "'books'"],
  ['single quotes', "reader's", "'reader\\'s'"],
  ['double quotes', 'a "b"', `'a "b"'`],
  ['a backslash', 'a\\b', "'a\\\\b'"],
  ['a line break', 'a\nb', "'a\\nb'"],
  ['line separators', '\u2028', "'\\u2028'"],
  ['a number', 3, '3'],
  ['a boolean', true, 'true'],
])('prints %s as source text that reads back', (_title, value, expected) => {
  expect(literal(value)).toBe(expected);
  expect(new Function(`return ${literal(value)}`)()).toBe(value);
});

test('refuses what is no scalar', () => {
  expect(() => literal({})).toThrow('no literal for object');
});
