import type { Diagnostic, Severity } from '../model/diagnostic.ts';
import { diagnosticCatalog } from '../model/diagnostic-catalog.ts';
import type { Verification } from '../model/verification.ts';

/** `fine` 0, `findings` 1, `usage` 2, `bug` 3, `interrupted` 130. */
export const exitCodes = { fine: 0, findings: 1, usage: 2, bug: 3, interrupted: 130 } as const;

export type Gate = Severity | 'never';

const rank: Readonly<Record<Severity, number>> = { note: 0, warning: 1, error: 2 };

/** 1 when any finding stands at or above the gate. */
export function exitCodeOfFindings(diagnostics: readonly Diagnostic[], gate: Gate): number {
  if (gate === 'never') return exitCodes.fine;
  const reached = diagnostics.some((found) => rank[diagnosticCatalog[found.code].severity] >= rank[gate]);
  return reached ? exitCodes.findings : exitCodes.fine;
}

/** 1 when a check failed, a route answered differently, or the suite's results differ. */
export function exitCodeOfVerification(verification: Verification): number {
  const failed = verification.checks.some((check) => check.status === 'failed');
  const different = verification.routes.some((route) => route.verdict === 'different');
  return failed || different || (verification.suite?.differences.length ?? 0) > 0 ? exitCodes.findings : exitCodes.fine;
}
