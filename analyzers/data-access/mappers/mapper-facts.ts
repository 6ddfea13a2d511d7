import { placeKey } from '../../../src/lib/place.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { FactOf } from '../../../src/model/fact.ts';
import { toTableId } from '../../../src/model/ids.ts';
import { type CallSite, type CodeValue, callerOf, callSites, siteLocation, type valueAt } from '../flow/code-value.ts';
import { createClientRoots } from './client-root.ts';
import type { MapperAccess } from './entity.ts';
import type { Open } from './held-value.ts';
import { ownSituation, type Situation, situationsFor } from './lift.ts';
import type { MapperReader, OperationReading, PlacedCall } from './reading.ts';
import type { RunningTransactions } from './transactions.ts';

export interface MapperSearch {
  readonly library: string;
  readonly reader: MapperReader;
  readonly transactions: RunningTransactions;
  /** What says in which transaction a call runs; the start of its chain when absent. */
  clientOf?(call: PlacedCall): CodeValue | undefined;
  /** Methods worth a look. */
  mayAccess(method: string, site: CallSite): boolean;
  /** What a call does in a context; undefined when it is none of the mapper's. */
  read(call: PlacedCall): OperationReading | undefined;
}

type Found = FactOf<'table-access'> | Diagnostic;

/** Accesses of every call, in each situation that decides on the table. */
export function* mapperAccesses(search: MapperSearch): Iterable<Found> {
  const { reader } = search;
  for (const site of callSites(reader.flow.program)) {
    const { callee, kind } = site.call;
    if (kind !== 'call' || callee.kind !== 'member' || !search.mayAccess(callee.property, site)) continue;
    yield* accessesAt(search, site, callee.property);
  }
}

function* accessesAt(search: MapperSearch, site: CallSite, method: string): Iterable<Found> {
  const { flow, values } = search.reader;
  const own = ownSituation(values, site);
  const told = new Set<string>();
  const findings: Found[] = [];
  const unknown = new Set<string>();
  const seen = new Set<string>();
  const visit = (situation: Situation): boolean => {
    const optionContext = situation.caller === undefined ? own.context : situation.context;
    const reading = search.read({ site, context: situation.context, method, optionContext });
    if (reading === undefined) return false;
    for (const fact of factsOf(search, site, situation, reading.accesses)) {
      const key = `${fact.table} ${fact.operation} ${fact.symbol} ${placeKey(fact.at)} ${fact.transaction ?? ''} ${fact.receiver ?? ''}`;
      if (!told.has(key)) findings.push(fact);
      told.add(key);
    }
    for (const text of reading.partial)
      findings.push({ code: 'partial-query', data: { library: search.library, text }, at: siteLocation(flow.program, site) });
    let isAnswered = reading.accesses.length > 0;
    for (const open of reading.opens) {
      const key = `${open.symbol}<${open.name ?? ''} ${situation.receiver ?? ''} ${situation.caller === undefined ? '' : `${situation.caller.module.id} ${situation.caller.index}`}`;
      if (seen.has(key)) continue;
      seen.add(key);
      for (const next of situationsFor(values, site, open, situation)) isAnswered = visit(next) || isAnswered;
    }
    if (!isAnswered) for (const text of reading.unknown) unknown.add(text);
    return isAnswered;
  };
  const below = inheritedBy(search.reader, site);
  const isAnswered =
    below.length === 0 ? visit(own) : below.flatMap((open) => situationsFor(values, site, open, own).map(visit)).includes(true);
  yield* findings;
  if (!isAnswered)
    for (const text of unknown)
      yield { code: 'unknown-table', data: { library: search.library, text }, at: siteLocation(flow.program, site) };
}

/** `this.save()` in a base class that is no entity, but whose subclasses are: they say which table it is. */
function inheritedBy({ values, entities }: MapperReader, { module, call }: CallSite): readonly Open[] {
  const around =
    call.callee.kind === 'member' && call.callee.object.kind === 'this' ? values.classes.around(module, call.owner) : undefined;
  if (around === undefined || entities.of(around.symbol) !== undefined) return [];
  const isBase = values.hierarchy.descendantsOf(around.symbol).some(({ symbol }) => entities.of(symbol) !== undefined);
  return isBase ? [{ kind: 'open', symbol: around.symbol, name: 'this' }] : [];
}

function* factsOf(
  { reader, library, transactions, clientOf }: MapperSearch,
  site: CallSite,
  { caller, receiver, context }: Situation,
  accesses: readonly MapperAccess[],
): Iterable<FactOf<'table-access'>> {
  if (accesses.length === 0) return;
  const { program } = reader.flow;
  const place = caller ?? site;
  const symbol = callerOf(program, place);
  const { callee } = site.call;
  const root =
    clientOf === undefined
      ? createClientRoots(reader, transactions.isHolder).of(site)
      : clientOf({ site, context, method: callee.kind === 'member' ? callee.property : '' });
  const client = caller === undefined || root === undefined ? root : (passedRoot(reader, root, caller) ?? root);
  const named = new Set(accesses.flatMap(({ table, operation, through }) => (through === undefined ? [`${operation} ${table}`] : [])));
  for (const { table, operation, through } of accesses) {
    if (through !== undefined && named.has(`${operation} ${table}`)) continue;
    for (const transaction of transactions.runningIn(client, place, symbol))
      yield {
        kind: 'table-access',
        table: toTableId(table),
        symbol,
        operation,
        library,
        ...(transaction === undefined ? {} : { transaction }),
        ...(receiver === undefined ? {} : { receiver }),
        ...(through === undefined ? {} : { through }),
        at: siteLocation(program, place),
      };
  }
}

/** What a call hands in for the client that the code uses. */
function passedRoot({ flow }: MapperReader, root: ReturnType<typeof valueAt>, caller: CallSite): ReturnType<typeof valueAt> | undefined {
  const { expression, module, owner } = root;
  if (expression.kind !== 'name') return undefined;
  const referent = flow.program.resolveName(module.id, owner, expression.name, expression.span.start);
  const found = referent.kind === 'symbol' ? flow.program.declaration(referent.symbol) : undefined;
  const declaration = found?.module.syntax.declarations[found.index];
  if (referent.kind !== 'symbol' || found === undefined || declaration?.kind !== 'parameter') return undefined;
  return flow.argumentFor(caller, { symbol: referent.symbol, ...found, declaration });
}
