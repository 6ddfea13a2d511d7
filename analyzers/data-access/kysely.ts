import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { ownEntry } from '../../src/lib/own-entry.ts';
import { remember } from '../../src/lib/remember.ts';
import { qualifiedTable } from '../../src/lib/sql/qualified-table.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { FactOf, TableOperation } from '../../src/model/fact.ts';
import type { ModuleRecord } from '../../src/model/program.ts';
import { accessFacts } from './flow/access-facts.ts';
import { createChains } from './flow/call-chains.ts';
import { type CallFlow, createCallFlow } from './flow/call-flow.ts';
import { argumentOf, bare, type CallSite, type CodeValue, callSites, declarationOfName, valueAt } from './flow/code-value.ts';
import { expressionNames } from './flow/expression-names.ts';
import { followValue } from './flow/follow-value.ts';
import { placedNames, unknownNames } from './flow/named-stores.ts';
import { usesPackage } from './flow/package-use.ts';
import { joinTransactions, parameterAt, type TransactionStart, type Transactions } from './flow/transactions.ts';
import { allExpressionNames, type DatabaseName, databaseNames } from './kysely/database-names.ts';
import { databaseTables } from './kysely/database-tables.ts';
import { schemaDefinitions } from './kysely/schema-builder.ts';
import { foldDefinitions } from './schema/table-history.ts';

const packages: ReadonlySet<string> = new Set(['kysely', 'nestjs-kysely', 'kysely-codegen']);

/** Finds queries that the builder of Kysely makes, and the tables that its `Database` interface names. */
export const kysely = defineAnalyzer({
  name: 'kysely',
  produces: ['table', 'table-access', 'transaction'],

  *analyze({ program, trace }) {
    if (!usesPackage(program, packages)) return;
    const flow = createCallFlow(program, trace);
    const transactions = joinTransactions(flow, transactionsOf(flow));
    const nameOf = databaseNames(program);
    const tables = [...databaseTables(program, nameOf), ...foldDefinitions(schemaDefinitions(flow, nameOf))];
    yield* tables;
    yield* transactions.facts;
    const isExpression = queriesNamed(program, new Set(tables.map(({ id }) => id)));
    const reader: Reader = { flow, transactions, nameOf, isExpression, chainOf: createChains() };
    for (const site of callSites(program)) yield* accessesAt(reader, site);
  },
});

interface Reader {
  readonly flow: CallFlow;
  readonly transactions: Transactions;
  readonly nameOf: DatabaseName;
  /** Whether a name stands for a query where it is used. */
  readonly isExpression: (module: ModuleRecord, name: string) => boolean;
  readonly chainOf: ReturnType<typeof createChains>;
}

/** Methods that name a table; only a builder of Kysely has the first ones, so that they tell it. */
const beginnings: Readonly<Record<string, TableOperation>> = {
  selectFrom: 'read',
  insertInto: 'create',
  replaceInto: 'upsert',
  updateTable: 'update',
  deleteFrom: 'delete',
  mergeInto: 'upsert',
};
const joins: ReadonlySet<string> = new Set([
  ...['innerJoin', 'leftJoin', 'rightJoin', 'fullJoin', 'crossJoin', 'innerJoinLateral', 'leftJoinLateral', 'using', 'from'],
]);

function* accessesAt(reader: Reader, site: CallSite): Iterable<FactOf<'table-access'> | Diagnostic> {
  const { callee } = site.call;
  const method = site.call.kind === 'call' ? methodCalled(reader.flow, site) : undefined;
  if (method === undefined) return;
  const begun = ownEntry(beginnings, method);
  const isJoin = begun === undefined && callee.kind === 'member' && joins.has(method) && beginsAsQuery(site);
  const named = begun !== undefined || isJoin ? argumentOf(site, 0) : undefined;
  if (named === undefined) return;
  const client = clientOf(site);
  const isUpsert =
    begun === 'create' && reader.chainOf(site).some(({ method }) => method === 'onConflict' || method === 'onDuplicateKeyUpdate');
  const operation = isUpsert ? 'upsert' : (begun ?? 'read');
  yield* tablesNamed(reader, { site, named, operation, client });
}

/** `db.selectFrom(…)`, and `selectFrom(…)` of `({ exists, selectFrom }) => …`, an expression builder taken apart. */
function methodCalled({ program }: CallFlow, site: CallSite): string | undefined {
  const { callee } = site.call;
  if (callee.kind === 'member') return callee.property;
  const taken =
    callee.kind === 'name' && Object.hasOwn(beginnings, callee.name) ? declarationOfName(program, valueAt(site, callee)) : undefined;
  return taken?.declaration.bindingPath?.at(-1);
}

interface Named {
  readonly site: CallSite;
  readonly named: CodeValue;
  readonly operation: TableOperation;
  readonly client: CodeValue;
}

