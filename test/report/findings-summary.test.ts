import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { toModuleId } from '../../src/model/ids.ts';
import { briefFindingsSummary, findingsSummary } from '../../src/report/findings-summary.ts';

const cannotMove = (route: string, line: number): Diagnostic => ({
  code: 'route-cannot-move',
  data: { route, reason: 'sessions live in memory' },
  at: { file: toModuleId('src/session.ts'), line, column: 1 },
});

test('findings of one place are one line, and what is not shown is counted', () => {
  const diagnostics = [cannotMove('GET /a', 3), cannotMove('GET /b', 3), ...[5, 16, 27, 28].map((line) => cannotMove('GET /c', line))];
  expect(findingsSummary(diagnostics)).toBe(`Findings: 6 warnings; "banyan report" lists all
  warning route-cannot-move (6): It keeps answering from the monolith; resolve the reason and extract again.
    src/session.ts:3   GET /a cannot move yet: sessions live in memory (and 1 more here)
    src/session.ts:5   GET /c cannot move yet: sessions live in memory
    src/session.ts:16  GET /c cannot move yet: sessions live in memory
    2 more`);
});

test('in brief only errors have places', () => {
  const diagnostics: readonly Diagnostic[] = [cannotMove('GET /a', 3), { code: 'syntax-error', data: { message: 'unexpected token' } }];
  expect(briefFindingsSummary(diagnostics).split('\n')).toEqual([
    'Findings: 1 error, 1 warning; "banyan report" lists all',
    expect.stringMatching(/^ {2}error syntax-error \(1\): /),
    '    syntax error: unexpected token',
    expect.stringMatching(/^ {2}warning route-cannot-move \(1\): /),
  ]);
});

test('nothing found is said', () => {
  expect(findingsSummary([])).toBe('Findings: none');
});
