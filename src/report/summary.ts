import type { AnalyzeResult, ExtractResult, PlanFileResult, PlanResult } from '../model/commands.ts';
import type { CheckResult, ExchangeDifference, Verification } from '../model/verification.ts';
import { monolithFigures } from './figures.ts';
import { filesSummary } from './files-summary.ts';
import { briefFindingsSummary, findingsSummary } from './findings-summary.ts';
import { movableShare, servicesSummary, slicesSummary, stayingSummary } from './plan-summary.ts';
import { printable, textTable } from './text-table.ts';

/** What `banyan analyze` prints for people. */
export function formatAnalysis({ monolith, diagnostics }: AnalyzeResult): string {
  const figures = textTable(
    [monolith.name, ''],
    monolithFigures(monolith).map(({ name, value }) => [`  ${name}`, value]),
  );
  return paragraphs([figures, findingsSummary(diagnostics)]);
}

/** What `banyan plan` prints for people. */
export function formatPlan({ monolith, plan, planFile, diagnostics }: PlanResult): string {
  const share = movableShare(plan, monolith.routes.length);
  return paragraphs([servicesSummary(plan), share, stayingSummary(plan), findingsSummary(diagnostics), planFileLine(planFile)]);
}

/** What `banyan extract` prints for people: the slices, the findings, and what became of the files in `folder`. */
export function formatExtraction({ plan, slices, files, planFile, diagnostics }: ExtractResult, folder: string): string {
  const chosen = plan.services.filter(({ id }) => slices.includes(id));
  const written = `${filesSummary(files, folder)}\n${planFileLine(planFile)}`;
  return paragraphs([slicesSummary(chosen), briefFindingsSummary(diagnostics), written]);
}

/** What `banyan verify` prints for people: checks, then who answered each route and the verdict. */
export function formatVerification(verification: Verification): string {
  return paragraphs([checks(verification), parity(verification), suite(verification)]);
}

function planFileLine({ path, action, written, held = [] }: PlanFileResult): string {
  if (held.length > 0)
    return `${path}: not ${action}, because ${held[0]} cannot be read; correct it, or exclude it in banyan.config.yaml, and run the command again`;
  return `${path}: ${written || action === 'unchanged' ? action : `would be ${action}`}`;
}

const paragraphs = (parts: readonly string[]): string => `${parts.filter((part) => part !== '').join('\n\n')}\n`;

function checks({ checks: all }: Verification): string {
  if (all.length === 0) return 'No checks ran.';
  const table = textTable(
    ['check', 'service', 'result', 'summary'],
    all.map(({ name, service, status, summary }) => [name, service ?? '', status, summary]),
  );
  return [table, ...all.flatMap(failureDetails)].join('\n');
}

const LISTED_DETAILS = 15;

/** What a failed check saw, as far as its summary does not say it. */
function failureDetails({ name, service, status, summary, details }: CheckResult): readonly string[] {
  const told = details.filter((line) => line.trim() !== '' && line !== summary);
  if (status !== 'failed' || told.length === 0) return [];
  const shown = told.slice(0, LISTED_DETAILS);
  const rest = told.length - shown.length;
  return [
    `\n${[name, ...(service === undefined ? [] : [service])].join(' ')}:`,
    ...shown.map((line) => printable(`  ${line}`)),
    ...(rest > 0 ? [`  (${rest} more: \`banyan report\`)`] : []),
  ];
}

function parity({ routes }: Verification): string {
  if (routes.length === 0) return '';
  const proven = routes.filter(({ verdict }) => verdict === 'proven').length;
  const table = textTable(
    ['route', 'answered by', '>compared', 'verdict', 'why'],
    routes.map(({ id, servedBy, comparisons, verdict, firstDifference, missing }) => [
      id,
      Object.entries(servedBy)
        .map(([who, times]) => `${who} × ${times}`)
        .join(', '),
      String(comparisons),
      verdict,
      firstDifference === undefined ? (missing ?? '') : describeDifference(firstDifference),
    ]),
  );
  return `${table}\n${proven} of ${routes.length} moved routes proven`;
}

const describeDifference = ({ request, field, slice, monolith, cause }: ExchangeDifference): string =>
  `${request}: ${field} is ${shortened(slice)} instead of ${shortened(monolith)}${cause === undefined ? '' : ` (${cause})`}`;

function suite({ suite: compared }: Verification): string {
  if (compared === undefined) return '';
  const { direct, gateway, differences } = compared;
  return [
    `suite directly: ${direct.passed} passed, ${direct.failed} failed; through the gateway: ${gateway.passed} passed, ${gateway.failed} failed`,
    ...differences.map(({ test, direct: before, gateway: after }) => printable(`  ${test}: ${before} → ${after}`)),
  ].join('\n');
}

const shortened = (value: string): string => (value.length <= 60 ? value : `${value.slice(0, 59)}…`);
