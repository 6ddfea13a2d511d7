import { expect, test } from 'vitest';
import { byLine } from '../../../src/verify/parity/lines.ts';

test.each<[string, string, number[], string[]]>([
  ['in one line', 'Emma', [0, 4], ['1: Emma 0,4']],
  ['in several', 'Emma\nIvanhoe\n\nPersuasion', [1, 6, 7, 14], ['1: Emma 1', '2: Ivanhoe 6,7', '4: Persuasion 14']],
  ['at the end of a line', 'Emma\nIvanhoe', [4], ['1: Emma 4']],
  ['after the last line', 'Emma\n', [5], ['2:  5']],
  ['at an empty first line', '\nEmma', [0, 1], ['1:  0', '2: Emma 1']],
  ['nowhere', 'Emma', [], []],
])('%s', (_title, text, starts, expected) => {
  const lines = byLine(
    text,
    starts.map((start) => ({ start })),
  );
  expect(lines.map(({ start, end, number, items }) => `${number}: ${text.slice(start, end)} ${items.map((one) => one.start)}`)).toEqual(
    expected,
  );
});
