import { qualifiedTable } from '../../../src/lib/sql/qualified-table.ts';
import type { TableOperation } from '../../../src/model/fact.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import type { OriginOf } from '../flow/client-library.ts';
import { argumentOf, type CodeValue } from '../flow/code-value.ts';
import { textsOf } from '../flow/constant-text.ts';
import { followValue } from '../flow/follow-value.ts';
import { type BuilderChain, type ChainCall, mainMethods, tableMethods } from './builder-chains.ts';

export interface ChainReading {
  readonly accesses: readonly { readonly table: string; readonly operation: TableOperation }[];
  /** Table names that could not be read, as far as they are known. */
  readonly unknown: readonly string[];
  /** Values that are the whole name of a table: callers, or classes further down, say which. */
  readonly passed: readonly { readonly name: CodeValue; readonly operation: TableOperation }[];
  /** The client of `.transacting(trx)`. */
  readonly transacting?: CodeValue;
}

/** The tables of a chain: the one it is about, with the operation of the chain, and those it joins. */
export function readChain(program: ProgramQueries, originOf: OriginOf, chain: BuilderChain): ChainReading {
  const schema = textArgument(
    program,
    chain.calls.find(({ method }) => method === 'withSchema'),
  );
  const accesses = new Map<string, { table: string; operation: TableOperation }>();
  const unknown: string[] = [];
  const passed: { name: CodeValue; operation: TableOperation }[] = [];
  const read = (argument: CodeValue, operation: TableOperation): void => {
    for (const name of tableNames(program, originOf, argument)) {
      if (name.kind === 'query' || chain.expressions.has(name.text)) continue;
      if (name.whole !== undefined) passed.push({ name: name.whole, operation });
      else if (name.kind === 'unknown') unknown.push(name.text);
      if (name.kind === 'unknown') continue;
      const table = qualifiedTable(schema, name.text);
      accesses.set(`${operation} ${table}`, { table, operation });
    }
  };
  for (const { method, site } of chain.calls) {
    const isMain = method === undefined || mainMethods.has(method);
    const argument = isMain || tableMethods.has(method) ? argumentOf(site, 0) : undefined;
    if (argument !== undefined) read(argument, isMain ? operationOf(chain) : 'read');
  }
  for (const argument of chain.continued) read(argument, operationOf(chain));
  const transacting = chain.calls.find(({ method }) => method === 'transacting');
  const client = transacting === undefined ? undefined : argumentOf(transacting.site, 0);
  return { accesses: [...accesses.values()], unknown, passed, ...(client === undefined ? {} : { transacting: client }) };
}

const changing: Readonly<Record<string, TableOperation>> = {
  insert: 'create',
  batchInsert: 'create',
  upsert: 'upsert',
  update: 'update',
  increment: 'update',
  decrement: 'update',
  del: 'delete',
  delete: 'delete',
  truncate: 'delete',
};

function operationOf({ calls }: BuilderChain): TableOperation {
  const methods = calls.flatMap(({ method }) => method ?? []);
  if (methods.includes('insert') && methods.includes('onConflict')) return 'upsert';
  const change = methods.find((method) => Object.hasOwn(changing, method));
  return (change === undefined ? undefined : changing[change]) ?? 'read';
}

interface TableName {
  readonly kind: 'name' | 'unknown' | 'query';
  readonly text: string;
  /** The value that is the whole name. */
  readonly whole?: CodeValue;
}

/** `orders`, `orders as o`, `{ o: 'orders' }`; a function or another builder is a query of its own. */
function tableNames(program: ProgramQueries, originOf: OriginOf, argument: CodeValue): readonly TableName[] {
  return followValue(program, argument).flatMap((value): readonly TableName[] => {
    const { expression } = value;
    if (expression.kind === 'function' || (expression.kind === 'call' && isQuery(originOf, value))) return [{ kind: 'query', text: '' }];
    if (expression.kind === 'object')
      return expression.properties.flatMap((property) => tableNames(program, originOf, { ...value, expression: property.value }));
    return textsOf(program, value).map(({ parts, holes }) =>
      holes.length > 0
        ? { kind: 'unknown', text: parts.join('…'), ...wholeName(parts, holes) }
        : { kind: 'name', text: plainName(parts.join('')) },
    );
  });
}

function wholeName(parts: readonly string[], [hole]: readonly CodeValue[]): Pick<TableName, 'whole'> {
  const isWhole = parts.length === 2 && /^(?:\s+(?:as\s+)?\w+)?$/i.test(parts.join(''));
  return hole === undefined || !isWhole ? {} : { whole: hole };
}

const isQuery = (originOf: OriginOf, value: CodeValue): boolean => {
  const origin = originOf(value);
  return origin.kind === 'package' && origin.package === 'knex';
};

/** The name without alias, quotes and the default schema. */
export const plainName = (text: string): string =>
  text
    .trim()
    .replace(/\s+(?:as\s+)?\w+$/i, '')
    .replaceAll(/["`]/g, '')
    .replace(/^public\./, '');

function textArgument(program: ProgramQueries, link: ChainCall | undefined): string | undefined {
  const argument = link === undefined ? undefined : argumentOf(link.site, 0);
  const [text] = argument === undefined ? [] : textsOf(program, argument);
  return text === undefined || text.holes.length > 0 ? undefined : text.parts.join('');
}
