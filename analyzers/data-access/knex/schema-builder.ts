import { once } from '../../../src/lib/remember.ts';
import { qualifiedTable } from '../../../src/lib/sql/qualified-table.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { CallSyntax, Expression } from '../../../src/model/file-syntax.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import type { SqlDefinition, SqlReference } from '../../../src/model/sql.ts';
import type { CallFlow } from '../flow/call-flow.ts';
import type { OriginOf } from '../flow/client-library.ts';
import { argumentOf, bare, type CallSite, type CodeValue, callerOf, callOf, callSites, siteLocation, valueAt } from '../flow/code-value.ts';
import { textsOf } from '../flow/constant-text.ts';
import { followValue } from '../flow/follow-value.ts';
import { openText } from '../flow/named-stores.ts';
import type { PlacedDefinition } from '../schema/table-history.ts';
import { type ChainCall, unroll } from './builder-chains.ts';
import { plainName } from './read-chain.ts';

/** What migrations say of tables with `knex.schema.createTable('orders', (table) => …)`, but not what undoes them. */
export function schemaDefinitions(flow: CallFlow, originOf: OriginOf): readonly (PlacedDefinition | Diagnostic)[] {
  const sites = callSites(flow.program);
  const positions = once(() => new Map(sites.map(({ call, index }) => [call, index])));
  const reading: Reading = { flow, positionOf: (call) => positions().get(call) };
  return sites.flatMap((site): readonly (PlacedDefinition | Diagnostic)[] => {
    const { callee, kind } = site.call;
    if (kind !== 'call' || callee.kind !== 'member' || !Object.hasOwn(readers, callee.property)) return [];
    if (site.module.role !== 'source' || !isOnSchema(originOf, site) || /(?:^|[.#])down\b/.test(callerOf(flow.program, site))) return [];
    const name = argumentOf(site, 0);
    const table = textOf(flow, name);
    if (name !== undefined && table === undefined)
      return [{ code: 'unknown-table', data: { library: 'knex', text: openText(name) }, at: siteLocation(flow.program, site) }];
    const schema = table === undefined ? undefined : schemaOf(flow, site);
    const definition =
      table === undefined ? undefined : readers[callee.property]?.(reading, site, qualifiedTable(schema, plainName(table)));
    return definition === undefined ? [] : [{ definition, at: flow.program.location(site.module.id, definition.offset) }];
  });
}

interface Reading {
  readonly flow: CallFlow;
  /** Where a call stands among those of its file. */
  readonly positionOf: (call: CallSyntax) => number | undefined;
}

type Read = (reading: Reading, site: CallSite, table: string) => SqlDefinition | undefined;

const creates: Read = (reading, site, table) => {
  const { added, references } = readTable(reading, site);
  return { kind: 'create-table', table, columns: added, references, offset: offsetOf(site) };
};
const alters: Read = (reading, site, table) => {
  const { added, dropped, references } = readTable(reading, site);
  return { kind: 'alter-table', table, addedColumns: added, droppedColumns: dropped, references, offset: offsetOf(site) };
};
const drops: Read = (_reading, site, table) => ({ kind: 'drop-table', table, offset: offsetOf(site) });

const readers: Readonly<Record<string, Read>> = {
  createTable: creates,
  createTableIfNotExists: creates,
  table: alters,
  alterTable: alters,
  dropTable: drops,
  dropTableIfExists: drops,
  renameTable: ({ flow }, site, table) => {
    const to = textOf(flow, argumentOf(site, 1));
    return to === undefined
      ? undefined
      : { kind: 'rename-table', table, to: qualifiedTable(schemaOf(flow, site), to), offset: offsetOf(site) };
  },
};

/** Where the name stands: calls of one chain all begin at the same place. */
const offsetOf = ({ call }: CallSite): number => (call.arguments[0] ?? call).span.start;

/** `knex.schema`, also further down a chain; of a client nothing is known of, too: migrations of JavaScript are given one. */
function isOnSchema(originOf: OriginOf, site: CallSite): boolean {
  const { callee } = site.call;
  const object = callee.kind === 'member' ? bare(valueAt(site, callee.object)) : undefined;
  if (object === undefined) return false;
  const before = callOf(object);
  if (before !== undefined) return isOnSchema(originOf, before);
  const { expression } = object;
  if (expression.kind !== 'member' || expression.property !== 'schema') return false;
  const origin = originOf({ ...object, expression: expression.object });
  return origin.kind === 'package' ? origin.package === 'knex' : origin.kind === 'unknown';
}

/** `knex.schema.withSchema('shop').createTable('books', …)`. */
function schemaOf(flow: CallFlow, { module, call }: CallSite): string | undefined {
  const { callee } = call;
  const before = callee.kind === 'member' ? callOf(bare({ module, owner: call.owner, expression: callee.object })) : undefined;
  if (before?.call.callee.kind !== 'member') return undefined;
  return before.call.callee.property === 'withSchema' ? textOf(flow, argumentOf(before, 0)) : schemaOf(flow, before);
}

interface TableReading {
  readonly added: readonly string[];
  readonly dropped: readonly string[];
  readonly references: readonly SqlReference[];
}

/** The calls on the table builder that the callback is given. */
function readTable(reading: Reading, site: CallSite): TableReading {
  const { flow } = reading;
  const callback = site.call.arguments[1];
  const chains = (callback === undefined ? [] : functionsAt(flow.program, site, callback)).flatMap((found) =>
    chainsIn(reading, { ...found, position: 0 }),
  );
  return {
    added: [...new Set(chains.flatMap(([first]) => (first === undefined ? [] : columnsAdded(flow, first))))],
    dropped: chains.flatMap(([first]) => (first === undefined ? [] : columnsDropped(flow, first))),
    references: chains.flatMap((chain) => referenceOf(flow, chain)),
  };
}

type Chain = readonly ChainCall[];

/** Where a function is given the table builder. */
interface Receiver {
  readonly module: CallSite['module'];
  readonly index: number;
  readonly position: number;
}

/** Chains on the builder in a function, and in those that it hands the builder to: `addTimes(table)`. */
function chainsIn(reading: Reading, { module, index, position }: Receiver, depth = 0): readonly Chain[] {
  const { program } = reading.flow;
  const span = module.syntax.declarations[index]?.span ?? { start: 0, end: 0 };
  const builder = program
    .declarationsWithin(module.id, span)
    .find((one) => one.kind === 'parameter' && one.parent === index && one.position === position);
  const own = builder === undefined || depth > MOST_HANDED ? [] : program.callsWithin(module.id, span);
  const isBuilder = (expression: Expression): boolean => expression.kind === 'name' && expression.name === builder?.binding;
  const chains = own.flatMap((call) => {
    const at = reading.positionOf(call);
    return at === undefined ? [] : [unroll(module, at, call)];
  });
  const onBuilder = chains.filter(({ root: { expression } }) => isBuilder(expression));
  const inner = new Set(onBuilder.flatMap(({ links }) => links.slice(0, -1).map(({ site }) => site.index)));
  const handed = own.flatMap((call) => receiversOf(program, { module, call }, call.arguments.findIndex(isBuilder)));
  return [
    ...onBuilder.filter(({ links }) => !inner.has(links.at(-1)?.site.index ?? -1)).map(({ links }) => links),
    ...handed.flatMap((one) => chainsIn(reading, one, depth + 1)),
  ];
}

/** Further a builder is not followed: functions may hand it to each other. */
const MOST_HANDED = 3;

const receiversOf = (program: ProgramQueries, site: Pick<CallSite, 'module' | 'call'>, position: number): readonly Receiver[] =>
  position < 0 ? [] : functionsAt(program, site, site.call.callee).map((found) => ({ ...found, position }));

/** A function that is written where it is given, or named there. */
function functionsAt(
  program: ProgramQueries,
  { module, call }: Pick<CallSite, 'module' | 'call'>,
  given: Expression,
): readonly Pick<Receiver, 'module' | 'index'>[] {
  if (given.kind === 'function') return [{ module, index: given.declaration }];
  const referent = program.resolveExpression(module.id, call.owner, given);
  const found = referent.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
  return found === undefined ? [] : [found];
}

function columnsAdded(flow: CallFlow, { method = '', site }: ChainCall): readonly string[] {
  if (method === 'timestamps') return ['created_at', 'updated_at'];
  if (method === 'renameColumn') return textsAt(flow, site, 1);
  if (!columnMethods.has(method)) return [];
  return /ncrements$/.test(method) && site.call.arguments.length === 0 ? ['id'] : textsAt(flow, site, 0);
}

function columnsDropped(flow: CallFlow, { method = '', site }: ChainCall): readonly string[] {
  if (method === 'renameColumn') return textsAt(flow, site, 0);
  return /^dropColumns?$/.test(method) ? site.call.arguments.flatMap((_, position) => textsAt(flow, site, position)) : [];
}

/** `table.uuid('book_id').references('id').inTable('books')`, `table.foreign('book_id').references('books.id')`. */
function referenceOf(flow: CallFlow, chain: Chain): readonly SqlReference[] {
  const [first] = chain;
  const named = (method: string): string | undefined => {
    const link = chain.find((one) => one.method === method);
    return link === undefined ? undefined : textsAt(flow, link.site, 0)[0];
  };
  const target = named('inTable') ?? named('references')?.match(/^(.+)\.\w+$/)?.[1];
  const columns = first === undefined ? [] : textsAt(flow, first.site, 0);
  return target === undefined || columns.length === 0 ? [] : [{ table: plainName(target), columns }];
}

/** One text, or a list of texts. */
function textsAt(flow: CallFlow, site: CallSite, position: number): readonly string[] {
  const argument = argumentOf(site, position);
  const values = argument === undefined ? [] : followValue(flow.program, argument);
  return values
    .flatMap((value) =>
      value.expression.kind === 'array' ? value.expression.elements.map((expression) => ({ ...value, expression })) : [value],
    )
    .flatMap((value) => textOf(flow, value) ?? []);
}

function textOf(flow: CallFlow, value: CodeValue | undefined): string | undefined {
  const texts = value === undefined ? [] : textsOf(flow.program, value);
  const [text] = texts;
  return texts.length === 1 && text !== undefined && text.holes.length === 0 ? text.parts.join('') : undefined;
}

const columnMethods: ReadonlySet<string> = new Set([
  ...[
    'increments',
    'bigIncrements',
    'integer',
    'int',
    'tinyint',
    'smallint',
    'mediumint',
    'bigint',
    'bigInteger',
    'text',
    'string',
    'float',
  ],
  ...['double', 'decimal', 'boolean', 'bool', 'date', 'datetime', 'dateTime', 'time', 'timestamp', 'timestamps', 'binary', 'enum', 'enu'],
  ...['json', 'jsonb', 'uuid', 'geometry', 'geography', 'point', 'specificType', 'set'],
]);
