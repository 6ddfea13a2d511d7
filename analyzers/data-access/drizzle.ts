import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { ownEntry } from '../../src/lib/own-entry.ts';
import { rootPackage } from '../../src/lib/package-name.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { FactOf, TableOperation } from '../../src/model/fact.ts';
import type { SqlParser } from '../../src/model/sql.ts';
import { queryAround, readFragment } from './drizzle/sql-fragments.ts';
import { type DrizzleRelations, type DrizzleTable, type DrizzleTables, findRelations, findTables, tableFacts } from './drizzle/tables.ts';
import { accessFacts } from './flow/access-facts.ts';
import { createChains } from './flow/call-chains.ts';
import { type CallFlow, createCallFlow } from './flow/call-flow.ts';
import { createReceiverOrigins, type OriginOf } from './flow/client-library.ts';
import { argumentOf, bare, type CallSite, type CodeValue, callSites, siteLocation, valueAt } from './flow/code-value.ts';
import { libraryTransactions } from './flow/library-transactions.ts';
import { literalParts } from './flow/literals.ts';
import { unknownNames } from './flow/named-stores.ts';
import { usesPackage } from './flow/package-use.ts';
import { placedValues } from './flow/placed-values.ts';
import { joinTransactions, type Transactions } from './flow/transactions.ts';

/** Finds tables of Drizzle and the queries on them, with pieces of SQL in these; statements of its tag are read by `sql-strings`. */
export const drizzle = defineAnalyzer({
  name: 'drizzle',
  produces: ['table', 'table-access', 'transaction'],

  *analyze({ program, trace, sql }) {
    if (!usesPackage(program, new Set(['drizzle-orm']))) return;
    const flow = createCallFlow(program, trace);
    const originOf = createReceiverOrigins(flow, trace);
    const tables = findTables(flow);
    const transactions = joinTransactions(flow, libraryTransactions(flow, originOf));
    yield* tableFacts(flow, tables);
    yield* transactions.facts;
    for (const site of tables.unread)
      yield { code: 'unknown-table', data: { library: 'drizzle', text: 'table(…)' }, at: siteLocation(program, site) };
    const reader: Reader = { flow, originOf, tables, relations: findRelations(flow, tables), transactions, chainOf: createChains() };
    for (const site of callSites(program)) {
      yield* builderAccesses(reader, site);
      yield* queryAccesses(reader, site);
      yield* fragmentAccesses(reader, site, sql);
    }
  },
});

interface Reader {
  readonly flow: CallFlow;
  readonly originOf: OriginOf;
  readonly tables: DrizzleTables;
  readonly relations: DrizzleRelations;
  readonly transactions: Transactions;
  readonly chainOf: ReturnType<typeof createChains>;
}

type Found = FactOf<'table-access'> | Diagnostic;

/** Methods of the builder whose first argument is a table. */
const builderMethods: Readonly<Record<string, TableOperation>> = {
  from: 'read',
  innerJoin: 'read',
  leftJoin: 'read',
  rightJoin: 'read',
  fullJoin: 'read',
  crossJoin: 'read',
  $count: 'read',
  refreshMaterializedView: 'update',
  insert: 'create',
  update: 'update',
  delete: 'delete',
};

function* builderAccesses(reader: Reader, site: CallSite): Iterable<Found> {
  const { callee } = site.call;
  if (site.call.kind !== 'call' || callee.kind !== 'member' || !Object.hasOwn(builderMethods, callee.property)) return;
  const argument = argumentOf(site, 0);
  const operation = builderMethods[callee.property];
  if (argument === undefined || operation === undefined || argument.expression.kind === 'literal') return;
  const upserts =
    operation === 'create' && reader.chainOf(site).some(({ method }) => /^on(?:ConflictDoUpdate|DuplicateKeyUpdate)$/.test(method));
  const client = rootOf(site);
  const { placed, open } = placedValues(reader.flow, site, argument, reader.tables.recognize);
  for (const { site: place, found } of placed)
    yield* accessFacts(reader.flow.program, reader.transactions, {
      table: found.table,
      operation: upserts ? 'upsert' : operation,
      library: 'drizzle',
      site,
      place,
      client,
    });
  const unread = open.filter(({ found }) => !isQuery(reader, found));
  const [first] = unread;
  if (first !== undefined && (isDrizzle(reader, client) || isTelling(reader, site)))
    yield* unknownNames(reader.flow.program, { library: 'drizzle', site, value: first.found, named: { placed, open: unread } });
}

/** `insert(table).values(…)` on a client nobody knows, in a module that has to do with Drizzle. */
function isTelling({ chainOf }: Reader, site: CallSite): boolean {
  const { callee } = site.call;
  const imports = site.module.syntax.imports.some(({ specifier }) => specifier !== undefined && rootPackage(specifier) === 'drizzle-orm');
  if (!imports || callee.kind !== 'member') return false;
  if (callee.property === 'from') return beginsWith(site, 'select');
  const next = ownEntry(followers, callee.property);
  return next !== undefined && chainOf(site)[0]?.method === next;
}

