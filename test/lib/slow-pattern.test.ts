import { expect, test } from 'vitest';
import { mayTakeLong } from '../../src/lib/slow-pattern.ts';

test.each([
  ['(a+)+$', true],
  ['(a|aa)+$', true],
  ['(\\d{2,})*', true],
  [`^${'a'.repeat(250)}$`, true],
  ['\\.(ts|js)$', false],
  ['^\\/books\\/(\\d+)$', false],
  ['(.+)\\.js$', false],
])('%s', (source, expected) => expect(mayTakeLong(source)).toBe(expected));
