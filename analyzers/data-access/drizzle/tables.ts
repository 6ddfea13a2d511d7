import { rootPackage } from '../../../src/lib/package-name.ts';
import { qualifiedTable } from '../../../src/lib/sql/qualified-table.ts';
import type { TableFact } from '../../../src/model/fact.ts';
import { toTableId } from '../../../src/model/ids.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import type { CallFlow } from '../flow/call-flow.ts';
import { argumentOf, bare, type CallSite, type CodeValue, callOf, callSites, declared, siteLocation, valueAt } from '../flow/code-value.ts';
import { textsOf } from '../flow/constant-text.ts';
import { followValue } from '../flow/follow-value.ts';
import { literalParts } from '../flow/literals.ts';

export interface DrizzleTable {
  readonly table: string;
  readonly columns: readonly string[];
  readonly references: readonly { readonly value: CodeValue; readonly column: string; readonly at: SourceLocation }[];
  /** The call that makes it, and the exported name under which queries ask for it. */
  readonly site: CallSite;
  readonly binding?: string;
}

export interface DrizzleTables {
  readonly all: readonly DrizzleTable[];
  /** Tables that a value is by itself: the call that makes one, or an alias of one. */
  recognize(value: CodeValue): readonly DrizzleTable[] | undefined;
  /** Tables under a name of the schema object: `db.query.users`. */
  named(name: string): readonly DrizzleTable[];
  /** Calls that make a table with a name that cannot be read. */
  readonly unread: readonly CallSite[];
}

const makers: ReadonlySet<string> = new Set([
  'pgTable',
  'mysqlTable',
  'sqliteTable',
  'singlestoreTable',
  'mssqlTable',
  'cockroachTable',
  'gelTable',
  'pgView',
  'mysqlView',
  'sqliteView',
  'pgMaterializedView',
]);
const creators: ReadonlySet<string> = new Set([
  'pgTableCreator',
  'mysqlTableCreator',
  'sqliteTableCreator',
  'singlestoreTableCreator',
  'mssqlTableCreator',
]);
const schemas: ReadonlySet<string> = new Set(['pgSchema', 'mysqlSchema', 'mysqlDatabase', 'mssqlSchema']);

/** Every table of the program that Drizzle is told of. */
export function findTables(flow: CallFlow): DrizzleTables {
  const bindings = bindingsOfCalls(flow);
  const sites = callSites(flow.program).flatMap((site) => {
    const prefix = makerOf(flow, site);
    return prefix === undefined ? [] : [{ site, prefix }];
  });
  const all = sites.flatMap(({ site, prefix }) => readTable(flow, site, prefix, bindings.get(keyOf(site))));
  const byCall = new Map(all.map((one) => [keyOf(one.site), one]));
  const byName = new Map<string, DrizzleTable[]>();
  for (const one of all) if (one.binding !== undefined) byName.set(one.binding, [...(byName.get(one.binding) ?? []), one]);
  const recognize = (value: CodeValue, depth = 0): readonly DrizzleTable[] | undefined => {
    const site = callOf(bare(value));
    if (site === undefined) return undefined;
    const known = byCall.get(keyOf(site));
    if (known !== undefined) return [known];
    const aliased = exportOf(flow, site) === 'alias' || exportOf(flow, site) === 'aliasedTable' ? argumentOf(site, 0) : undefined;
    if (aliased === undefined || depth > 3) return undefined;
    return followValue(flow.program, aliased).flatMap((one) => recognize(one, depth + 1) ?? []);
  };
  return {
    all,
    recognize: (value) => recognize(value),
    named: (name) => byName.get(name) ?? [],
    unread: sites.filter(({ site }) => !byCall.has(keyOf(site))).map(({ site }) => site),
  };
}

const keyOf = ({ module, index }: CallSite): string => `${module.id} ${index}`;

/** The name of a variable or field whose value is a call: what the schema object calls the table. */
function bindingsOfCalls({ program }: CallFlow): ReadonlyMap<string, string> {
  return new Map(
    program.program.modules.flatMap(({ id, syntax }) =>
      syntax.declarations.flatMap(({ kind, binding, initializer }) => {
        const value = initializer?.kind === 'assertion' ? initializer.value : initializer;
        const isTable = kind === 'variable' && value?.kind === 'call' && binding !== undefined;
        return isTable ? [[`${id} ${value.call}`, binding] as const] : [];
      }),
    ),
  );
}

