import { code, text } from '../lib/markdown-text.ts';
import type { Severity } from '../model/diagnostic.ts';
import { monolithFigures } from './figures.ts';
import { describeFindings, type Finding, severities } from './finding.ts';
import { type Block, renderBlocks } from './markdown/block.ts';
import { planBlocks } from './markdown/plan-blocks.ts';
import { place, serviceBlocks } from './markdown/service-blocks.ts';
import { failureBlocks, verificationBlocks } from './markdown/verification-blocks.ts';
import type { ReportInput } from './report-input.ts';

/** GitHub refuses a job summary of more than 1 MiB. */
export const MARKDOWN_LIMIT_BYTES = 1_000_000;

/** The report for a pull request or job summary: failures first, never over `limit` bytes; what is cut is told. */
export function renderMarkdown(input: ReportInput, limit: number = MARKDOWN_LIMIT_BYTES): string {
  return renderBlocks(
    [
      { level: 1, heading: `Migration report: ${text(input.monolith.name)}`, lines: [] },
      ...failureBlocks(input.verification),
      overview(input),
      ...serviceBlocks(input),
      ...planBlocks(input),
      ...verificationBlocks(input.verification),
      ...findingBlocks(describeFindings(input.diagnostics)),
    ],
    limit,
  );
}

const overview = (input: ReportInput): Block => ({
  level: 2,
  heading: 'Overview',
  lines: [],
  table: { columns: ['What', 'Figure'], rows: monolithFigures(input.monolith).map(({ name, value }) => [name, text(value)]) },
});

const severityTitles: Readonly<Record<Severity, string>> = { error: 'Errors', warning: 'Warnings', note: 'Notes' };

function findingBlocks(findings: readonly Finding[]): readonly Block[] {
  const groups = severities
    .map((severity) => ({ severity, found: findings.filter((finding) => finding.severity === severity) }))
    .filter(({ found }) => found.length > 0);
  const counts = groups.map(({ severity, found }) => `${found.length} ${severityTitles[severity].toLowerCase()}`);
  return [
    { level: 2, heading: 'Findings', lines: [counts.length === 0 ? 'None.' : `${counts.join(', ')}.`] },
    ...groups.map(
      ({ severity, found }): Block => ({
        level: 3,
        heading: severityTitles[severity],
        lines: [],
        table: {
          columns: ['At', 'Code', 'Finding', 'What to do'],
          rows: found.map((finding) => [place(finding.at), code(finding.code), text(finding.title), text(finding.fix)]),
        },
      }),
    ),
  ];
}
