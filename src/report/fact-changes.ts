import { compareText } from '../lib/sort.ts';
import type { AnalyzeResult } from '../model/commands.ts';
import { describeFindings } from './finding.ts';
import { printable } from './text-table.ts';

/** What a change of the code changed in the facts, a line each; where a fact stands is none of them. Empty when nothing did. */
export function formatFactChanges(before: AnalyzeResult, after: AnalyzeResult): string {
  const [old, fresh] = [countLines(before), countLines(after)];
  const lines = [...new Set([...old.keys(), ...fresh.keys()])].sort(compareText).flatMap((line) => {
    const more = (fresh.get(line) ?? 0) - (old.get(line) ?? 0);
    return more === 0 ? [] : [`${more > 0 ? '+' : '-'} ${printable(line)}${Math.abs(more) > 1 ? ` (${Math.abs(more)} times)` : ''}`];
  });
  return lines.map((line) => `${line}\n`).join('');
}

function countLines(result: AnalyzeResult): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of linesOf(result)) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

const linesOf = ({ monolith, diagnostics }: AnalyzeResult): readonly string[] => [
  ...monolith.modules.map(({ id }) => `module ${id}`),
  ...monolith.dependencies.map(({ from, to, kind }) => `dependency ${from} → ${to} (${kind})`),
  ...monolith.routes.map(({ method, path }) => `route ${method} ${path}`),
  ...monolith.triggers.map(({ trigger, id }) => `${trigger} ${id}`),
  ...monolith.tables.map(({ id }) => `table ${id}`),
  ...monolith.accesses.map(({ operation, table, symbol }) => `access ${operation} ${table} in ${symbol}`),
  ...monolith.transactions.map(({ id }) => `transaction ${id}`),
  ...monolith.state.map(({ symbol, form }) => `state ${symbol}${form === undefined ? '' : ` (${form})`}`),
  ...monolith.environment.map(({ variable, symbol }) => `environment ${variable} in ${symbol}`),
  ...monolith.externalCalls.map(({ symbol }) => `external call in ${symbol}`),
  ...monolith.workloads.map(({ symbol }) => `workload in ${symbol}`),
  ...monolith.cycles.map((cycle) => `cycle ${cycle.join(' → ')}`),
  ...describeFindings(diagnostics).map(
    ({ severity, code, title, at }) => `${severity} ${code}${at === undefined ? '' : ` in ${at.file}`}: ${title}`,
  ),
];
