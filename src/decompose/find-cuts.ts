import { closure } from '../lib/graph/closure.ts';
import { groupBy } from '../lib/group.ts';
import { sortedBy } from '../lib/sort.ts';
import type { CutDependency } from '../model/decomposition.ts';
import type { TableAccessFact } from '../model/fact.ts';
import { type ModuleId, moduleOf, nameOf, type ServiceId, type SymbolId, type TableId } from '../model/ids.ts';
import type { SourceLocation } from '../model/location.ts';
import type { Monolith } from '../model/monolith.ts';

export interface CutInput {
  readonly monolith: Monolith;
  readonly moduleOwners: ReadonlyMap<ModuleId, ServiceId>;
  readonly tableOwners: ReadonlyMap<TableId, ServiceId>;
  /** Functions that the entry points of each service run. */
  readonly reached: ReadonlyMap<ServiceId, ReadonlySet<SymbolId>>;
}

/** Every dependency that a cut between the services severs, with a way out; sorted. */
export function findCuts(input: CutInput): readonly CutDependency[] {
  return sortedBy(
    [...calls(input), ...sharedTables(input), ...transactions(input), ...foreignKeys(input), ...types(input), ...state(input)],
    (cut) => [cut.from, cut.to, cut.kind, cut.table ?? '', placeKey(cut.at), cut.fromSymbol ?? '', cut.toSymbol ?? ''].join('\u0000'),
  );
}

const placeKey = ({ file, line, column }: SourceLocation): string =>
  `${file}:${String(line).padStart(7, '0')}:${String(column).padStart(7, '0')}`;

/** One cut for each pair of symbols, at its first call. Only code that entry points run counts: start-up code stays. */
function calls({ monolith, moduleOwners, reached }: CutInput): readonly CutDependency[] {
  const callers = groupBy(monolith.calls, ({ to }) => to);
  const touchingTables = closure(
    monolith.accesses.map(({ symbol }) => symbol),
    (symbol) => (callers.get(symbol) ?? []).map(({ from }) => from),
  );
  const cuts = new Map<string, CutDependency>();
  for (const { from: fromSymbol, to: toSymbol, at } of monolith.calls) {
    const from = moduleOwners.get(moduleOf(fromSymbol));
    const to = moduleOwners.get(moduleOf(toSymbol));
    if (from === undefined || to === undefined || from === to) continue;
    // What code of several services is made with differs: only the calls that the service's own entry points run count.
    if (!reached.get(from)?.has(fromSymbol) || !reached.get(from)?.has(toSymbol)) continue;
    const key = `${fromSymbol} ${toSymbol}`;
    if (cuts.has(key)) continue;
    const remedy = touchingTables.has(toSymbol) ? 'api-call' : 'copy';
    const wayOut =
      remedy === 'api-call'
        ? `until phase 6 the slice takes ${nameOf(toSymbol)} along and shares the database; afterwards it calls ${to}`
        : `${nameOf(toSymbol)} touches no table: the slice keeps a copy`;
    cuts.set(key, {
      from,
      to,
      kind: 'call',
      fromSymbol,
      toSymbol,
      remedy,
      text: `${nameOf(fromSymbol)} calls ${nameOf(toSymbol)} of ${to}; ${wayOut}`,
      at,
    });
  }
  return [...cuts.values()];
}

/** One cut for each service and foreign table, at the first write, else the first read. */
function sharedTables({ monolith, tableOwners, reached }: CutInput): readonly CutDependency[] {
  const bySymbol = groupBy(monolith.accesses, ({ symbol }) => symbol);
  const cuts: CutDependency[] = [];
  for (const [from, symbols] of reached) {
    const foreign = groupBy(
      [...symbols]
        .flatMap((symbol) => bySymbol.get(symbol) ?? [])
        .filter(({ table }) => ![undefined, from].includes(tableOwners.get(table))),
      ({ table }) => table,
    );
    for (const [table, accesses] of foreign) {
      const to = tableOwners.get(table);
      const [first] = sortedBy(accesses, ({ operation, at }) => `${operation === 'read' ? 1 : 0}${placeKey(at)}`);
      if (to !== undefined && first !== undefined) cuts.push(tableCut({ from, to, table, accesses, first }));
    }
  }
  return cuts;
}

interface TableUse {
  readonly from: ServiceId;
  readonly to: ServiceId;
  readonly table: TableId;
  readonly accesses: readonly TableAccessFact[];
  /** The access shown: the first write, else the first read. */
  readonly first: TableAccessFact;
}

