import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { diagnosticCatalog } from '../../src/model/diagnostic-catalog.ts';

const folder = new URL('../../docs/diagnostics/', import.meta.url);
const codes = Object.entries(diagnosticCatalog).map(([code, { severity }]) => [code, severity] as const);

test('every diagnostic has a page, and every page a diagnostic', () => {
  expect(readdirSync(folder).sort()).toEqual(codes.map(([code]) => `${code}.md`).sort());
});

describe('a page says what the finding means, why it matters, and what to do', () => {
  test.each(codes)('%s', (code, severity) => {
    const page = readFileSync(new URL(`${code}.md`, folder), 'utf8');
    expect(page.startsWith(`# ${code}\n\nSeverity: ${severity}. `)).toBe(true);
    expect(page.match(/^## .+$/gm)).toEqual(['## Why it matters', '## Example', '## What to do']);
    expect(page.split('\n').length).toBeLessThanOrEqual(30);
  });
});
