import { closure } from '../lib/graph/closure.ts';
import { groupBy } from '../lib/group.ts';
import { placeKey } from '../lib/place.ts';
import { sortedBy } from '../lib/sort.ts';
import type { BootTrace } from '../model/boot-trace.ts';
import type { StateFact, TableAccessFact, TriggerFact } from '../model/fact.ts';
import type { DeclarationKind } from '../model/file-syntax.ts';
import { MODULE_INIT, moduleOf, nameOf, type SymbolId, toEntryPointId, toSymbolId } from '../model/ids.ts';
import type { SourceLocation } from '../model/location.ts';
import type { CallEdge, ProgramQueries } from '../model/program.ts';
import { type FlowEnds, keepsWhatIsGiven } from './value-flow.ts';

interface FillingInput {
  readonly program: ProgramQueries;
  readonly trace: BootTrace;
  readonly calls: readonly CallEdge[];
  readonly accesses: readonly TableAccessFact[];
  readonly state: readonly StateFact[];
}

/** Functions that every start calls and that fill memory or Redis with what they read from tables: caches that are warmed. */
export function startUpFillings(input: FillingInput): readonly TriggerFact[] {
  const { program, accesses, state } = input;
  const fillers = withFunctionsAround(program, [...state.flatMap(writersOf), ...accesses.filter(isKept)]);
  if (fillers.size === 0) return [];
  const calls = input.calls.filter(({ kind }) => kind === 'call');
  const [from, to] = [groupBy(calls, (call) => call.from), groupBy(calls, (call) => call.to)];
  const started = startedBy(input.trace, from);
  const readers = withFunctionsAround(program, accesses.filter(isRead));
  const [reads, writes] = [placesOf(accesses.filter(isRead)), placesOf(accesses.filter(isKept))];
  const ends = (symbol: SymbolId): FlowEnds => {
    const handed = placesOf((from.get(symbol) ?? []).filter((call) => libraryOf(call.to, readers, from) !== undefined));
    return { gives: (at) => reads.has(keyOf(at)) || handed.has(keyOf(at)), keeps: (at) => writes.has(keyOf(at)) };
  };
  const found = [...fillers.keys()].flatMap((symbol): readonly TriggerFact[] => {
    const place = started.has(symbol) ? to.get(symbol)?.find((call) => started.has(call.from)) : undefined;
    const library = place === undefined ? undefined : libraryOf(symbol, readers, from);
    const isFilled = library !== undefined && keepsWhatIsGiven(program, symbol, ends(symbol));
    return place === undefined || library === undefined || !isFilled ? [] : toTriggers(program, { symbol, library, place });
  });
  return sortedBy(found, ({ id }) => id);
}

/** What one process fills for others. */
const KEEPERS: ReadonlySet<string> = new Set(['redis']);
const isRead = ({ library, operation }: TableAccessFact): boolean => operation === 'read' && !KEEPERS.has(library);
const isKept = ({ library, operation }: TableAccessFact): boolean =>
  KEEPERS.has(library) && (operation === 'upsert' || operation === 'create' || operation === 'update');

const keyOf = (at: SourceLocation): string => `${at.file} ${placeKey(at)}`;
const placesOf = (all: readonly { readonly at: SourceLocation }[]): ReadonlySet<string> => new Set(all.map(({ at }) => keyOf(at)));

/** Who writes what others read later; what is made once or counted is filled from nothing. */
function writersOf({ state, form, writers, readers }: StateFact): readonly Doer[] {
  const isMemory = state === 'cache' || state === 'module-variable' || state === 'static-field';
  if (!isMemory || form !== undefined) return [];
  const isReadLater = (writer: SymbolId): boolean => readers === undefined || readers.some((reader) => reader !== writer);
  return writers.filter(isReadLater).map((symbol) => ({ symbol, library: 'memory' }));
}

const FUNCTIONS: ReadonlySet<DeclarationKind> = new Set(['function', 'method', 'arrow', 'object-member']);

/** A function, and through what it reads or writes. */
type Doer = Pick<TableAccessFact, 'symbol' | 'library'>;

/** Functions, and those in which they stand. */
function withFunctionsAround(program: ProgramQueries, doers: readonly Doer[]): ReadonlyMap<SymbolId, string> {
  const all = new Map<SymbolId, string>();
  const isFunction = (symbol: SymbolId): boolean => {
    const found = program.declaration(symbol);
    return FUNCTIONS.has(found?.module.syntax.declarations[found.index]?.kind ?? 'module');
  };
  for (const { symbol, library } of doers)
    for (let around: SymbolId | undefined = symbol; around !== undefined && isFunction(around); around = program.parentOf(around))
      all.set(around, all.get(around) ?? library);
  return all;
}

/** What start-up code calls by name, whatever it calls in turn. */
function startedBy({ evaluated, entries }: BootTrace, from: ReadonlyMap<SymbolId, readonly CallEdge[]>): ReadonlySet<SymbolId> {
  const modules = [...evaluated, ...entries.map(({ module }) => module)];
  return closure(
    modules.map((module) => toSymbolId(module, MODULE_INIT)),
    (symbol) => (from.get(symbol) ?? []).map(({ to }) => to),
  );
}

const FARTHEST = 2;

/** Through what a function, or what it calls, reads. */
function libraryOf(
  symbol: SymbolId,
  readers: ReadonlyMap<SymbolId, string>,
  from: ReadonlyMap<SymbolId, readonly CallEdge[]>,
): string | undefined {
  let latest: readonly SymbolId[] = [symbol];
  for (let depth = 0; depth <= FARTHEST; depth += 1) {
    const [found] = latest.flatMap((one) => readers.get(one) ?? []);
    if (found !== undefined) return found;
    latest = latest.flatMap((one) => from.get(one) ?? []).map((call) => call.to);
  }
  return undefined;
}

interface Filling {
  readonly symbol: SymbolId;
  readonly library: string;
  /** Where start-up calls it. */
  readonly place: CallEdge;
}

function toTriggers(program: ProgramQueries, { symbol, library, place: { at } }: Filling): readonly TriggerFact[] {
  const call = program.module(at.file)?.syntax.calls.find(({ span }) => placeKey(program.location(at.file, span.start)) === placeKey(at));
  if (call === undefined) return [];
  return [
    {
      kind: 'trigger',
      id: toEntryPointId(`startup state from tables ${moduleOf(symbol)}#${nameOf(symbol)}`),
      trigger: 'startup',
      detail: 'state from tables',
      handler: { module: moduleOf(symbol), symbol },
      library,
      statement: { file: at.file, ...call.span },
      at,
    },
  ];
}
