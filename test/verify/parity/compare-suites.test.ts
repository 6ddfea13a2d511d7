import { expect, test } from 'vitest';
import { compareSuites } from '../../../src/verify/parity/compare-suites.ts';
import type { TestResult } from '../../../src/verify/parity/test-results/test-result.ts';

const results = (...written: string[]): TestResult[] =>
  written.map((text) => {
    const [name = '', status = ''] = text.split(': ');
    return { name, status: status as TestResult['status'] };
  });

test.each([
  ['equal results', ['lends: passed', 'returns: failed'], ['lends: passed', 'returns: failed'], []],
  ['another result', ['lends: passed'], ['lends: failed'], ['lends passed failed']],
  ['a test that did not run', ['lends: passed', 'returns: passed'], ['lends: passed'], ['returns passed absent']],
  [
    'two tests of one name, the later of which is right',
    ['status is 200: passed', 'status is 200: passed'],
    ['status is 200: failed', 'status is 200: passed'],
    ['status is 200 passed failed'],
  ],
  ['two tests of one name in another order', ['lends: passed', 'lends: failed'], ['lends: failed', 'lends: passed'], []],
  ['one of two that share a name did not run', ['lends: passed', 'lends: failed'], ['lends: failed'], ['lends passed absent']],
  [
    'two tests of one name',
    ['lends: passed', 'lends: passed'],
    ['lends: failed', 'lends: failed'],
    ['lends passed failed', 'lends (2) passed failed'],
  ],
])('%s', (_title, direct, gateway, expected) => {
  const { differences } = compareSuites(results(...direct), results(...gateway));
  expect(differences.map((one) => `${one.test} ${one.direct} ${one.gateway}`)).toEqual(expected);
});