const exportOf = (flow: CallFlow, { module, call }: CallSite): string | undefined => {
  const referent = flow.program.resolveExpression(module.id, call.owner, call.callee);
  const isOf = (referent.kind === 'external' || referent.kind === 'external-instance') && rootPackage(referent.package) === 'drizzle-orm';
  return isOf ? referent.path.at(-1) : undefined;
};

/** How a call names the table it makes; undefined for a call that makes none. */
type Naming = (name: string) => string;

const plain: Naming = (name) => name;

function makerOf(flow: CallFlow, site: CallSite): Naming | undefined {
  const { callee, kind } = site.call;
  if (kind !== 'call' || site.call.arguments.length === 0) return undefined;
  const name = exportOf(flow, site);
  if (name !== undefined && makers.has(name)) return plain;
  if (callee.kind === 'member' && (callee.property === 'table' || callee.property === 'view' || callee.property === 'materializedView'))
    return schemaNaming(flow, valueAt(site, callee.object));
  return callee.kind === 'name' || callee.kind === 'member' ? creatorNaming(flow, valueAt(site, callee)) : undefined;
}

/** `pgSchema('billing').table('invoices', …)`. */
function schemaNaming(flow: CallFlow, value: CodeValue): Naming | undefined {
  const site = followValue(flow.program, value).map(callOf)[0];
  if (site === undefined || !schemas.has(exportOf(flow, site) ?? '')) return undefined;
  const name = argumentOf(site, 0);
  const schema = name === undefined ? undefined : textOf(flow, name);
  return (table) => qualifiedTable(schema, table);
}

/** `const table = pgTableCreator((name) => `shop_${name}`)`. */
function creatorNaming(flow: CallFlow, value: CodeValue): Naming | undefined {
  const site = followValue(flow.program, value).map(callOf)[0];
  const callback = site === undefined || !creators.has(exportOf(flow, site) ?? '') ? undefined : argumentOf(site, 0);
  if (callback?.expression.kind !== 'function') return undefined;
  const { module, expression } = callback;
  const returned = module.syntax.declarations[expression.declaration]?.returns?.values[0];
  if (returned === undefined) return undefined;
  const [text] = textsOf(flow.program, { module, owner: expression.declaration, expression: returned });
  return (name) => text?.parts.join(name) ?? name;
}

const textOf = (flow: CallFlow, value: CodeValue): string | undefined => {
  const [text, ...others] = textsOf(flow.program, value);
  return text === undefined || text.holes.length > 0 || others.length > 0 ? undefined : text.parts.join('');
};

function readTable(flow: CallFlow, site: CallSite, naming: Naming, binding: string | undefined): readonly DrizzleTable[] {
  const [first, definition] = [argumentOf(site, 0), argumentOf(site, 1)];
  const name = first === undefined ? undefined : textOf(flow, first);
  if (name === undefined) return [];
  const parts = definition === undefined ? [] : literalParts(flow, definition).parts;
  const columns = parts.map(({ key, value }) => ({ key, links: linksOf(value) }));
  return [
    {
      table: naming(name),
      columns: columns.map(({ key, links }) => columnName(flow, links) ?? key),
      references: columns.flatMap(({ key, links }) =>
        links.flatMap((link) => {
          const target = isMethod(link, 'references') ? argumentOf(link, 0) : undefined;
          const returned = target === undefined ? undefined : returnedBy(target);
          return returned === undefined
            ? []
            : [{ value: returned, column: columnName(flow, links) ?? key, at: siteLocation(flow.program, link) }];
        }),
      ),
      site,
      ...(binding === undefined ? {} : { binding }),
    },
  ];
}

const isMethod = ({ call }: CallSite, name: string): boolean => call.callee.kind === 'member' && call.callee.property === name;

/** The calls of a column's chain, from the outside in: `integer('author').notNull()`. */
function linksOf(value: CodeValue): readonly CallSite[] {
  const links: CallSite[] = [];
  for (let site = callOf(bare(value)); site !== undefined; ) {
    links.push(site);
    const { callee }: CallSite['call'] = site.call;
    site = callee.kind === 'member' ? callOf(bare(valueAt(site, callee.object))) : undefined;
  }
  return links;
}

