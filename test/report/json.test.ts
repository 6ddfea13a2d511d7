import { expect, test } from 'vitest';
import { renderJson } from '../../src/report/json.ts';
import { libraryReport } from './library-report.ts';

test('holds every part, findings with their words, the most severe first', () => {
  const report = JSON.parse(renderJson(libraryReport)) as Record<string, unknown> & { diagnostics: Record<string, unknown>[] };
  expect(Object.keys(report)).toEqual(['schemaVersion', 'monolith', 'plan', 'verification', 'diagnostics']);
  expect(report.diagnostics.map(({ code, severity, title }) => [severity, code, title])).toEqual([
    ['error', 'syntax-error', 'syntax error: unexpected |'],
    ['warning', 'no-entry-module', 'no entry module found among 3 files'],
    ['note', 'computed-import', 'module name is computed: `./name`\n| x | y |'],
  ]);
});

test('says the same twice', () => expect(renderJson(libraryReport)).toBe(renderJson(structuredClone(libraryReport))));