function* tablesNamed(reader: Reader, { site, named, operation, client }: Named): Iterable<FactOf<'table-access'> | Diagnostic> {
  const { program } = reader.flow;
  const schema = schemaOf(reader.flow, site);
  for (const value of listed(reader.flow, named)) {
    if (isSubquery(value)) continue;
    const { placed, open } = placedNames(reader.flow, site, value);
    for (const { site: place, found } of placed) {
      const table = plainName(found);
      if (reader.isExpression(site.module, table)) continue;
      const name = reader.nameOf(table.includes('.') ? table.replace(/^public\./, '') : qualifiedTable(schema, table));
      yield* accessFacts(program, reader.transactions, { table: name, operation, library: 'kysely', site, place, client });
    }
    const unread = open.filter(({ found }) => !isSubquery(found));
    const [first] = unread;
    if (first !== undefined) yield* unknownNames(program, { library: 'kysely', site, value: first.found, named: { placed, open: unread } });
  }
}

/** `selectFrom(['person', 'pet as p'])`. */
const listed = (flow: CallFlow, value: CodeValue): readonly CodeValue[] =>
  followValue(flow.program, value).flatMap((one) =>
    one.expression.kind === 'array' ? one.expression.elements.map((expression) => ({ ...one, expression })) : [one],
  );

/** A callback, or another query, stands for rows and names its tables itself. */
const isSubquery = ({ expression }: CodeValue): boolean => expression.kind === 'function' || expression.kind === 'call';

/** `person as p`. */
const plainName = (text: string): string => text.trim().replace(/\s+as\s+\w+$/i, '');

/** Whether a chain begins at a method that only a builder of Kysely has. */
function beginsAsQuery({ module, call }: CallSite): boolean {
  let current: CallSite['call'] | undefined = call;
  while (current?.callee.kind === 'member') {
    if (Object.hasOwn(beginnings, current.callee.property)) return true;
    const object: CodeValue['expression'] = bare({ module, owner: current.owner, expression: current.callee.object }).expression;
    current = object.kind === 'call' ? module.syntax.calls[object.call] : undefined;
  }
  return current?.callee.kind === 'name' && Object.hasOwn(beginnings, current.callee.name);
}

/** What the chain begins at: the database, a transaction, the builder of a subquery. */
function clientOf(site: CallSite): CodeValue {
  const { callee } = site.call;
  const object = callee.kind === 'member' ? bare(valueAt(site, callee.object)) : valueAt(site, callee);
  const inner = object.expression.kind === 'call' ? site.module.syntax.calls[object.expression.call] : undefined;
  return object.expression.kind === 'call' && inner !== undefined
    ? clientOf({ module: site.module, index: object.expression.call, call: inner })
    : object;
}

function schemaOf(flow: CallFlow, site: CallSite): string | undefined {
  const { callee } = site.call;
  const object = callee.kind === 'member' ? bare(valueAt(site, callee.object)).expression : undefined;
  const inner = object?.kind === 'call' ? site.module.syntax.calls[object.call] : undefined;
  if (object?.kind !== 'call' || inner === undefined) return undefined;
  const next = { module: site.module, index: object.call, call: inner };
  const isSchema = inner.callee.kind === 'member' && inner.callee.property === 'withSchema';
  const name = isSchema ? argumentOf(next, 0) : undefined;
  return name === undefined ? schemaOf(flow, next) : placedNames(flow, next, name).placed[0]?.found;
}

/** `.with('late', …)`: names that stand for a query, in the file that says so, and where the database has no such table. */
function queriesNamed(program: CallFlow['program'], tables: ReadonlySet<string>): Reader['isExpression'] {
  const namesIn = remember(expressionNames);
  const all = allExpressionNames(program);
  return (module, name) => namesIn(module).has(name) || (!tables.has(name) && all().has(name));
}

/** `db.transaction().setIsolationLevel('serializable').execute(async (trx) => …)`. */
function transactionsOf(flow: CallFlow): readonly TransactionStart[] {
  return callSites(flow.program).flatMap((site): readonly TransactionStart[] => {
    const { callee } = site.call;
    const callback = argumentOf(site, 0);
    if (callee.kind !== 'member' || callee.property !== 'execute' || callback === undefined || !beginsTransaction(site)) return [];
    const client = parameterAt(flow.program, callback, 0);
    return [{ site, form: 'callback', ...(client === undefined ? {} : { client }) }];
  });
}

function beginsTransaction({ module, call }: CallSite): boolean {
  const object = call.callee.kind === 'member' ? call.callee.object : undefined;
  const inner = object?.kind === 'call' ? module.syntax.calls[object.call] : undefined;
  if (object?.kind !== 'call' || inner?.callee.kind !== 'member') return false;
  return inner.callee.property === 'transaction' || beginsTransaction({ module, index: object.call, call: inner });
}
