import { uniqueSorted } from '../lib/sort.ts';
import type { WriteResult } from '../model/artifact.ts';
import type { AnalyzeResult, ExtractResult, PlanResult } from '../model/commands.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { MigrationPlan } from '../model/migration-plan.ts';
import type { Verification } from '../model/verification.ts';
import { formatShare, monolithFigures } from './figures.ts';
import { describeFindings } from './finding.ts';
import { printable, textTable } from './text-table.ts';

/** What `banyan analyze` prints for people. */
export function formatAnalysis({ monolith, diagnostics }: AnalyzeResult): string {
  const figures = textTable(
    [monolith.name, ''],
    monolithFigures(monolith).map(({ name, value }) => [`  ${name}`, value]),
  );
  return paragraphs([figures, findings(diagnostics)]);
}

/** What `banyan plan` prints for people. */
export function formatPlan({ plan, planFile, diagnostics }: PlanResult): string {
  return paragraphs([services(plan), staying(plan), findings(diagnostics), `${planFile.path} ${planFile.action}`]);
}

/** What `banyan extract` prints for people: the diff when there is one, else what was written. */
export function formatExtraction({ plan, files, diff, diagnostics }: ExtractResult): string {
  return paragraphs([services(plan), findings(diagnostics), diff ?? '', written(files)]);
}

/** What `banyan verify` prints for people: checks, then who answered each route and the verdict. */
export function formatVerification(verification: Verification): string {
  return paragraphs([checks(verification), parity(verification), suite(verification)]);
}

const paragraphs = (parts: readonly string[]): string => `${parts.filter((part) => part !== '').join('\n\n')}\n`;

function services(plan: MigrationPlan): string {
  if (plan.services.length === 0) return 'No service can be cut out: the monolith stays whole.';
  return textTable(
    ['service', 'placement', '>confidence', '>routes', '>blocked', '>tables', '>modules', 'functions'],
    plan.services.map((service) => [
      service.id,
      service.placement.kind,
      formatShare(service.confidence),
      String(service.routes.length),
      String(service.routes.filter((route) => route.blockedBy !== undefined).length),
      String(service.tables.length),
      String(service.modules.length),
      service.functions.map(({ name }) => name).join(', '),
    ]),
  );
}

function staying(plan: MigrationPlan): string {
  if (plan.staying.length === 0) return '';
  return textTable(
    ['stays in the monolith', 'because'],
    plan.staying.map(({ route, reason }) => [route, reason.text]),
  );
}

const LISTED_FINDINGS = 20;

/** The most severe findings with their place, and how many more there are. */
function findings(diagnostics: readonly Diagnostic[]): string {
  const found = describeFindings(diagnostics);
  if (found.length === 0) return 'No findings.';
  const shown = found.filter(({ severity }) => severity !== 'note').slice(0, LISTED_FINDINGS);
  const lines = shown.map(({ severity, at, title, code }) => {
    const place = at === undefined ? '' : `${at.file}:${at.line} `;
    return printable(`${severity} ${place}${title} [${code}]`);
  });
  const rest = found.length - shown.length;
  return [...lines, ...(rest > 0 ? [`${rest} more findings: \`banyan report --format markdown\` lists all.`] : [])].join('\n');
}

function written(files: readonly WriteResult[]): string {
  const counts = uniqueSorted(files.map(({ action }) => action)).map(
    (action) => `${files.filter((file) => file.action === action).length} ${action}`,
  );
  const attention = files.filter(({ action }) => action === 'conflict' || action === 'kept-edited');
  return [
    `${files.length} files: ${counts.join(', ') || 'none'}`,
    ...attention.map(({ action, path }) => printable(`  ${action} ${path}`)),
  ].join('\n');
}

const checks = ({ checks: all }: Verification): string =>
  all.length === 0
    ? 'No checks ran.'
    : textTable(
        ['check', 'service', 'result', 'summary'],
        all.map(({ name, service, status, summary }) => [name, service ?? '', status, summary]),
      );

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
      firstDifference === undefined
        ? (missing ?? '')
        : `${firstDifference.request}: ${firstDifference.field} is ${shortened(firstDifference.slice)} instead of ${shortened(firstDifference.monolith)}`,
    ]),
  );
  return `${table}\n${proven} of ${routes.length} moved routes proven`;
}

function suite({ suite: compared }: Verification): string {
  if (compared === undefined) return '';
  const { direct, gateway, differences } = compared;
  return [
    `suite directly: ${direct.passed} passed, ${direct.failed} failed; through the gateway: ${gateway.passed} passed, ${gateway.failed} failed`,
    ...differences.map(({ test, direct: before, gateway: after }) => printable(`  ${test}: ${before} → ${after}`)),
  ].join('\n');
}

const shortened = (value: string): string => (value.length <= 60 ? value : `${value.slice(0, 59)}…`);
