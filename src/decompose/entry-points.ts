import { groupBy } from '../lib/group.ts';
import { sortedBy, uniqueSorted } from '../lib/sort.ts';
import type { RouteFact, TableAccessFact, TriggerFact } from '../model/fact.ts';
import type { EntryPointId, ModuleId, RouteId, SymbolId, TableId } from '../model/ids.ts';
import { moduleOf } from '../model/ids.ts';
import { type EntryPointReach, isServed, type Monolith } from '../model/monolith.ts';
import { codeWords, domainWords } from './tokens.ts';

/** One use case of the monolith and what speaks for its place: the smallest thing that a service is made of. */
export interface EntryPoint {
  readonly id: EntryPointId | RouteId;
  /** Triggers with the same handler are one use case: the ids of the others. */
  readonly aliases: readonly EntryPointId[];
  readonly kind: 'route' | 'trigger';
  /** The module that registers or handles it: where a person would look for it. */
  readonly home: ModuleId;
  /** What the handler reaches, without the middleware that many routes share. */
  readonly own: Reach;
  /** Everything that runs for it, shared middleware included. */
  readonly all: Reach;
  /** Domain words with their weight, 0 to 1: path, handler, folders. */
  readonly tokens: ReadonlyMap<string, number>;
}

export interface Reach {
  readonly symbols: readonly SymbolId[];
  readonly modules: readonly ModuleId[];
  readonly reads: readonly TableId[];
  readonly writes: readonly TableId[];
  /** Of `writes`, those it only adds rows to. */
  readonly appends: readonly TableId[];
  readonly transactions: readonly string[];
}

/** Routes, and triggers that run code of the program after start-up; sorted by id. */
export function collectEntryPoints(monolith: Monolith): readonly EntryPoint[] {
  const context = createContext(monolith);
  const routes = monolith.routes.map((route) => toRouteEntryPoint(route, context));
  const running = sortedBy(
    monolith.triggers.filter(({ trigger, handler }) => trigger !== 'startup' && handler !== undefined),
    ({ id }) => id,
  );
  const triggers = [...groupBy(running, ({ handler }) => handler?.symbol).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [toTriggerEntryPoint(first, others, context)],
  );
  const unique = new Map([...routes, ...triggers].map((entryPoint) => [entryPoint.id, entryPoint]));
  return sortedBy(unique.values(), (entryPoint) => entryPoint.id);
}

interface Context {
  readonly accesses: ReadonlyMap<SymbolId, readonly TableAccessFact[]>;
  readonly reach: ReadonlyMap<string, EntryPointReach>;
}

const createContext = ({ accesses, reach }: Monolith): Context => ({
  accesses: groupBy(accesses, ({ symbol }) => symbol),
  reach: new Map(reach.map((reached) => [reached.entryPoint, reached])),
});

function toRouteEntryPoint(route: RouteFact, context: Context): EntryPoint {
  return {
    id: route.id,
    aliases: [],
    kind: 'route',
    home: route.handler.module,
    own: ownReach(route.id, [route.handler.module, route.at.file], context),
    all: completeReach(route.id, [route.handler.module, route.at.file], context),
    tokens: tokensOf(pathWeights(route.path), [
      [route.handler.module, 0.6],
      [route.at.file, 0.6],
      [symbolName(route.handler.symbol), 0.25],
    ]),
  };
}

function toTriggerEntryPoint(trigger: TriggerFact, others: readonly TriggerFact[], context: Context): EntryPoint {
  const handler = trigger.handler;
  const home = handler?.module ?? trigger.at.file;
  return {
    id: trigger.id,
    aliases: others.map(({ id }) => id),
    kind: 'trigger',
    home,
    own: ownReach(trigger.id, [home], context),
    all: completeReach(trigger.id, [home], context),
    tokens: tokensOf(
      [[isNamed(trigger) && others.length === 0 ? (trigger.detail ?? '') : '', 0.8]],
      [
        [home, 0.6],
        [handler === undefined ? '' : symbolName(handler.symbol), 0.4],
      ],
    ),
  };
}

/** Whether its detail is a name that people gave, not a time. */
const isNamed = ({ trigger }: TriggerFact): boolean => trigger === 'event' || trigger === 'queue';

/** Literal segments of a path, the later the lighter; parameters say nothing. */
const pathWeights = (path: string): readonly WeighedText[] =>
  path
    .split('/')
    .filter((segment) => !/[{<]/.test(segment) && domainWords(segment).size > 0)
    .map((segment, index) => [segment, 1 / (1 + index * 0.4)] as const);

type WeighedText = readonly [text: string, weight: number];

function tokensOf(names: readonly WeighedText[], code: readonly WeighedText[]): ReadonlyMap<string, number> {
  const tokens = new Map<string, number>();
  const add = (words: Iterable<string>, weight: number): void => {
    for (const word of words) tokens.set(word, Math.max(tokens.get(word) ?? 0, weight));
  };
  for (const [text, weight] of names) add(domainWords(text).keys(), weight);
  for (const [text, weight] of code) add(codeWords(text).keys(), weight);
  return tokens;
}

/** The last named part: anonymous functions are called after what holds them. */
const symbolName = (symbol: SymbolId): string => symbol.slice(symbol.indexOf('#') + 1).replace(/<[^>]*>/g, ' ');

function ownReach(id: EntryPointId | RouteId, modules: readonly ModuleId[], context: Context): Reach {
  const reach = context.reach.get(id);
  const symbols = reach?.own ?? reach?.symbols ?? [];
  const accesses = symbols.flatMap((symbol) => (context.accesses.get(symbol) ?? []).filter((access) => isServed(access, reach?.receivers)));
  const writes = uniqueSorted(accesses.filter(({ operation }) => operation !== 'read').map(({ table }) => table));
  return {
    symbols,
    modules: uniqueSorted([...modules, ...symbols.map(moduleOf)]),
    reads: uniqueSorted(accesses.filter(({ operation }) => operation === 'read').map(({ table }) => table)),
    writes,
    appends: writes.filter((name) =>
      accesses.every(({ table, operation }) => table !== name || operation === 'read' || operation === 'create'),
    ),
    transactions: uniqueSorted(accesses.flatMap(({ transaction }) => transaction ?? [])),
  };
}

function completeReach(id: EntryPointId | RouteId, modules: readonly ModuleId[], context: Context): Reach {
  const reach = context.reach.get(id);
  return {
    symbols: reach?.symbols ?? [],
    modules: uniqueSorted([...modules, ...(reach?.modules ?? [])]),
    reads: reach?.reads ?? [],
    writes: reach?.writes ?? [],
    appends: [],
    transactions: reach?.transactions ?? [],
  };
}
