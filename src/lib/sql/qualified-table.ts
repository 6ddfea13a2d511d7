/** Where tables without a schema lie: in Postgres, and in SQL Server. */
const defaultSchemas: ReadonlySet<string> = new Set(['', 'public', 'dbo']);

/** The SQL name of a table, with its schema unless that is the default one. */
export const qualifiedTable = (schema: string | undefined, table: string): string =>
  schema === undefined || defaultSchemas.has(schema) ? table : `${schema}.${table}`;
