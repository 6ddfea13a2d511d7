import { expect, test } from 'vitest';
import { formatAnalysis, formatExtraction, formatPlan, formatVerification } from '../../src/report/summary.ts';
import { libraryReport } from './library-report.ts';

const { monolith, plan, verification, diagnostics } = libraryReport;
const planned = {
  monolith,
  plan,
  diagnostics: [],
  decomposition: { services: [], shared: [], cuts: [], measures: plan.measures, alternatives: [] },
  planFile: { path: 'banyan.plan.yaml', action: 'created' },
} as const;

test('analyze prints figures and the most severe findings', () => {
  const lines = formatAnalysis({ monolith, diagnostics }).split('\n');
  expect(lines[0]).toBe('library | <b>');
  expect(lines).toContain('  Routes                 1');
  expect(lines.slice(-4)).toEqual([
    'error src/loans/routes.ts:7 syntax error: unexpected | [syntax-error]',
    'warning no entry module found among 3 files [no-entry-module]',
    '1 more findings: `banyan report --format markdown` lists all.',
    '',
  ]);
});

test('plan prints services, what stays, and the plan file', () => {
  expect(formatPlan(planned)).toBe(
    `service  placement  confidence  routes  blocked  tables  modules  functions
loans    lambda           83 %       2        1       1        1  loans-api

stays in the monolith  because
GET /admin             keeps sessions in memory

No findings.

banyan.plan.yaml created
`,
  );
});

test('extract prints what was written and what needs a look', () => {
  const files = [
    { path: 'services/loans/package.json', action: 'created' },
    { path: 'services/loans/src/\u001b[31mloans.ts', action: 'conflict' },
  ] as const;
  expect(
    formatExtraction({ ...planned, files })
      .split('\n')
      .slice(-3),
  ).toEqual(['2 files: 1 conflict, 1 created', '  conflict services/loans/src/ [31mloans.ts', '']);
});

test('verify prints checks, who answered, and the verdict', () => {
  expect(formatVerification(verification)).toBe(
    `check   service  result  summary
types   loans    passed  12 files
bundle  loans    failed  could not resolve "pg-native"

route        answered by    compared  verdict    why
GET /loans   loans-api × 4         4  proven
POST /loans  loans-api × 1         1  different  POST /loans: status is 500 instead of 201
1 of 2 moved routes proven

suite directly: 10 passed, 0 failed; through the gateway: 9 passed, 1 failed
  lends a book: passed → failed
`,
  );
});
