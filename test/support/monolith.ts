import { compareText, sortedBy, uniqueSorted } from '../../src/lib/sort.ts';
import type {
  ChainLink,
  EnvironmentReadFact,
  RouteFact,
  StateFact,
  StateForm,
  TableAccessFact,
  TableFact,
  TableOperation,
  TransactionFact,
  TriggerFact,
} from '../../src/model/fact.ts';
import { moduleOf, type SymbolId, toEntryPointId, toModuleId, toRouteId, toTableId } from '../../src/model/ids.ts';
import type { SourceLocation } from '../../src/model/location.ts';
import type { EntryPointReach, ModuleDependency, ModuleSummary, Monolith } from '../../src/model/monolith.ts';
import type { CallEdge } from '../../src/model/program.ts';
import { findSharedMiddleware } from '../../src/model/shared-middleware.ts';

/**
 * A small {@link Monolith} from one line per fact; reach is computed from the calls. Modules exist by being named.
 *
 *     route GET /books -> src/books/routes.ts#list via src/auth.ts#requireUser session
 *     trigger schedule nightly -> src/jobs/nightly.ts#run
 *     call src/books/routes.ts#list -> src/books/store.ts#find
 *     import src/books/routes.ts -> src/books/types.ts type
 *     access src/books/store.ts#find read books in tx1
 *     table books -> authors
 *     state cache:read-through src/books/cache.ts#books by src/books/cache.ts#fill
 *     state module-variable:counter src/metrics.ts#open by src/metrics.ts#count
 *     env src/config.ts#<module> DATABASE_URL
 *     module src/books/store.ts 120
 *     entry src/server.ts
 */
export function monolith(description: string, name = 'bookshop'): Monolith {
  const draft = emptyDraft();
  description
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .forEach((line, index) => {
      readLine(draft, line, index + 1);
    });
  return finish(draft, name);
}

interface Draft {
  readonly routes: RouteFact[];
  readonly triggers: TriggerFact[];
  readonly calls: CallEdge[];
  readonly dependencies: ModuleDependency[];
  readonly accesses: TableAccessFact[];
  readonly tables: TableFact[];
  readonly state: StateFact[];
  readonly environment: EnvironmentReadFact[];
  readonly lines: Map<string, number>;
  readonly entries: string[];
  readonly transactions: Map<string, TransactionFact>;
}

const emptyDraft = (): Draft => ({
  routes: [],
  triggers: [],
  calls: [],
  dependencies: [],
  accesses: [],
  tables: [],
  state: [],
  environment: [],
  lines: new Map(),
  entries: [],
  transactions: new Map(),
});

const symbolOf = (text: string): SymbolId => text as SymbolId;
const at = (file: string, line: number): SourceLocation => ({ file: toModuleId(file), line, column: 1 });
const fileOf = (symbol: string): string => moduleOf(symbolOf(symbol));

function readLine(draft: Draft, line: string, number: number): void {
  const [verb = '', ...words] = line.split(/\s+/).filter((word) => word !== '->');
  const [first = '', second = '', third = '', ...rest] = words;
  switch (verb) {
    case 'route':
      draft.routes.push(routeFact({ method: first, path: second, handler: third, chain: rest.slice(1), number }));
      return;
    case 'trigger':
      draft.triggers.push(triggerFact(first, second, third, number));
      return;
    case 'call':
      draft.calls.push({
        from: symbolOf(first),
        to: symbolOf(second),
        kind: 'call',
        provenance: 'syntactic',
        at: at(fileOf(first), number),
      });
      return;
    case 'import':
      draft.dependencies.push({
        from: toModuleId(first),
        to: toModuleId(second),
        kind: third === 'type' ? 'type' : 'value',
        at: at(first, number),
      });
      return;
    case 'access':
      draft.accesses.push(accessFact(draft, first, second, third, rest[1], number));
      return;
    case 'table':
      draft.tables.push({
        kind: 'table',
        id: toTableId(first),
        columns: ['id'],
        references: words.slice(1).map((table) => ({ table: toTableId(table), columns: ['id'], at: at('schema.sql', number) })),
        at: at('schema.sql', number),
      });
      return;
    case 'state':
      draft.state.push(stateFact(first, second, words.slice(3), number));
      return;
    case 'env':
      draft.environment.push({
        kind: 'environment-read',
        variable: second,
        symbol: symbolOf(first),
        ...(third === '' ? {} : { default: third }),
        at: at(fileOf(first), number),
      });
      return;
    case 'module':
      draft.lines.set(first, Number(second));
      return;
    case 'entry':
      draft.entries.push(first);
      return;
    default:
      throw new Error(`line ${number} is no fact: ${line}`);
  }
}

