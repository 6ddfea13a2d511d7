import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { libraryReport } from './library-report.ts';

const report = renderMarkdown(libraryReport);

test('puts failures first, then what was found, planned and proven', () => {
  expect(report.match(/^#+ .+$/gm)).toEqual([
    '# Migration report: library &#124; &#60;b&#62;',
    '## Failures',
    '### Failed checks',
    '### Routes that answer differently',
    '### Tests that changed their result',
    '## Overview',
    '## Services',
    '### Loans',
    '## Plan',
    '## Cut dependencies',
    '## Shared code',
    '## Routes that stay in the monolith',
    '## Measures of the cut',
    '## Checks',
    '## Parity',
    "## The monolith's own test-suite",
    '## Findings',
    '### Errors',
    '### Warnings',
    '### Notes',
  ]);
});

test.each([
  ['a service', '| `loans` | lambda | 83 % | 2 | 1 | 1 | 1 | 1 | 0 % | – |'],
  ['a reason', '- the only writer of loans (`src/loans/routes.ts:7`)'],
  ['a blocked route', '| `POST /loans` | `loans-api` | counts &#124; in memory (`src/loans/routes.ts:7`) |'],
  ['the current phase', '| `loans` | **now** 1 Mirror | plan agreed | parity | switch off | nothing |'],
  [
    'a cut with its remedy',
    '| `loans` | `members` | shared-table | `members` | read-model: read the name through the database until phase 6 | `src/loans/routes.ts:7` |',
  ],
  ['a difference', '| `POST /loans` | `loans` | `POST /loans` | status | `201` | `500` |'],
  ['a proven route', '| `GET /loans` | proven | `loans-api × 4` | 4 | 4, 3 in part (at least 57 % of the body) | 4 / 4 | – |'],
  [
    'a finding',
    '| `src/loans/routes.ts:7` | `syntax-error` | syntax error: unexpected &#124; | Correct the file; until then nothing in it is analysed. |',
  ],
])('shows %s', (_title, line) => expect(report.split('\n')).toContain(line));

test('every row of a table has as many cells as its head', () => {
  const tables = report.split(/\n{2,}/).filter((part) => part.startsWith('|'));
  expect(tables.length).toBeGreaterThan(10);
  for (const table of tables)
    expect(
      new Set(
        table
          .trim()
          .split('\n')
          .map((row) => row.split(/(?<!\\)\|/).length),
      ).size,
      table,
    ).toBe(1);
});

test('without a plan or a proof those parts are absent', () => {
  const { plan: _plan, verification: _verification, ...analysed } = libraryReport;
  expect(renderMarkdown(analysed).match(/^## .+$/gm)).toEqual(['## Overview', '## Findings']);
});

describe('a report that is too large', () => {
  const many = {
    ...libraryReport,
    diagnostics: Array.from({ length: 20_000 }, (_, index) => ({ code: 'no-entry-module', data: { searched: index } }) as const),
  };

  test('is cut by rows, and says so', () => {
    const cut = renderMarkdown(many, 50_000);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(50_000);
    expect(cut).toMatch(/\*\d+ of 20000 rows are left out here/);
    expect(cut).toContain('## Failures');
  });

  test('never exceeds even a tiny limit', () => {
    expect(Buffer.byteLength(renderMarkdown(many, 600))).toBeLessThanOrEqual(600);
  });
});
