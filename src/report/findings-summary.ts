import { groupBy } from '../lib/group.ts';
import type { Diagnostic, Severity } from '../model/diagnostic.ts';
import { describeFindings, type Finding, severities } from './finding.ts';
import { clipped, countOf } from './plain-text.ts';
import { printable } from './text-table.ts';

/** How many places of one code are shown; the rest is counted. */
type Listed = Readonly<Record<Severity, number>>;

const FULL: Listed = { error: 10, warning: 3, note: 1 };
const BRIEF: Listed = { error: 10, warning: 0, note: 0 };

/** Findings for people: every code with its count, what to do, and its first places. */
export const findingsSummary = (diagnostics: readonly Diagnostic[]): string => summarize(diagnostics, FULL);

/** The same where they were told before: places of errors only. */
export const briefFindingsSummary = (diagnostics: readonly Diagnostic[]): string => summarize(diagnostics, BRIEF);

function summarize(diagnostics: readonly Diagnostic[], listed: Listed): string {
  const found = describeFindings(diagnostics);
  if (found.length === 0) return 'Findings: none';
  const counts = severities.flatMap((severity) => {
    const count = found.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [countOf(count, severity)];
  });
  const blocks = [...groupBy(found, ({ code }) => code).values()].map((group) => describeCode(group, listed));
  return [`Findings: ${counts.join(', ')}; "banyan report" lists all`, ...blocks].join('\n');
}

function describeCode(found: readonly Finding[], listed: Listed): string {
  const [first] = found;
  if (first === undefined) return '';
  const { severity, code, fix } = first;
  const places = [...groupBy(found, placeOf)];
  const shown = places.slice(0, listed[severity]);
  const width = Math.max(0, ...shown.map(([place]) => place.length));
  const rest = places.slice(shown.length).reduce((sum, [, here]) => sum + here.length, 0);
  return [
    `  ${severity} ${code} (${found.length}): ${fix}`,
    ...shown.map(([place, here]) => `    ${width === 0 ? '' : `${place.padEnd(width)}  `}${titleOf(here)}`),
    ...(rest > 0 && shown.length > 0 ? [`    ${rest} more`] : []),
  ].join('\n');
}

/** One finding stands for all of its code in one line of the source. */
const titleOf = ([first, ...others]: readonly Finding[]): string =>
  clipped(printable(first?.title ?? '')) + (others.length === 0 ? '' : ` (and ${others.length} more here)`);

const placeOf = ({ at }: Finding): string => (at === undefined ? '' : printable(`${at.file}:${at.line}`));
