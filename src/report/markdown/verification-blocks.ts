import { code, codes, text } from '../../lib/markdown-text.ts';
import type { CheckResult, RouteVerdict, SuiteComparison, Verification } from '../../model/verification.ts';
import type { Block } from './block.ts';

/** What failed: checks, routes that answer differently, tests that changed their result. Nothing when nothing did. */
export function failureBlocks(verification: Verification | undefined): readonly Block[] {
  if (verification === undefined) return [];
  const checks = verification.checks.filter((check) => check.status === 'failed');
  const routes = verification.routes.filter((route) => route.verdict === 'different');
  const tests = verification.suite?.differences ?? [];
  if (checks.length + routes.length + tests.length === 0) return [];
  return [
    {
      level: 2,
      heading: 'Failures',
      lines: [`${checks.length} checks failed, ${routes.length} routes answer differently, ${tests.length} tests changed their result.`],
    },
    ...(checks.length === 0 ? [] : [failedChecks(checks)]),
    ...(routes.length === 0 ? [] : [differentRoutes(routes)]),
    ...(tests.length === 0 ? [] : [changedTests(tests)]),
  ];
}

/** Every check, the parity table, and the two runs of the monolith's own suite. */
export function verificationBlocks(verification: Verification | undefined): readonly Block[] {
  if (verification === undefined) return [];
  return [
    checkTable(verification.checks),
    ...(verification.routes.length === 0 ? [] : [parityTable(verification.routes)]),
    ...(verification.suite === undefined ? [] : [suiteBlock(verification.suite)]),
  ];
}

const failedChecks = (checks: readonly CheckResult[]): Block => ({
  level: 3,
  heading: 'Failed checks',
  lines: [],
  table: {
    columns: ['Check', 'Service', 'Message'],
    rows: checks.flatMap((check) =>
      (check.details.length === 0 ? [check.summary] : check.details).map((detail) => [
        text(check.name),
        code(check.service ?? ''),
        text(detail),
      ]),
    ),
  },
});

const differentRoutes = (routes: readonly RouteVerdict[]): Block => ({
  level: 3,
  heading: 'Routes that answer differently',
  lines: [],
  table: {
    columns: ['Route', 'Service', 'Request', 'What differs', 'Monolith', 'Slice'],
    rows: routes.map(({ id, service, firstDifference }) => [
      code(id),
      code(service),
      code(firstDifference?.request ?? ''),
      text(firstDifference?.field ?? ''),
      code(firstDifference?.monolith ?? ''),
      code(firstDifference?.slice ?? ''),
    ]),
  },
});

const changedTests = (differences: SuiteComparison['differences']): Block => ({
  level: 3,
  heading: 'Tests that changed their result',
  lines: [],
  table: {
    columns: ['Test', 'Directly', 'Through the gateway'],
    rows: differences.map(({ test, direct, gateway }) => [text(test), text(direct), text(gateway)]),
  },
});

const checkOrder: Readonly<Record<CheckResult['status'], number>> = { failed: 0, skipped: 1, passed: 2 };

const checkTable = (checks: readonly CheckResult[]): Block => ({
  level: 2,
  heading: 'Checks',
  lines: [],
  table: {
    columns: ['Check', 'Service', 'Result', 'Summary'],
    rows: checks
      .toSorted((left, right) => checkOrder[left.status] - checkOrder[right.status])
      .map((check) => [text(check.name), code(check.service ?? ''), check.status, text(check.summary)]),
  },
});

const verdictOrder: Readonly<Record<RouteVerdict['verdict'], number>> = { different: 0, unproven: 1, proven: 2 };

function parityTable(routes: readonly RouteVerdict[]): Block {
  const proven = routes.filter((route) => route.verdict === 'proven').length;
  return {
    level: 2,
    heading: 'Parity',
    lines: [`${proven} of ${routes.length} moved routes are proven: answered by the moved handler as the monolith answers.`],
    table: {
      columns: ['Route', 'Verdict', 'Answered by', 'By the moved handler', 'Comparisons', 'Successes (monolith / slice)', 'Missing'],
      rows: routes
        .toSorted((left, right) => verdictOrder[left.verdict] - verdictOrder[right.verdict])
        .map((route) => [
          code(route.id),
          route.verdict,
          codes(Object.entries(route.servedBy).map(([who, times]) => `${who} × ${times}`)),
          String(route.handledByMovedHandler),
          describeComparisons(route),
          `${route.successes.monolith} / ${route.successes.slice}`,
          text(route.missing ?? '–'),
        ]),
    },
  };
}

/** Bodies that differ in part each time are compared in part: never counted as whole. */
const describeComparisons = ({ comparisons, partly }: RouteVerdict): string =>
  partly === undefined
    ? String(comparisons)
    : `${comparisons}, ${partly.bodies} in part (at least ${Math.round(partly.leastShare * 100)} % of the body)`;

const suiteBlock = (suite: SuiteComparison): Block => ({
  level: 2,
  heading: "The monolith's own test-suite",
  lines: [
    `Command ${code(suite.command)}.`,
    '',
    `- Directly: ${suite.direct.passed} passed, ${suite.direct.failed} failed`,
    `- Through the gateway: ${suite.gateway.passed} passed, ${suite.gateway.failed} failed`,
    `- Not compared, because they differ between two runs of the monolith: ${codes(suite.volatile)}`,
  ],
});
