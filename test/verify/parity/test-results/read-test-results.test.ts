import { expect, test } from 'vitest';
import { compareSuites } from '../../../../src/verify/parity/compare-suites.ts';
import { readTestResults } from '../../../../src/verify/parity/test-results/read-test-results.ts';

const read = (text: string, format: 'jest-json' | 'junit-xml' | 'newman-json') =>
  readTestResults(text, format, '/shop').map(({ name, status }) => `${status} ${name}`);

test('jest-json: tests by file and full name; a file that cannot be loaded fails as a whole', () => {
  const report = {
    numTotalTests: 4,
    testResults: [
      {
        name: '/shop/test/books.test.ts',
        status: 'failed',
        assertionResults: [
          { fullName: 'books are listed', status: 'passed', title: 'listed' },
          { fullName: 'books are lent', status: 'failed' },
          { fullName: 'books are lent', status: 'pending' },
          { fullName: 'books are sold', status: 'todo' },
        ],
      },
      { name: '/shop/test/torn.test.ts', status: 'failed', assertionResults: [] },
    ],
  };
  expect(read(JSON.stringify(report), 'jest-json')).toEqual([
    'passed test/books.test.ts › books are listed',
    'failed test/books.test.ts › books are lent',
    'skipped test/books.test.ts › books are lent (2)',
    'skipped test/books.test.ts › books are sold',
    'failed test/torn.test.ts',
  ]);
});

test('junit-xml: failures, errors and skips inside a test case count; text that looks like markup does not', () => {
  const report = `<?xml version="1.0"?>
    <testsuites><testsuite name="books" tests="5">
      <testcase classname="Books" name="lists &lt;all&gt; &amp; more" time="0.1"/>
      <testcase name='lends "one"'><failure message="a > b"><![CDATA[<testcase name="not one"/>]]></failure></testcase>
      <testcase classname="Books" name="crashes"><error/></testcase>
      <!-- <testcase name="gone"/> -->
      <testcase classname="Books" name="waits"><skipped/></testcase>
      <testcase classname="Books" name="talks"><system-out>&#65;</system-out></testcase>
    </testsuite></testsuites>`;
  expect(read(report, 'junit-xml')).toEqual([
    'passed Books › lists <all> & more',
    'failed lends "one"',
    'failed Books › crashes',
    'skipped Books › waits',
    'passed Books › talks',
  ]);
});

test('newman-json: one test per assertion, and one for a request without an answer', () => {
  const report = {
    run: {
      executions: [
        { item: { name: 'List' }, assertions: [{ assertion: 'is 200' }, { assertion: 'is JSON', error: { message: 'no' } }] },
        { item: { name: 'List' }, assertions: [{ assertion: 'is 200', skipped: true }] },
        { item: { name: 'Lend' }, requestError: { code: 'ECONNREFUSED' } },
      ],
    },
  };
  expect(read(JSON.stringify(report), 'newman-json')).toEqual([
    'passed List › is 200',
    'failed List › is JSON',
    'skipped List › is 200 (2)',
    'failed Lend › request',
  ]);
});

test.each(['jest-json', 'junit-xml', 'newman-json'] as const)('%s: another form is refused', (format) => {
  expect(() => read('{"books": []}', format)).toThrow();
});

test('suites are compared test by test: failing in both is equal', () => {
  expect(
    compareSuites(
      [
        { name: 'a', status: 'failed' },
        { name: 'b', status: 'passed' },
        { name: 'c', status: 'passed' },
      ],
      [
        { name: 'a', status: 'failed' },
        { name: 'b', status: 'failed' },
        { name: 'd', status: 'passed' },
      ],
    ),
  ).toEqual({
    direct: { passed: 2, failed: 1 },
    gateway: { passed: 1, failed: 2 },
    differences: [
      { test: 'b', direct: 'passed', gateway: 'failed' },
      { test: 'c', direct: 'passed', gateway: 'absent' },
      { test: 'd', direct: 'absent', gateway: 'passed' },
    ],
  });
});
