import { type AnalyzerInput, defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { remember } from '../../src/lib/remember.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { FactOf } from '../../src/model/fact.ts';
import { toTableId } from '../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries } from '../../src/model/program.ts';
import type { SqlAccess } from '../../src/model/sql.ts';
import { type CallFlow, createCallFlow } from './flow/call-flow.ts';
import { createReceiverOrigins } from './flow/client-library.ts';
import { callerOf, declarationOfName, siteLocation } from './flow/code-value.ts';
import { expressionNames } from './flow/expression-names.ts';
import { libraryTransactions } from './flow/library-transactions.ts';
import { isInMigration } from './flow/migrations.ts';
import { handedStatements, sqlExecutions } from './flow/sql-executions.ts';
import { createExecutionReader, type SqlStatementAt } from './flow/sql-statements.ts';
import { storedProcedures } from './flow/stored-procedures.ts';
import { joinTransactions, type TransactionStart, type Transactions } from './flow/transactions.ts';
import { withUnderscores } from './kysely/database-names.ts';
import { readSqlAssets } from './schema/sql-assets.ts';
import { foldDefinitions, type PlacedDefinition, viewsOf } from './schema/table-history.ts';

/** Finds SQL in the code (`pool.query`, `knex.raw`, tagged templates, wrappers of them) and tables in `.sql` files. */
export const sqlStrings = defineAnalyzer({
  name: 'sql-strings',
  produces: ['table-access', 'transaction', 'table'],

  *analyze(input) {
    const { program, trace, sql } = input;
    const flow = createCallFlow(program, trace);
    const originOf = createReceiverOrigins(flow, trace);
    const read = createExecutionReader(flow, sql);
    const statements: SqlStatementAt[] = [];
    for (const execution of sqlExecutions(program, originOf)) {
      for (const found of read(execution)) {
        if ('code' in found) yield found;
        else statements.push(found);
      }
    }
    yield* storedProcedures(program, originOf);
    const known = new Set(statements.map(({ site }) => site.call));
    for (const execution of handedStatements(program)) {
      if (known.has(execution.site.call)) continue;
      for (const found of read(execution)) {
        if ('code' in found) yield found;
        else statements.push(found);
      }
    }
    const transactions = joinTransactions(flow, [...libraryTransactions(flow, originOf), ...beginnings(flow, statements)]);
    yield* transactions.facts;
    yield* tablesAndAccesses(input, statements, transactions);
  },
});

function* tablesAndAccesses(
  { program, sql, assets }: AnalyzerInput,
  statements: readonly SqlStatementAt[],
  transactions: Transactions,
): Iterable<FactOf<'table-access' | 'table'> | Diagnostic> {
  const { definitions, diagnostics } = readSqlAssets(sql, assets);
  yield* diagnostics;
  const all = [...definitions, ...definitionsInCode(program, statements)];
  yield* foldDefinitions(all);
  const views = viewsOf(all);
  const surroundings = { transactions, views, expressionsOf: remember(expressionNamesInSql) };
  const told = new Set<string>();
  for (const access of statements.flatMap((statement) => [...accessesOf(program, statement, surroundings)])) {
    const key = JSON.stringify(access);
    if (!told.has(key)) yield access;
    told.add(key);
  }
}

/** Names as the code writes them, and as a plugin that changes their case sends them. */
const expressionNamesInSql = (module: ModuleRecord): ReadonlySet<string> => {
  const names = expressionNames(module);
  return new Set([...names, ...[...names].map(withUnderscores)]);
};

interface Surroundings {
  readonly transactions: Transactions;
  readonly views: ReadonlyMap<string, readonly string[]>;
  /** What builders around the text define: a piece of SQL may read it. */
  expressionsOf(module: ModuleRecord): ReadonlySet<string>;
}

function* accessesOf(
  program: ProgramQueries,
  { site, client, library, reading }: SqlStatementAt,
  { transactions, views, expressionsOf }: Surroundings,
): Iterable<FactOf<'table-access'>> {
  const tables = reading.accesses.filter(({ table, operation }) => operation !== 'read' || !expressionsOf(site.module).has(table));
  const running = tables.length === 0 || isInMigration(program, site) ? [] : transactions.runningIn(client, site);
  for (const access of tables.flatMap((one) => throughViews(one, views)))
    for (const transaction of running)
      yield {
        kind: 'table-access',
        table: toTableId(access.table),
        symbol: callerOf(program, site),
        operation: access.operation,
        library,
        ...(transaction === undefined ? {} : { transaction }),
        at: siteLocation(program, site),
      };
}

/** Who reads a view reads the tables it is made of. */
function throughViews(access: SqlAccess, views: Surroundings['views'], depth = 0): readonly SqlAccess[] {
  const tables = views.get(access.table);
  if (tables === undefined || access.operation !== 'read' || depth > 5) return [access];
  return tables.flatMap((table) => throughViews({ table, operation: 'read' }, views, depth + 1));
}

/** Where code itself runs BEGIN; the client's variable carries the transaction on. */
function beginnings(flow: CallFlow, statements: readonly SqlStatementAt[]): readonly TransactionStart[] {
  return statements.flatMap(({ site, client, reading }): readonly TransactionStart[] => {
    if (!reading.control.includes('begin') || reading.control.includes('commit')) return [];
    const variable = client === undefined ? undefined : declarationOfName(flow.program, client);
    const isLocal = variable !== undefined && variable.declaration.parent > 0;
    return [{ site, form: 'manual', ...(isLocal ? { client: variable } : {}) }];
  });
}

/** `CREATE TABLE` in code, but not what undoes a migration. */
const definitionsInCode = (program: ProgramQueries, statements: readonly SqlStatementAt[]): readonly PlacedDefinition[] =>
  statements.flatMap(({ site, reading }) =>
    /(?:^|[.#])down\b/.test(callerOf(program, site))
      ? []
      : reading.definitions.map((definition) => ({ definition, at: siteLocation(program, site) })),
  );
