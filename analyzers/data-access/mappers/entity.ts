import type { TableFact, TableOperation } from '../../../src/model/fact.ts';
import { type SymbolId, type TableId, toTableId } from '../../../src/model/ids.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import type { Held } from './held-value.ts';

/** A class (or variable) that a mapper stores in a table. */
export interface Entity {
  readonly symbol: SymbolId;
  /** The name other entities may call it by. */
  readonly name: string;
  /** Absent when it could not be read; a diagnostic says so. */
  readonly table: string | undefined;
  readonly columns: readonly string[];
  readonly relations: ReadonlyMap<string, Relation>;
  /** Tables that it keeps beside its own: of a tree the closure table. */
  readonly companions?: readonly string[];
  /** Entities of the same table that have relations of their own: children of single table inheritance. */
  readonly children?: () => readonly Entity[];
  /** The entity whose table it is, where it shares that: single table inheritance. */
  readonly owner?: { readonly name: string; readonly at: SourceLocation };
  /** What a view is made of. */
  readonly reads?: readonly string[];
  readonly at: SourceLocation;
}

export interface Relation {
  readonly property: string;
  /** The other entity, when it is known. */
  readonly target: () => Entity | undefined;
  /** The table between two lists. */
  readonly joinTable?: () => string | undefined;
  /** This side says what the join table is. */
  readonly isOwner?: boolean;
  /** Foreign key columns, when this side has them. */
  readonly columns: readonly string[];
  readonly isList: boolean;
  /** Loaded whenever the entity is. */
  readonly isEager?: boolean;
  /** Operations that reach the other entity through this relation. */
  readonly cascades?: readonly ('insert' | 'update' | 'remove')[];
  readonly at: SourceLocation;
}

/** Something done to a table, as the code says it. */
export interface MapperAccess {
  readonly table: string;
  readonly operation: TableOperation;
  /** Why, where the call does not name it: `cascade Order.lines`. */
  readonly through?: string;
}

export interface Entities {
  readonly all: readonly Entity[];
  of(symbol: SymbolId): Entity | undefined;
  named(name: string): Entity | undefined;
}

export function indexEntities(all: readonly Entity[], aliases: ReadonlyMap<SymbolId, SymbolId> = new Map()): Entities {
  const bySymbol = new Map(all.map((entity) => [entity.symbol, entity]));
  const byName = new Map(all.map((entity) => [entity.name, entity]));
  return {
    all,
    of: (symbol) => bySymbol.get(symbol) ?? bySymbol.get(aliases.get(symbol) ?? symbol),
    named: (name) => byName.get(name),
  };
}

/** Entities among what an expression holds. */
export const entitiesIn = (entities: Entities, held: readonly Held[]): readonly Entity[] => [
  ...new Set(
    held.flatMap((one): readonly Entity[] => {
      if (one.kind === 'library') return entitiesIn(entities, one.of);
      const entity = one.kind === 'class' || one.kind === 'instance' ? entities.of(one.symbol) : undefined;
      return entity === undefined ? [] : [entity];
    }),
  ),
];

/** Tables of entities, and the tables between them. */
export function* tablesOf(entities: Entities): Iterable<TableFact> {
  const joins = new Map<string, TableFact>();
  for (const entity of entities.all) {
    if (entity.table === undefined) continue;
    const relations = [...entity.relations.values()];
    yield {
      kind: 'table',
      id: toTableId(entity.table),
      model: entity.owner?.name ?? entity.name,
      columns: entity.columns,
      references: referencesOf(relations),
      at: entity.owner?.at ?? entity.at,
    };
    for (const companion of entity.companions ?? [])
      yield { kind: 'table', id: toTableId(companion), columns: [], references: [referenceTo(entity.table, entity.at)], at: entity.at };
    for (const relation of relations) {
      const join = relation.joinTable?.();
      if (join === undefined) continue;
      const ends = [entity.table, relation.target()?.table].flatMap((table) => table ?? []);
      if (!joins.has(join))
        joins.set(join, {
          kind: 'table',
          id: toTableId(join),
          columns: [],
          references: ends.map((table) => referenceTo(table, relation.at)),
          at: relation.at,
        });
    }
  }
  const own = new Set(entities.all.map(({ table }) => table));
  for (const [name, fact] of joins) if (!own.has(name)) yield fact;
}

/** Foreign keys, each once whichever side says so. */
function referencesOf(relations: readonly Relation[]): TableFact['references'] {
  const references = relations.flatMap(({ target, columns, joinTable, at }) => {
    const table = joinTable === undefined && columns.length > 0 ? target()?.table : undefined;
    return table === undefined ? [] : [{ table: toTableId(table), columns, at }];
  });
  return [...new Map(references.map((one) => [`${one.table} ${one.columns.join(' ')}`, one])).values()];
}

const referenceTo = (
  table: string,
  at: SourceLocation,
): { readonly table: TableId; readonly columns: readonly string[]; readonly at: SourceLocation } => ({
  table: toTableId(table),
  columns: [],
  at,
});
