import type { ModuleRecord } from '../../../src/model/program.ts';

/** `.with('ranked', …)`, `.with('ranked(id, place)', …)` of a query builder: names that stand for a query, not for a table. */
export function expressionNames({ syntax }: ModuleRecord): ReadonlySet<string> {
  return new Set(
    syntax.calls.flatMap(({ callee, arguments: [first] }) => {
      const defines = callee.kind === 'member' && /^with(?:Recursive|Materialized|NotMaterialized)?$/.test(callee.property);
      return defines && first?.kind === 'literal' && typeof first.value === 'string' ? [first.value.replace(/\(.*$/s, '').trim()] : [];
    }),
  );
}