function routeFact(options: { method: string; path: string; handler: string; chain: readonly string[]; number: number }): RouteFact {
  const { method, path, handler, chain, number } = options;
  const file = fileOf(handler);
  const place = at(file, number);
  const links = chain.map((text): ChainLink => {
    if (text === 'session') return { role: 'session', package: 'express-session', name: 'session()', scope: 'router', at: place };
    if (text === 'upload') return { role: 'upload', package: 'multer', name: 'upload.single()', scope: 'route', at: place };
    return { role: 'middleware', symbol: symbolOf(text), name: text, scope: 'router', at: place };
  });
  return {
    kind: 'route',
    id: toRouteId(method, path),
    method,
    path,
    localPath: path,
    framework: 'express',
    handler: { module: toModuleId(file), symbol: symbolOf(handler) },
    chain: [...links, { role: 'handler', symbol: symbolOf(handler), name: handler, scope: 'route', at: place }],
    guards: [],
    statements: [{ file: toModuleId(file), start: 0, end: 1 }],
    at: place,
  };
}

const triggerFact = (trigger: string, detail: string, handler: string, number: number): TriggerFact => ({
  kind: 'trigger',
  id: toEntryPointId(`${trigger} ${detail}`),
  trigger: trigger as TriggerFact['trigger'],
  detail,
  handler: { module: toModuleId(fileOf(handler)), symbol: symbolOf(handler) },
  library: 'node-cron',
  statement: { file: toModuleId(fileOf(handler)), start: 0, end: 1 },
  at: at(fileOf(handler), number),
});

function stateFact(kind: string, symbol: string, writers: readonly string[], number: number): StateFact {
  const [state = '', form] = kind.split(':');
  const file = toModuleId(fileOf(symbol));
  return {
    kind: 'state',
    state: state as StateFact['state'],
    symbol: symbolOf(symbol),
    summary: `${state} ${symbol}`,
    writers: writers.map(symbolOf),
    ...(form === undefined || form === 'read-through' ? {} : { form: form as StateForm }),
    ...(form === 'read-through' ? { readThrough: { readers: writers.map(symbolOf), store: { file, start: 0, end: 1 } } } : {}),
    at: at(file, number),
  };
}

function accessFact(
  draft: Draft,
  symbol: string,
  operation: string,
  table: string,
  transaction: string | undefined,
  number: number,
): TableAccessFact {
  const place = at(fileOf(symbol), number);
  if (transaction !== undefined && !draft.transactions.has(transaction))
    draft.transactions.set(transaction, {
      kind: 'transaction',
      id: transaction,
      symbol: symbolOf(symbol),
      form: 'callback',
      at: place,
    });
  return {
    kind: 'table-access',
    table: toTableId(table),
    symbol: symbolOf(symbol),
    operation: operation as TableOperation,
    library: 'pg',
    ...(transaction === undefined ? {} : { transaction }),
    at: place,
  };
}

function finish(draft: Draft, name: string): Monolith {
  const tables = new Map(draft.tables.map((table) => [table.id, table]));
  for (const { table, at: place } of draft.accesses)
    if (!tables.has(table)) tables.set(table, { kind: 'table', id: table, columns: ['id'], references: [], at: place });
  return {
    schemaVersion: 1,
    name,
    entries: draft.entries.map((module) => ({ module: toModuleId(module), reason: 'package-script' })),
    modules: modulesOf(draft),
    dependencies: dependenciesOf(draft),
    routes: sortedBy(draft.routes, (route) => route.id),
    triggers: sortedBy(draft.triggers, (trigger) => trigger.id),
    tables: sortedBy(tables.values(), (table) => table.id),
    accesses: draft.accesses,
    transactions: [...draft.transactions.values()],
    state: sortedBy(draft.state, (fact) => fact.symbol),
    environment: draft.environment,
    externalCalls: [],
    workloads: [],
    calls: draft.calls,
    reach: sortedBy(
      [...draft.routes, ...draft.triggers].map((entryPoint) => reachOf(draft, entryPoint)),
      (reach) => reach.entryPoint,
    ),
    cycles: [],
    orphans: [],
    counts: { calls: draft.calls.length, internal: draft.calls.length, external: 0, unresolved: 0, imports: 0, unresolvedImports: 0 },
  };
}