/** `text('full_name')` says how the column is called; without a name its key does. */
function columnName(flow: CallFlow, links: readonly CallSite[]): string | undefined {
  const first = links.at(-1);
  const name = first === undefined ? undefined : argumentOf(first, 0);
  return name?.expression.kind === 'literal' ? textOf(flow, name) : undefined;
}

/** `() => authors.id`: the table that has the column. */
function returnedBy({ module, expression }: CodeValue): CodeValue | undefined {
  if (expression.kind !== 'function') return undefined;
  const returned = module.syntax.declarations[expression.declaration]?.returns?.values[0];
  const value = returned?.kind === 'assertion' ? returned.value : returned;
  return value?.kind === 'member' ? { module, owner: expression.declaration, expression: value.object } : undefined;
}

export function* tableFacts(flow: CallFlow, tables: DrizzleTables): Iterable<TableFact> {
  const seen = new Set<string>();
  for (const { table, columns, references, site } of tables.all) {
    if (seen.has(table)) continue;
    seen.add(table);
    yield {
      kind: 'table',
      id: toTableId(table),
      columns,
      references: references.flatMap(({ value, column, at }) =>
        followValue(flow.program, value)
          .flatMap((one) => tables.recognize(one) ?? [])
          .map((target) => ({ table: toTableId(target.table), columns: [column], at })),
      ),
      at: siteLocation(flow.program, site),
    };
  }
}

/** Relations by table: `relations(books, ({ one }) => ({ author: one(authors) }))`. */
export type DrizzleRelations = ReadonlyMap<string, ReadonlyMap<string, readonly DrizzleTable[]>>;

export function findRelations(flow: CallFlow, tables: DrizzleTables): DrizzleRelations {
  const found = new Map<string, Map<string, readonly DrizzleTable[]>>();
  const tablesAt = (value: CodeValue): readonly DrizzleTable[] =>
    followValue(flow.program, value).flatMap((one) => tables.recognize(one) ?? []);
  const add = (from: string, key: string, to: readonly DrizzleTable[]): void => {
    found.set(from, (found.get(from) ?? new Map<string, readonly DrizzleTable[]>()).set(key, to));
  };
  for (const site of callSites(flow.program)) {
    const name = exportOf(flow, site);
    if (name === 'relations') {
      const [owner, callback] = [argumentOf(site, 0), argumentOf(site, 1)];
      for (const { key, value } of callback === undefined ? [] : returnedParts(flow, callback)) {
        const call = callOf(bare(value));
        const target = call === undefined ? undefined : argumentOf(call, 0);
        for (const { table } of owner === undefined ? [] : tablesAt(owner)) add(table, key, target === undefined ? [] : tablesAt(target));
      }
    }
    if (name !== 'defineRelations' && name !== 'defineRelationsPart') continue;
    const callback = argumentOf(site, 1);
    for (const { key: from, value } of callback === undefined ? [] : returnedParts(flow, callback))
      for (const { key, value: relation } of literalParts(flow, value).parts) {
        // `r.many.posts({ … })`
        const callee = callOf(bare(relation))?.call.callee;
        for (const { table } of tables.named(from)) add(table, key, callee?.kind === 'member' ? tables.named(callee.property) : []);
      }
  }
  return found;
}

function returnedParts(flow: CallFlow, callback: CodeValue): ReturnType<typeof literalParts>['parts'] {
  return followValue(flow.program, callback).flatMap(({ module, owner, expression }) => {
    const referent = expression.kind === 'function' ? undefined : flow.program.resolveExpression(module.id, owner, expression);
    const found =
      expression.kind === 'function'
        ? { module, index: expression.declaration, declaration: module.syntax.declarations[expression.declaration] }
        : referent?.kind === 'symbol'
          ? declared(flow.program, referent.symbol)
          : undefined;
    const values = found?.declaration?.returns?.values ?? [];
    return found === undefined
      ? []
      : values.flatMap((value) => literalParts(flow, { module: found.module, owner: found.index, expression: value }).parts);
  });
}
