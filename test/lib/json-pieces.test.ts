import { assert, jsonValue, property } from 'fast-check';
import { expect, test } from 'vitest';
import { jsonPieces } from '../../src/lib/json-pieces.ts';

const joined = (value: unknown): string => [...jsonPieces(value)].join('');

test('the pieces are the text of the whole', () => {
  assert(
    property(jsonValue({ maxDepth: 6 }), (value) => {
      expect(joined(value)).toBe(JSON.stringify(value, undefined, 2));
    }),
  );
});

test.each([
  ['what is not there', { a: undefined, b: [undefined, { c: undefined }] }],
  ['nothing', [{}, [], { a: [] }]],
  ['names of the prototype', JSON.parse('{"__proto__": {"constructor": 1}, "toString": [1]}')],
])('also of %s', (_title, value) => expect(joined(value)).toBe(JSON.stringify(value, undefined, 2)));
