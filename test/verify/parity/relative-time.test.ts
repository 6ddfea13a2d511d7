import { expect, test } from 'vitest';
import { isClockDrift } from '../../../src/verify/parity/relative-time.ts';

test.each([
  ['4 seconds ago', '3 seconds ago', true],
  ['1 second ago', '2 seconds ago', true],
  ['5 min ago', '6 min ago', true],
  ['4 seconds ago', '40 seconds ago', false],
  ['4 seconds ago', '4 minutes ago', false],
  ['4 minutes ago', '7 minutes ago', false],
  ['1 hour ago', '2 hours ago', false],
  ['4 seconds ago', 'NaN seconds ago', false],
  ['4', '3', false],
  ['4 seconds', '3 seconds', false],
])('%s and %s: %s', (left, right, expected) => expect(isClockDrift(left, right)).toBe(expected));
