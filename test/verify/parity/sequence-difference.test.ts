import { expect, test } from 'vitest';
import { differingRanges } from '../../../src/verify/parity/sequence-difference.ts';

/** `abc` and `axc` as `1-2:1-2`. */
const describe = (left: string, right: string): readonly string[] =>
  differingRanges([...left], [...right]).map((range) => `${range.left.join('-')}:${range.right.join('-')}`);

test.each([
  ['abc', 'abc', []],
  ['', '', []],
  ['abc', 'axc', ['1-2:1-2']],
  ['abc', 'ac', ['1-2:1-1']],
  ['ac', 'abc', ['1-1:1-2']],
  ['', 'ab', ['0-0:0-2']],
  ['ab', '', ['0-2:0-0']],
  ['abcd', 'xbcy', ['0-1:0-1', '3-4:3-4']],
  ['abcabba', 'cbabac', ['0-2:0-0', '3-3:1-2', '5-6:4-4', '7-7:5-6']],
])('%s and %s differ in %j', (left, right, expected) => expect(describe(left, right)).toEqual(expected));

test('what is outside the ranges is the same on both sides, whatever the sequences', () => {
  let seed = 7;
  const next = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  for (let round = 0; round < 300; round += 1) {
    const [left, right] = [0, 1].map(() => Array.from({ length: next(12) }, () => 'abc'[next(3)] ?? 'a'));
    let [result, at]: [string[], number] = [[], 0];
    for (const range of differingRanges(left ?? [], right ?? [])) {
      result = [...result, ...(left ?? []).slice(at, range.left[0]), ...(right ?? []).slice(...range.right)];
      at = range.left[1];
    }
    expect([...result, ...(left ?? []).slice(at)]).toEqual(right);
  }
});

test('sequences with too many differences are one difference', () => {
  const [left, right] = ['a', 'b'].map((letter) => Array.from({ length: 900 }, (_, index) => `${letter}${index}`));
  expect(differingRanges(left ?? [], right ?? [])).toEqual([{ left: [0, 900], right: [0, 900] }]);
});
