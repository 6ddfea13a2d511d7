import { toModuleId, toRouteId, toServiceId, toTableId } from '../../src/model/ids.ts';
import type { MigrationPlan } from '../../src/model/migration-plan.ts';
import type { Verification } from '../../src/model/verification.ts';
import type { ReportInput } from '../../src/report/report-input.ts';
import { monolith } from '../support/monolith.ts';

const at = { file: toModuleId('src/loans/routes.ts'), line: 7, column: 3 };
const reason = (text: string) => ({ rule: 'owns-table', text, at });

const plan: MigrationPlan = {
  name: 'library',
  services: [
    {
      id: toServiceId('loans'),
      title: 'Loans',
      modules: [toModuleId('src/loans/routes.ts')],
      tables: [toTableId('loans')],
      routes: [
        { id: toRouteId('GET', '/loans'), method: 'GET', path: '/loans', localPath: '/', function: 'loans-api' },
        {
          id: toRouteId('POST', '/loans'),
          method: 'POST',
          path: '/loans',
          localPath: '/',
          function: 'loans-api',
          blockedBy: { text: 'counts | in memory', at },
        },
      ],
      triggers: [],
      placement: { kind: 'lambda', reasons: [reason('no state, all work under a second')] },
      functions: [{ name: 'loans-api', routes: [], memoryMb: 1024, timeoutSeconds: 29, runtime: 'nodejs22.x', architecture: 'arm64' }],
      environment: [],
      phase: 1,
      phases: [
        { number: 1, title: 'Mirror', entryCheck: 'plan agreed', exitMeasure: 'parity', rollback: 'switch off', rollbackLoses: 'nothing' },
        { number: 2, title: 'Shift', entryCheck: 'parity', exitMeasure: 'a week at 100 %', rollback: 'weight 0', rollbackLoses: 'nothing' },
      ],
      weight: 0,
      score: { benefit: 2, risk: 1, reasons: [] },
      dependsOn: [],
      reasons: [reason('the only writer of loans')],
      confidence: 0.826,
    },
  ],
  shared: [
    { module: toModuleId('src/clock.ts'), verdict: 'copy', usedBy: [toServiceId('loans')], reason: reason('12 lines without state') },
  ],
  cuts: [
    {
      from: toServiceId('loans'),
      to: toServiceId('members'),
      kind: 'shared-table',
      table: toTableId('members'),
      remedy: 'read-model',
      text: 'read the name through the database until phase 6',
      at,
    },
  ],
  measures: {
    services: 1,
    largestShare: 0.4,
    coverage: 1,
    tablesWithSeveralWriters: 0,
    entryPointsWritingAcross: 0,
    transactionalPurity: 1,
    crossServiceCalls: 3,
  },
  staying: [{ route: toRouteId('GET', '/admin'), reason: reason('keeps sessions in memory') }],
};

const verification: Verification = {
  checks: [
    { name: 'types', service: toServiceId('loans'), status: 'passed', summary: '12 files', details: [] },
    {
      name: 'bundle',
      service: toServiceId('loans'),
      status: 'failed',
      summary: 'could not resolve "pg-native"',
      details: ['could not resolve "pg-native"'],
    },
  ],
  routes: [
    {
      id: toRouteId('GET', '/loans'),
      service: toServiceId('loans'),
      verdict: 'proven',
      comparisons: 4,
      servedBy: { 'loans-api': 4 },
      handledByMovedHandler: 4,
      successes: { monolith: 4, slice: 4 },
      partly: { bodies: 3, leastShare: 0.57 },
    },
    {
      id: toRouteId('POST', '/loans'),
      service: toServiceId('loans'),
      verdict: 'different',
      comparisons: 1,
      servedBy: { 'loans-api': 1 },
      handledByMovedHandler: 1,
      successes: { monolith: 1, slice: 0 },
      firstDifference: { request: 'POST /loans', field: 'status', monolith: '201', slice: '500' },
    },
  ],
  suite: {
    command: 'npm test',
    direct: { passed: 10, failed: 0 },
    gateway: { passed: 9, failed: 1 },
    differences: [{ test: 'lends a book', direct: 'passed', gateway: 'failed' }],
    volatile: ['body.createdAt'],
  },
};

/** A library that was analysed, planned and verified; its names try to break tables. */
export const libraryReport: ReportInput & { readonly plan: MigrationPlan; readonly verification: Verification } = {
  monolith: monolith(
    'route GET /loans -> src/loans/routes.ts#list\naccess src/loans/routes.ts#list read loans\ntable loans\nentry src/server.ts',
    'library | <b>',
  ),
  plan,
  verification,
  diagnostics: [
    { code: 'computed-import', data: { text: '`./name`\n| x | y |' }, at },
    { code: 'syntax-error', data: { message: 'unexpected |' }, at },
    { code: 'no-entry-module', data: { searched: 3 } },
  ],
};
