import { expect, test } from 'vitest';
import { toServiceId } from '../../src/model/ids.ts';
import { formatAnalysis, formatExtraction, formatPlan, formatVerification } from '../../src/report/summary.ts';
import { libraryReport } from './library-report.ts';

const { monolith, plan, verification, diagnostics } = libraryReport;
const planned = {
  monolith,
  plan,
  diagnostics: [],
  decomposition: { services: [], shared: [], cuts: [], measures: plan.measures, alternatives: [] },
  planFile: { path: 'banyan.plan.yaml', action: 'created', written: true },
} as const;

test('analyze prints figures and the findings by code', () => {
  const lines = formatAnalysis({ monolith, diagnostics }).split('\n');
  expect(lines[0]).toBe('library | <b>');
  expect(lines).toContain('  Routes                 1');
  expect(lines.slice(-8)).toEqual([
    'Findings: 1 error, 1 warning, 1 note; "banyan report" lists all',
    '  error syntax-error (1): Correct the file; until then nothing in it is analysed.',
    '    src/loans/routes.ts:7  syntax error: unexpected |',
    '  warning no-entry-module (1): Name the file that starts the application under `entries` in banyan.config.yaml.',
    '    no entry module found among 3 files',
    '  note computed-import (1): Name the module as a constant, or list what it loads under `entries` in banyan.config.yaml.',
    '    src/loans/routes.ts:7  module name is computed: `./name` | x | y |',
    '',
  ]);
});

test('plan prints services, what stays by reason, and the plan file', () => {
  expect(formatPlan(planned)).toBe(
    `service  placement  routes  can move  tables  modules  confidence
loans    lambda          2         1       1        1        83 %

1 of 1 service can move, with 1 of 1 route.

1 route stays in the monolith:
  1 × keeps sessions in memory
      GET /admin

Findings: none

banyan.plan.yaml: created
`,
  );
});

test('extract prints slices, what was written where, and what needs a look', () => {
  const files = [
    { path: 'services/loans/package.json', action: 'created' },
    { path: 'services/loans/src/\u001b[31mloans.ts', action: 'conflict' },
    { path: 'services/loans/src/pool.ts', action: 'kept-edited' },
  ] as const;
  expect(formatExtraction({ ...planned, slices: [toServiceId('loans')], files }, 'shop/banyan-out')).toBe(
    `slice  routes moved  stay  functions  folder
loans             1     1  loans-api  services/loans

Findings: none

3 files in shop/banyan-out: 1 created, 1 kept as you edited them, 1 in conflict
  services/loans/src/ [31mloans.ts: your edit is kept, the new version lies beside it with the ending .new
  services/loans/src/pool.ts: your edit is kept
banyan.plan.yaml: created
`,
  );
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