const followers: Readonly<Record<string, string>> = { insert: 'values', update: 'set', delete: 'where' };

function beginsWith(site: CallSite, method: string): boolean {
  const { callee } = site.call;
  const object = callee.kind === 'member' ? bare(valueAt(site, callee.object)).expression : undefined;
  const inner = object?.kind === 'call' ? site.module.syntax.calls[object.call]?.callee : undefined;
  return inner?.kind === 'member' && inner.property.startsWith(method);
}

/** A subquery, or `db.$with('name').as(…)`: its tables are told where it is made. */
const isQuery = ({ originOf }: Reader, value: CodeValue): boolean => value.expression.kind === 'call' && isOf(originOf(value));

const isDrizzle = (reader: Reader, client: CodeValue): boolean => isOf(reader.originOf(client));

const isOf = (origin: ReturnType<OriginOf>): boolean => origin.kind === 'package' && rootPackage(origin.package) === 'drizzle-orm';

/** What a chain begins at: the database, or the client of a transaction. */
function rootOf(site: CallSite): CodeValue {
  const { callee } = site.call;
  const object = callee.kind === 'member' ? bare(valueAt(site, callee.object)) : valueAt(site, callee);
  const call = object.expression.kind === 'call' ? site.module.syntax.calls[object.expression.call] : undefined;
  if (object.expression.kind !== 'call' || call === undefined) return object;
  return rootOf({ module: site.module, index: object.expression.call, call });
}

/** `db.query.books.findMany({ with: { author: true } })`. */
function* queryAccesses(reader: Reader, site: CallSite): Iterable<Found> {
  const { callee } = site.call;
  if (callee.kind !== 'member' || (callee.property !== 'findMany' && callee.property !== 'findFirst')) return;
  const table = callee.object;
  const query = table.kind === 'member' || table.kind === 'index' ? table.object : undefined;
  if (query?.kind !== 'member' || (query.property !== 'query' && query.property !== '_query')) return;
  const client = valueAt(site, query.object);
  const own = table.kind === 'member' ? reader.tables.named(table.property) : [];
  if (own.length === 0) {
    const text = table.kind === 'member' ? table.property : '…';
    if (isDrizzle(reader, client))
      yield { code: 'unknown-table', data: { library: 'drizzle', text: `query.${text}` }, at: siteLocation(reader.flow.program, site) };
    return;
  }
  const argument = argumentOf(site, 0);
  const joined = argument === undefined ? { tables: [], isPartial: false } : readWith(reader, own, argument, 0);
  for (const { table: name } of [...own, ...joined.tables])
    yield* accessFacts(reader.flow.program, reader.transactions, {
      table: name,
      operation: 'read',
      library: 'drizzle',
      site,
      place: site,
      client,
    });
  if (joined.isPartial)
    yield {
      code: 'partial-query',
      data: { library: 'drizzle', text: `query.${own[0]?.binding ?? ''}.${callee.property}(…)` },
      at: siteLocation(reader.flow.program, site),
    };
}

/** Tables that pieces of SQL name, in the transaction of the query that they stand in. */
function* fragmentAccesses(reader: Reader, site: CallSite, sql: SqlParser): Iterable<Found> {
  for (const found of readFragment({ flow: reader.flow, tables: reader.tables, sql }, site)) {
    if ('code' in found) yield found;
    else {
      const query = queryAround(reader.flow, site);
      const client = query === undefined ? undefined : rootOf(query);
      yield* accessFacts(reader.flow.program, reader.transactions, { ...found, library: 'drizzle', site, client });
    }
  }
}

interface WithReading {
  readonly tables: readonly DrizzleTable[];
  readonly isPartial: boolean;
}

/** `with: { author: { with: { … } } }`: the tables of the relations it names. */
function readWith(reader: Reader, from: readonly DrizzleTable[], options: CodeValue, depth: number): WithReading {
  const { parts, isPartial } = literalParts(reader.flow, options);
  const nested = depth > 6 ? [] : parts.filter(({ key }) => key === 'with');
  const readings = nested.flatMap(({ value }) => {
    const named = literalParts(reader.flow, value);
    const inner = named.parts.map(({ key, value: relation }): WithReading => {
      const known = from.map(({ table }) => reader.relations.get(table)?.get(key));
      const targets = known.flatMap((found) => found ?? []);
      const deeper =
        relation.expression.kind === 'literal' ? { tables: [], isPartial: false } : readWith(reader, targets, relation, depth + 1);
      return { tables: [...targets, ...deeper.tables], isPartial: targets.length === 0 || deeper.isPartial };
    });
    return [...inner, { tables: [], isPartial: named.isPartial }];
  });
  return { tables: readings.flatMap(({ tables }) => tables), isPartial: isPartial || readings.some((one) => one.isPartial) };
}