function tableCut({ from, to, table, accesses, first }: TableUse): CutDependency {
  const writes = first.operation !== 'read';
  const count = accesses.filter(({ operation }) => (operation !== 'read') === writes).length;
  const wayOut = writes ? `an API of ${to}, the single writer` : `an API call or a read model fed by ${to}`;
  return {
    from,
    to,
    kind: 'shared-table',
    table,
    fromSymbol: first.symbol,
    remedy: writes ? 'api-call' : 'read-model',
    text: `${from} ${writes ? 'writes' : 'reads'} table ${table} of ${to} in ${count} ${count === 1 ? 'place' : 'places'}; until phase 6 both use the same database, afterwards ${wayOut}`,
    at: first.at,
  };
}

/** A transaction that writes tables of others, for each service that runs it: whole until phase 6, a saga afterwards. */
function transactions({ monolith, tableOwners, reached }: CutInput): readonly CutDependency[] {
  const accesses = groupBy(
    monolith.accesses.filter(({ transaction, operation }) => transaction !== undefined && operation !== 'read'),
    ({ transaction }) => transaction,
  );
  return monolith.transactions.flatMap(({ id, symbol, at }) => {
    const written = accesses.get(id) ?? [];
    const owners = sortedBy(new Set(written.flatMap(({ table }) => tableOwners.get(table) ?? [])), (owner) => owner);
    const runners = [...reached].filter(([, symbols]) => symbols.has(symbol)).map(([service]) => service);
    const pairs = runners.flatMap((home) => owners.filter((owner) => owner !== home).map((to) => ({ home, to })));
    return pairs.map(({ home, to }): CutDependency => {
      const tables = sortedBy(
        new Set(written.filter(({ table }) => tableOwners.get(table) === to).map(({ table }) => table)),
        (table) => table,
      );
      return {
        from: home,
        to,
        kind: 'transaction',
        fromSymbol: symbol,
        ...(tables[0] === undefined ? {} : { table: tables[0] }),
        remedy: 'saga',
        text: `one transaction of ${home} also writes ${tables.join(', ')} of ${to}; until phase 6 it moves whole, afterwards it needs a saga with an outbox`,
        at,
      };
    });
  });
}

function foreignKeys({ monolith, tableOwners }: CutInput): readonly CutDependency[] {
  return monolith.tables.flatMap(({ id, references }) =>
    references.flatMap(({ table, at }): readonly CutDependency[] => {
      const [from, to] = [tableOwners.get(id), tableOwners.get(table)];
      if (from === undefined || to === undefined || from === to) return [];
      return [
        {
          from,
          to,
          kind: 'foreign-key',
          table: id,
          remedy: 'shared-database',
          text: `${id} references ${table} of ${to}; the constraint stays while both share the database and is dropped in phase 6`,
          at,
        },
      ];
    }),
  );
}

/** Types of another service: gone at run time, so a contract package is enough. */
function types({ monolith, moduleOwners }: CutInput): readonly CutDependency[] {
  return monolith.dependencies.flatMap(({ from: importer, to: imported, kind, at }): readonly CutDependency[] => {
    const [from, to] = [moduleOwners.get(importer), moduleOwners.get(imported)];
    if (kind !== 'type' || from === undefined || to === undefined || from === to) return [];
    return [{ from, to, kind: 'type-only', remedy: 'contract', text: `${importer} uses types of ${imported}; they become a contract`, at }];
  });
}

/** State in memory that a service's functions change although its module belongs to another. */
function state({ monolith, moduleOwners, reached }: CutInput): readonly CutDependency[] {
  return monolith.state.flatMap(({ symbol, summary, writers, at }) => {
    const to = moduleOwners.get(moduleOf(symbol));
    if (to === undefined) return [];
    return [...reached].flatMap(([from, symbols]): readonly CutDependency[] => {
      const fromSymbol = writers.find((writer) => symbols.has(writer));
      if (from === to || fromSymbol === undefined) return [];
      return [
        {
          from,
          to,
          kind: 'state',
          fromSymbol,
          toSymbol: symbol,
          remedy: 'api-call',
          text: `${from} changes ${nameOf(symbol)}, which ${to} keeps in memory (${summary}); after the cut each process has its own`,
          at,
        },
      ];
    });
  });
}
