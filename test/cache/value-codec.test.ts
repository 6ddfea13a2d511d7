import { expect, test } from 'vitest';
import { createValueCodec } from '../../src/cache/value-codec.ts';

test.each<[string, unknown]>([
  ['texts', ['Ärger', '書 📚', '', 'Ärger']],
  ['whole numbers', [0, 127, 128, 16_384, 2 ** 31, Number.MAX_SAFE_INTEGER, -1, -300]],
  ['other numbers', [0.1, -0.5, 1e300, Number.POSITIVE_INFINITY, -0]],
  ['truth and absence', [true, false, null, undefined]],
  ['objects of one form and of others', [{ title: 'a', price: 1 }, { title: 'b', price: 2 }, { price: 3, title: 'c' }, { title: 'd' }, {}]],
  ['absent properties', { title: undefined, author: { name: 'x', born: undefined } }],
  ['lists in lists', [[], [[], [1, [2]]]]],
  ['more than one block of bytes', Array.from({ length: 5000 }, (_one, index) => ({ index, title: `book ${index}` }))],
])('gives back %s', (_title, value) => {
  const codec = createValueCodec();
  const bytes = codec.encode(value);
  expect(codec.decode(bytes)).toStrictEqual(value);
  expect(createValueCodec(codec.forms).decode(bytes)).toStrictEqual(value);
});

test('keeps the order of keys', () => {
  const codec = createValueCodec();
  const decoded = codec.decode(
    codec.encode([
      { b: 1, a: 2 },
      { a: 1, b: 2 },
    ]),
  );
  expect(JSON.stringify(decoded)).toBe('[{"b":1,"a":2},{"a":1,"b":2}]');
});

test('goes on with the forms of another codec', () => {
  const first = createValueCodec();
  const old = first.encode({ title: 'a' });
  const second = createValueCodec(first.forms);
  const fresh = second.encode([{ price: 1 }, { title: 'b' }]);
  expect([second.decode(old), second.decode(fresh)]).toStrictEqual([{ title: 'a' }, [{ price: 1 }, { title: 'b' }]]);
  expect(second.forms).toHaveLength(2);
});

test('says so when bytes end too early', () => {
  const codec = createValueCodec();
  const bytes = codec.encode(Array.from({ length: 50 }, (_one, index) => ({ index })));
  expect(() => createValueCodec([]).decode(bytes)).toThrow(RangeError);
});
