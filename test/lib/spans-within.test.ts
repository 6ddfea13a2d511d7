import { array, assert, nat, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { createSpansWithin } from '../../src/lib/spans-within.ts';

test('finds what going through the whole list would find, in its order', () => {
  const span = tuple(nat(40), nat(20)).map(([start, length]) => ({ span: { start, end: start + length } }));
  assert(
    property(array(span), span, (items, { span: wanted }) => {
      const inside = items.filter((item) => wanted.start <= item.span.start && item.span.end <= wanted.end);
      expect(createSpansWithin(items)(wanted)).toEqual(inside);
    }),
  );
});
