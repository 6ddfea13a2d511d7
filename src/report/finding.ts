import { sortedBy } from '../lib/sort.ts';
import type { Diagnostic, DiagnosticCode, DiagnosticData, Severity } from '../model/diagnostic.ts';
import { type DiagnosticEntry, diagnosticCatalog } from '../model/diagnostic-catalog.ts';

/** A diagnostic with the words of the catalogue. */
export type Finding = Diagnostic & {
  readonly severity: Severity;
  readonly title: string;
  readonly fix: string;
};

/** Most severe first, in order of the severities as they are listed. */
export const severities: readonly Severity[] = ['error', 'warning', 'note'];

/** Findings with severity, title and fix: the most severe first, then by file, line and code. */
export function describeFindings(diagnostics: readonly Diagnostic[]): readonly Finding[] {
  return sortedBy(diagnostics.map(describe), (finding) => {
    const { at } = finding;
    const place = at === undefined ? '' : `${at.file}\0${pad(at.line)}${pad(at.column)}`;
    return `${severities.indexOf(finding.severity)}\0${place}\0${finding.code}\0${finding.title}`;
  });
}

function describe(diagnostic: Diagnostic): Finding {
  // The catalogue's entry has the type of this code's data; a union of both cannot be correlated by the compiler.
  const entry = diagnosticCatalog[diagnostic.code] as DiagnosticEntry<DiagnosticCode>;
  const title = entry.title(diagnostic.data as DiagnosticData[DiagnosticCode] & never);
  return { ...diagnostic, severity: entry.severity, title, fix: entry.fix };
}

const pad = (value: number): string => String(value).padStart(8, '0');
