import { expect, test } from 'vitest';
import { fieldOf } from '../../src/lib/field-of.ts';

test.each([
  ['own', { a: 1 }, 'a', 1],
  ['inherited', {}, 'constructor', undefined],
  ['of no object', null, 'a', undefined],
])('%s', (_title, value, name, expected) => expect(fieldOf(value, name)).toBe(expected));
