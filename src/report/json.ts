import { describeFindings } from './finding.ts';
import type { ReportInput } from './report-input.ts';

/**
 * The whole report as JSON. Absent parts are absent keys; each finding carries its severity, title and fix beside its data.
 * Of the monolith the symbol-level call graph and reach are left out: `banyan analyze --json` prints those.
 */
export function renderJson(input: ReportInput): string {
  const { calls: _calls, reach: _reach, ...monolith } = input.monolith;
  const report = {
    schemaVersion: 1,
    monolith,
    decomposition: input.decomposition,
    plan: input.plan,
    verification: input.verification,
    diagnostics: describeFindings(input.diagnostics),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
