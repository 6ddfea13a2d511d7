import { sortedBy, uniqueSorted } from '../lib/sort.ts';
import type { TableAccessFact, TableFact } from '../model/fact.ts';
import type { TableId } from '../model/ids.ts';

/** Every table once: what several schemas say of it joined, and tables that only code names, without columns. */
export function completeTables(facts: readonly TableFact[], accesses: readonly TableAccessFact[]): readonly TableFact[] {
  const tables = new Map<TableId, TableFact>();
  for (const fact of [...facts].sort(modelsFirst)) {
    const known = tables.get(fact.id);
    tables.set(fact.id, known === undefined ? fact : join(known, fact));
  }
  for (const { table, at } of accesses)
    if (!tables.has(table)) tables.set(table, { kind: 'table', id: table, columns: [], references: [], at });
  return sortedBy(tables.values(), ({ id }) => id);
}

/** A schema with models says more than the migrations made from it. */
const modelsFirst = (left: TableFact, right: TableFact): number => Number(left.model === undefined) - Number(right.model === undefined);

function join(left: TableFact, right: TableFact): TableFact {
  const model = left.model ?? right.model;
  const references = new Map([...left.references, ...right.references].map((reference) => [keyOf(reference), reference]));
  return {
    ...left,
    ...(model === undefined ? {} : { model }),
    columns: uniqueSorted([...left.columns, ...right.columns]),
    references: sortedBy(references.values(), keyOf),
  };
}

const keyOf = ({ table, columns }: TableFact['references'][number]): string => `${table} ${columns.join(' ')}`;
