/** What SQL says, for stages that may not import the room that reads it. */
export type {
  SqlAccess,
  SqlDefinition,
  SqlParser,
  SqlReading,
  SqlReference,
  SqlStatements,
} from '../lib/sql/sql-reading.ts';
