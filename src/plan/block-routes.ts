import { addTo } from '../lib/add-to.ts';
import { groupBy } from '../lib/group.ts';
import type { RouteFact, StateFact } from '../model/fact.ts';
import { type ModuleId, moduleOf, type RouteId, type SymbolId } from '../model/ids.ts';
import type { SourceLocation } from '../model/location.ts';
import type { Monolith } from '../model/monolith.ts';
import { effectOf, type StateSpread } from './state-effects.ts';

/** What state one route depends on, and what that means for it. */
export interface RouteState {
  /** Why it cannot move, the first reason by place; absent when it can. */
  readonly blockedBy?: { readonly text: string; readonly at: SourceLocation; readonly needs: 'store' | 'long-running-process' };
  /** Caches that are emptied before each request. */
  readonly emptied?: readonly { readonly text: string; readonly at: SourceLocation }[];
  readonly degraded: readonly { readonly text: string; readonly at: SourceLocation; readonly state: StateFact['state'] }[];
}

/** Reads, for every route, which in-memory or local state it reaches or is wrapped in. */
export function readRouteStates(monolith: Monolith): ReadonlyMap<RouteId, RouteState> {
  const facts = groupBy(monolith.state, ({ symbol }) => symbol);
  const reached = new Map(monolith.reach.map(({ entryPoint, state }) => [entryPoint as string, state]));
  const byState = groupBy(monolith.state, ({ state }) => state);
  const packages = new Map(monolith.modules.map((module) => [module.id, module.packages]));
  const used = monolith.routes.map((route) => {
    const direct = (reached.get(route.id) ?? []).flatMap((symbol: SymbolId) => facts.get(symbol) ?? []);
    return { id: route.id, facts: new Set([...direct, ...stateOfChain(route, byState, packages)]) };
  });
  const spread = spreadOf(
    used.map((route) => route.facts),
    createIsShared(monolith),
  );
  return new Map(used.map(({ id, facts: state }) => [id, toRouteState([...state], spread)]));
}

/** From this number of routes on, state that more than half of them touch is bookkeeping. */
const MANY_ROUTES = 8;

function spreadOf(used: readonly ReadonlySet<StateFact>[], isShared: (fact: StateFact) => boolean): (fact: StateFact) => StateSpread {
  const counts = new Map<StateFact, number>();
  for (const facts of used) for (const fact of facts) addTo(counts, fact, 1);
  return (fact) => {
    if (!isShared(fact)) return 'unshared';
    return used.length >= MANY_ROUTES && (counts.get(fact) ?? 0) * 2 > used.length ? 'most-routes' : 'some-routes';
  };
}

/**
 * Whether a request reads what a request or other work after start-up wrote. Where writers or readers are not known,
 * whoever reaches the state may be one.
 */
function createIsShared({ routes, reach }: Monolith): (fact: StateFact) => boolean {
  const ids = new Set<string>(routes.map(({ id }) => id));
  const ofRoutes = new Set<SymbolId>();
  const ofAll = new Set<SymbolId>();
  for (const { entryPoint, symbols } of reach) {
    for (const symbol of symbols) {
      ofAll.add(symbol);
      if (ids.has(entryPoint)) ofRoutes.add(symbol);
    }
  }
  return ({ writers, readers }) =>
    (writers.length === 0 || writers.some((writer) => ofAll.has(writer))) &&
    (readers === undefined || readers.some((reader) => ofRoutes.has(reader)));
}

/** Middleware of packages keeps state that no function of the program names: sessions, uploads to the disk, rate limits. */
function stateOfChain(
  { chain }: RouteFact,
  byState: ReadonlyMap<StateFact['state'], readonly StateFact[]>,
  packages: ReadonlyMap<ModuleId, readonly string[]>,
): readonly StateFact[] {
  const uploads = chain.filter(({ role }) => role === 'upload');
  const files = new Set<ModuleId>(uploads.flatMap(({ at, symbol }) => [at.file, ...(symbol === undefined ? [] : [moduleOf(symbol)])]));
  const libraries = new Set(uploads.flatMap((link) => link.package ?? []));
  const isOfUpload = ({ at, writers }: StateFact): boolean =>
    writers.length === 0 && (files.has(at.file) || (packages.get(at.file) ?? []).some((name) => libraries.has(name)));
  const hasSession = chain.some(({ role }) => role === 'session');
  return [...(hasSession ? (byState.get('session') ?? []) : []), ...(byState.get('local-file') ?? []).filter(isOfUpload)];
}

function toRouteState(facts: readonly StateFact[], spread: (fact: StateFact) => StateSpread): RouteState {
  const effects = [...facts].sort(byPlace).map((fact) => ({ fact, effect: effectOf(fact, spread(fact)) }));
  const degraded = effects.flatMap(({ fact, effect }) =>
    effect.kind === 'degrades' ? [{ text: effect.text, at: fact.at, state: fact.state }] : [],
  );
  const emptied = effects.flatMap(({ fact, effect }) => (effect.kind === 'empties' ? [{ text: effect.text, at: fact.at }] : []));
  const [blocking] = effects.flatMap(({ fact, effect }) =>
    effect.kind === 'blocks' ? [{ text: effect.text, at: fact.at, needs: effect.needs }] : [],
  );
  return { degraded, ...(emptied.length === 0 ? {} : { emptied }), ...(blocking === undefined ? {} : { blockedBy: blocking }) };
}

const byPlace = (left: StateFact, right: StateFact): number =>
  left.at.file < right.at.file ? -1 : left.at.file > right.at.file ? 1 : left.at.line - right.at.line || left.at.column - right.at.column;
