import type { SqlDefinition, SqlReference } from '../../../src/model/sql.ts';
import { type Chain, createChains } from '../flow/call-chains.ts';
import type { CallFlow } from '../flow/call-flow.ts';
import { argumentOf, bare, type CallSite, type CodeValue, callerOf, callOf, callSites, valueAt } from '../flow/code-value.ts';
import { textsOf } from '../flow/constant-text.ts';
import { followValue } from '../flow/follow-value.ts';
import type { PlacedDefinition } from '../schema/table-history.ts';
import type { DatabaseName } from './database-names.ts';

/** What migrations say of tables with `db.schema.createTable('orders').addColumn(…)`, but not what undoes them. */
export function schemaDefinitions(flow: CallFlow, nameOf: DatabaseName): readonly PlacedDefinition[] {
  const chainOf = createChains();
  return callSites(flow.program).flatMap((site): readonly PlacedDefinition[] => {
    const { callee, kind } = site.call;
    if (kind !== 'call' || callee.kind !== 'member' || !Object.hasOwn(readers, callee.property)) return [];
    if (!isOnSchema(site) || /(?:^|[.#])down\b/.test(callerOf(flow.program, site))) return [];
    const [table] = textsAt(flow, site, 0).map(nameOf);
    const offset = (site.call.arguments[0] ?? site.call).span.start;
    const read = readers[callee.property];
    if (table === undefined || read === undefined) return [];
    const definitions = read({ flow, nameOf, links: chainOf(site) }, table, offset);
    return definitions.map((definition) => ({ definition, at: flow.program.location(site.module.id, offset) }));
  });
}

interface Reading {
  readonly flow: CallFlow;
  readonly nameOf: DatabaseName;
  /** The calls that go on with the table. */
  readonly links: Chain;
}

type Read = (reading: Reading, table: string, offset: number) => readonly SqlDefinition[];

const readers: Readonly<Record<string, Read>> = {
  createTable: (reading, table, offset) => [
    { kind: 'create-table', table, columns: columnsBy(reading, 'addColumn'), references: referencesIn(reading), offset },
  ],
  alterTable: (reading, table, offset) => {
    const addedColumns = [...columnsBy(reading, 'addColumn'), ...columnsBy(reading, 'renameColumn', 1)];
    const droppedColumns = [...columnsBy(reading, 'dropColumn'), ...columnsBy(reading, 'renameColumn')];
    const [to] = columnsBy(reading, 'renameTo');
    return [
      { kind: 'alter-table', table, addedColumns, droppedColumns, references: referencesIn(reading), offset },
      ...(to === undefined ? [] : [{ kind: 'rename-table', table, to, offset } as const]),
    ];
  },
  dropTable: (_reading, table, offset) => [{ kind: 'drop-table', table, offset }],
};

/** `db.schema.createTable(…)`, also after `withSchema(…)`; the schema of Knex takes a function there. */
function isOnSchema(site: CallSite): boolean {
  const { callee } = site.call;
  if (site.module.role !== 'source' || callee.kind !== 'member' || site.call.arguments[1]?.kind === 'function') return false;
  const object = bare(valueAt(site, callee.object));
  const { expression } = callOf(object) === undefined ? object : innermost(object);
  return expression.kind === 'member' && expression.property === 'schema';
}

function innermost(value: CodeValue): CodeValue {
  const site = callOf(value);
  return site?.call.callee.kind === 'member' ? innermost(bare(valueAt(site, site.call.callee.object))) : value;
}

const columnsBy = ({ flow, nameOf, links }: Reading, wanted: string, position = 0): readonly string[] =>
  links.flatMap(({ method, site }) => (method === wanted ? textsAt(flow, site, position).map(nameOf) : []));

/** `addColumn('book', 'uuid', (column) => column.references('books.id'))`, `addForeignKeyConstraint('key', ['book'], 'books', ['id'])`. */
const referencesIn = (reading: Reading): readonly SqlReference[] =>
  reading.links.flatMap(({ method, site }) => {
    const { flow, nameOf } = reading;
    if (method === 'addForeignKeyConstraint')
      return textsAt(flow, site, 2).map((table) => ({ table: nameOf(table), columns: textsAt(flow, site, 1).map(nameOf) }));
    return method === 'addColumn'
      ? referencedBy(flow, site).map((table) => ({ table: nameOf(table), columns: textsAt(flow, site, 0).map(nameOf) }))
      : [];
  });

/** Tables that the function of a column names: `books` of `references('books.id')`. */
function referencedBy(flow: CallFlow, { module, call }: CallSite): readonly string[] {
  const build = call.arguments[2];
  const span = build?.kind === 'function' ? module.syntax.declarations[build.declaration]?.span : undefined;
  if (span === undefined) return [];
  return flow.program.callsWithin(module.id, span).flatMap(({ callee, owner, arguments: [first] }) => {
    if (callee.kind !== 'member' || callee.property !== 'references' || first === undefined) return [];
    const [text] = textsIn(flow, { module, owner, expression: first });
    return text?.match(/^(.+)\.\w+$/)?.[1] ?? [];
  });
}

function textsAt(flow: CallFlow, site: CallSite, position: number): readonly string[] {
  const argument = argumentOf(site, position);
  return argument === undefined ? [] : textsIn(flow, argument);
}

/** One text, or a list of texts. */
const textsIn = ({ program }: CallFlow, value: CodeValue): readonly string[] =>
  followValue(program, value)
    .flatMap((one) => (one.expression.kind === 'array' ? one.expression.elements.map((expression) => ({ ...one, expression })) : [one]))
    .flatMap((one) => {
      const [text, ...others] = textsOf(program, one);
      return text === undefined || others.length > 0 || text.holes.length > 0 ? [] : [text.parts.join('')];
    });