function modulesOf(draft: Draft): readonly ModuleSummary[] {
  const names = [
    ...draft.lines.keys(),
    ...draft.entries,
    ...draft.calls.flatMap(({ from, to }) => [fileOf(from), fileOf(to)]),
    ...draft.dependencies.flatMap(({ from, to }) => [from, to]),
    ...draft.accesses.map(({ symbol }) => fileOf(symbol)),
    ...draft.state.map(({ symbol }) => fileOf(symbol)),
    ...draft.environment.map(({ symbol }) => fileOf(symbol)),
    ...draft.routes.flatMap(({ chain }) => chain.flatMap(({ symbol }) => (symbol === undefined ? [] : [fileOf(symbol)]))),
    ...draft.triggers.flatMap(({ handler }) => (handler === undefined ? [] : [handler.module])),
  ];
  return uniqueSorted(names).map((id) => ({ id: toModuleId(id), lines: draft.lines.get(id) ?? 40, role: 'source', packages: [] }));
}

/** Written imports, and one value import for every call between two modules. */
function dependenciesOf(draft: Draft): readonly ModuleDependency[] {
  const byPair = new Map<string, ModuleDependency>();
  for (const { from, to, at: place } of draft.calls) {
    if (moduleOf(from) === moduleOf(to)) continue;
    const dependency: ModuleDependency = { from: moduleOf(from), to: moduleOf(to), kind: 'value', at: place };
    byPair.set(`${dependency.from} ${dependency.to}`, dependency);
  }
  for (const dependency of draft.dependencies) byPair.set(`${dependency.from} ${dependency.to}`, dependency);
  return [...byPair].sort(([left], [right]) => compareText(left, right)).map(([, dependency]) => dependency);
}

function symbolsFrom(draft: Draft, roots: readonly SymbolId[]): ReadonlySet<SymbolId> {
  const pending = [...roots];
  const symbols = new Set<SymbolId>();
  for (let symbol = pending.pop(); symbol !== undefined; symbol = pending.pop()) {
    if (symbols.has(symbol)) continue;
    symbols.add(symbol);
    for (const call of draft.calls) if (call.from === symbol) pending.push(call.to);
  }
  return symbols;
}

function reachOf(draft: Draft, entryPoint: RouteFact | TriggerFact): EntryPointReach {
  const chain = entryPoint.kind === 'route' ? entryPoint.chain.flatMap(({ symbol }) => symbol ?? []) : [];
  const shared = findSharedMiddleware(draft.routes);
  const handlers = entryPoint.handler === undefined ? [] : [entryPoint.handler.symbol];
  const symbols = symbolsFrom(draft, [...chain, ...handlers]);
  const own = symbolsFrom(draft, [...chain.filter((symbol) => !shared.has(symbol)), ...handlers]);
  const accesses = draft.accesses.filter(({ symbol }) => symbols.has(symbol));
  return {
    entryPoint: entryPoint.id,
    symbols: uniqueSorted(symbols),
    ...(own.size === symbols.size ? {} : { own: uniqueSorted(own) }),
    modules: uniqueSorted([...symbols].map(moduleOf)),
    reads: uniqueSorted(accesses.filter(({ operation }) => operation === 'read').map(({ table }) => table)),
    writes: uniqueSorted(accesses.filter(({ operation }) => operation !== 'read').map(({ table }) => table)),
    transactions: uniqueSorted(accesses.flatMap(({ transaction }) => transaction ?? [])),
    state: uniqueSorted(
      draft.state
        .filter(({ symbol, writers }) => symbols.has(symbol) || writers.some((writer) => symbols.has(writer)))
        .map(({ symbol }) => symbol),
    ),
  };
}
