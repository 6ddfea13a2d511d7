/**
 * Reads SQL with the database's own grammar. Given one text, or the constant parts around the holes of a template
 * (`['SELECT * FROM ', ' WHERE id = $1']` has one hole). Never throws.
 */
export type SqlParser = (text: string | readonly string[]) => SqlReading;

export type SqlReading = SqlStatements | { readonly kind: 'error'; readonly message: string };

export interface SqlStatements {
  readonly kind: 'statements';
  /** Tables and what is done to them, each pair once, in order of first appearance. CTE names and the catalog's own tables are no tables. */
  readonly accesses: readonly SqlAccess[];
  /** Accesses whose table name stands in a hole, wholly or partly, and functions of the database that stand for tables (`shop.search()`). */
  readonly unknownTables: readonly UnknownSqlTable[];
  /** Holes that stand for a piece of SQL instead of a value: tables named only inside them are not seen. */
  readonly fragments: readonly number[];
  readonly definitions: readonly SqlDefinition[];
  readonly control: readonly ('begin' | 'commit' | 'rollback')[];
}

export type SqlOperation = 'read' | 'create' | 'update' | 'delete' | 'upsert';

export interface SqlAccess {
  /** SQL name, with its schema unless that is a default one. */
  readonly table: string;
  readonly operation: SqlOperation;
}

export interface UnknownSqlTable {
  /** The name as far as it is known, holes as `…`. */
  readonly text: string;
  readonly operation: SqlOperation;
  /** Indexes of the holes the name depends on. */
  readonly holes: readonly number[];
}

export interface SqlReference {
  readonly table: string;
  readonly columns: readonly string[];
}

/** One change of the schema, in the order of the text. `offset` is the UTF-16 offset of its statement. */
export type SqlDefinition =
  | {
      readonly kind: 'create-table';
      readonly table: string;
      readonly columns: readonly string[];
      readonly references: readonly SqlReference[];
      readonly offset: number;
    }
  | {
      readonly kind: 'alter-table';
      readonly table: string;
      readonly addedColumns: readonly string[];
      readonly droppedColumns: readonly string[];
      readonly references: readonly SqlReference[];
      readonly offset: number;
    }
  | { readonly kind: 'rename-table'; readonly table: string; readonly to: string; readonly offset: number }
  | { readonly kind: 'drop-table'; readonly table: string; readonly offset: number }
  | { readonly kind: 'create-view'; readonly table: string; readonly reads: readonly string[]; readonly offset: number };
