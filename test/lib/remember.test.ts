import { expect, test } from 'vitest';
import { once, remember } from '../../src/lib/remember.ts';

test('computes once for each key, also when the answer is undefined', () => {
  const asked: string[] = [];
  const find = remember((key: string): string | undefined => {
    asked.push(key);
    return key === 'book' ? 'shelf 3' : undefined;
  });
  expect([find('book'), find('map'), find('book'), find('map')]).toEqual(['shelf 3', undefined, 'shelf 3', undefined]);
  expect(asked).toEqual(['book', 'map']);
});

test('computes when first asked, and not again', () => {
  let asked = 0;
  const count = once(() => {
    asked += 1;
    return asked;
  });
  expect(asked).toBe(0);
  expect([count(), count()]).toEqual([1, 1]);
});
