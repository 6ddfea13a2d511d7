import type { ProgramQueries } from '../../../src/model/program.ts';
import { argumentOf, bare, type CodeValue, callOf, valueAt } from './code-value.ts';

/** Objects of a library that take a statement for a client or a transaction, and methods that give them back. */
const MADE: ReadonlySet<string> = new Set(['Request', 'PreparedStatement']);
const GIVING: ReadonlySet<string> = new Set(['request', 'input', 'output', 'replaceInput', 'replaceOutput']);

/** What a request of mssql asks: the transaction of `new sql.Request(transaction)` and of `transaction.request().input('id', 1)`. */
export function askedBy(program: ProgramQueries, value: CodeValue): CodeValue | undefined {
  const site = callOf(bare(value));
  if (site === undefined) return undefined;
  const { callee, kind } = site.call;
  const referent = program.resolveExpression(site.module.id, site.call.owner, callee);
  const isOwn =
    referent.kind === 'external' || referent.kind === 'external-instance' ? referent.package !== 'mssql' : referent.kind !== 'unknown';
  if (isOwn || callee.kind !== 'member') return undefined;
  if (kind === 'new') return MADE.has(callee.property) ? argumentOf(site, 0) : undefined;
  return GIVING.has(callee.property) ? valueAt(site, callee.object) : undefined;
}
