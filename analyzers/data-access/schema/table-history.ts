import { sortedBy } from '../../../src/lib/sort.ts';
import type { TableFact } from '../../../src/model/fact.ts';
import { toTableId } from '../../../src/model/ids.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import type { SqlDefinition, SqlReference } from '../../../src/model/sql.ts';

/** A change of the schema, and where it is written. */
export interface PlacedDefinition {
  readonly definition: SqlDefinition;
  readonly at: SourceLocation;
}

/** The tables that stand after all changes, in the order of their files' names: so migrations are run. */
export function foldDefinitions(definitions: readonly PlacedDefinition[]): readonly TableFact[] {
  const tables = new Map<string, TableFact>();
  for (const { definition, at } of sortedBy(definitions, placeKey)) apply(tables, definition, at);
  return [...tables.values()];
}

/** The tables each view is made of. */
export const viewsOf = (definitions: readonly PlacedDefinition[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    definitions.flatMap(({ definition }) => (definition.kind === 'create-view' ? [[definition.table, definition.reads] as const] : [])),
  );

const placeKey = ({ at }: PlacedDefinition): string =>
  `${at.file}\u0000${String(at.line).padStart(7, '0')}${String(at.column).padStart(7, '0')}`;

function apply(tables: Map<string, TableFact>, definition: SqlDefinition, at: SourceLocation): void {
  const known = tables.get(definition.table);
  switch (definition.kind) {
    case 'create-table':
      if (known === undefined) tables.set(definition.table, create(definition, at));
      return;
    case 'alter-table':
      if (known !== undefined) tables.set(definition.table, alter(known, definition, at));
      return;
    case 'rename-table':
      if (known === undefined) return;
      tables.delete(definition.table);
      tables.set(definition.to, { ...known, id: toTableId(definition.to) });
      rename(tables, definition.table, definition.to);
      return;
    case 'drop-table':
      tables.delete(definition.table);
      return;
    case 'create-view':
      return;
  }
}

const create = (definition: Extract<SqlDefinition, { kind: 'create-table' }>, at: SourceLocation): TableFact => ({
  kind: 'table',
  id: toTableId(definition.table),
  columns: definition.columns,
  references: referencesAt(definition.references, at),
  at,
});

function alter(table: TableFact, definition: Extract<SqlDefinition, { kind: 'alter-table' }>, at: SourceLocation): TableFact {
  const dropped = new Set(definition.droppedColumns);
  return {
    ...table,
    columns: [...new Set([...table.columns.filter((column) => !dropped.has(column)), ...definition.addedColumns])],
    references: [
      ...table.references.filter(({ columns }) => !columns.some((column) => dropped.has(column))),
      ...referencesAt(definition.references, at),
    ],
  };
}

/** Foreign keys follow the table they point to. */
function rename(tables: Map<string, TableFact>, from: string, to: string): void {
  for (const [name, table] of tables) {
    if (!table.references.some((reference) => reference.table === from)) continue;
    const references = table.references.map((reference) => (reference.table === from ? { ...reference, table: toTableId(to) } : reference));
    tables.set(name, { ...table, references });
  }
}

const referencesAt = (references: readonly SqlReference[], at: SourceLocation): TableFact['references'] =>
  references.map(({ table, columns }) => ({ table: toTableId(table), columns, at }));
