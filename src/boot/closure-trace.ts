import type { Node } from 'oxc-parser';
import { closure as reachable } from '../lib/graph/closure.ts';
import { groupBy } from '../lib/group.ts';
import { placeKey } from '../lib/place.ts';
import { sortedBy, uniqueSorted } from '../lib/sort.ts';
import type { BootClosure, ClosureCall } from '../model/boot-trace.ts';
import { type ClosureId, functionOf, moduleOf, type SymbolId } from '../model/ids.ts';
import type { Span } from '../model/location.ts';
import type { ProgramQueries } from '../model/program.ts';
import { type Closure, type ClosureGraph, ELSEWHERE } from './closure-graph.ts';

/**
 * The closures that were followed, as data: of the functions whose closures differ, or tell more than the call graph does.
 * Closures of one function that call the same at the same places are told as one; those that start-up registers keep
 * their ids.
 */
export function traceClosures(graph: ClosureGraph, program: ProgramQueries): readonly BootClosure[] {
  const told = tellAll(graph);
  const varying = findVarying(told, program);
  const symbols = new Map(told.map(({ closure: { id, symbol } }) => [id as string, symbol]));
  const targetOf = (target: ClosureId | SymbolId): ClosureId | SymbolId => {
    const symbol = symbols.get(target);
    return symbol === undefined || varying.has(symbol) ? target : symbol;
  };
  const kept = told.map(({ closure }) => closure).filter(({ symbol }) => varying.has(symbol));
  return sortedBy(
    kept.map((closure) => ({
      ...closure,
      calls: closure.calls.map(({ to, ...call }) => ({ ...call, to: uniqueSorted(to.map(targetOf)) })),
      makes: closure.makes.filter((made) => targetOf(made) === made),
    })),
    ({ id }) => id,
  );
}

interface Told {
  readonly closure: BootClosure;
  /** The same for closures of one function that go on in the same way. */
  readonly behavior: string;
}

function tellAll(graph: ClosureGraph): readonly Told[] {
  const followed = graph.followed();
  const resolved = resolvedPlaces(followed);
  const known = new Map<string, ClosureId>();
  const idOf = new Map<Closure, ClosureId>();
  const told: Told[] = [];
  const early = new Set<Closure>();
  const namedEarly = (closure: Closure): ClosureId => {
    early.add(closure);
    return closure.id;
  };
  // What a closure calls was followed to its end before the closure was, unless they call each other.
  for (const one of followed) {
    const closure = toBootClosure({
      closure: one,
      graph,
      resolved: resolved.get(one.symbol) ?? NOWHERE,
      idOf: (other) => idOf.get(other) ?? namedEarly(other),
    });
    const { id } = closure;
    const behavior = behaviorOf(closure);
    const same = known.get(behavior);
    if (same === undefined) known.set(behavior, id);
    if (same === undefined || one.isRegistered || early.has(one)) told.push({ closure, behavior });
    idOf.set(one, same ?? id);
  }
  return told;
}

/** A text that is the same for closures that go on in the same way; none of its parts has a line break. */
function behaviorOf({ id, symbol, calls, open, makes, isCut }: BootClosure): string {
  const named = (targets: readonly string[]): string => targets.map((target) => (target === id ? 'itself' : target)).join('\n');
  const placed = (span: Span | undefined): string => (span === undefined ? ELSEWHERE : `${span.start}-${span.end}`);
  const called = calls.map(({ span, to }) => `${placed(span)}\n${named(to)}`).join('\n\n');
  return `${symbol}\n${isCut === true}\n${open.map(placed).join()}\n${named(makes)}\n\n\n${called}`;
}

/** Functions of which it matters which closure runs: theirs differ, or lead to such, or narrow what the call graph says. */
function findVarying(told: readonly Told[], program: ProgramQueries): ReadonlySet<SymbolId> {
  const symbols = new Map(told.map(({ closure: { id, symbol } }) => [id as string, symbol]));
  const behaviors = groupBy(told, ({ closure }) => closure.symbol);
  const users = new Map<SymbolId, Set<SymbolId>>();
  for (const { closure } of told)
    for (const target of [...closure.makes, ...closure.calls.flatMap(({ to }) => to)]) {
      const used = symbols.get(target);
      if (used !== undefined) users.set(used, (users.get(used) ?? new Set()).add(closure.symbol));
    }
  const differing = [...behaviors].filter(
    ([, all]) => new Set(all.map(({ behavior }) => behavior)).size > 1 || all.some(({ closure }) => narrows(closure, program)),
  );
  return reachable(
    differing.map(([symbol]) => symbol),
    (symbol) => [...(users.get(symbol) ?? [])],
  );
}

/** Whether the call graph leads elsewhere where evaluation knows what is called: to other classes of an interface. */
function narrows({ symbol, calls, open }: BootClosure, program: ProgramQueries): boolean {
  const edges = program.callsFrom(symbol).filter(({ kind }) => kind === 'call');
  if (edges.length === 0) return false;
  const placeOf = ({ start }: Span): string => placeKey(program.location(moduleOf(symbol), start));
  const isOpen = new Set(open.map(placeOf));
  const targets = new Map<string, string[]>();
  for (const { span, to } of calls)
    if (span !== undefined) targets.set(placeOf(span), [...(targets.get(placeOf(span)) ?? []), ...to.map((target) => functionOf(target))]);
  return edges.some(({ to, at }) => {
    const known = targets.get(placeKey(at));
    return known !== undefined && !isOpen.has(placeKey(at)) && !known.includes(to);
  });
}

const NOWHERE: ReadonlySet<unknown> = new Set();

/** Places of calls that are resolved in some closure of each symbol. */
function resolvedPlaces(closures: readonly Closure[]): ReadonlyMap<SymbolId, ReadonlySet<unknown>> {
  const places = new Map<SymbolId, Set<unknown>>();
  for (const { symbol, calls } of closures) {
    const known = places.get(symbol) ?? new Set<unknown>();
    for (const place of calls.keys()) known.add(place);
    places.set(symbol, known);
  }
  return places;
}

interface Telling {
  readonly closure: Closure;
  readonly graph: ClosureGraph;
  readonly resolved: ReadonlySet<unknown>;
  /** The closure that stands for one. */
  readonly idOf: (closure: Closure) => ClosureId;
}

function toBootClosure({ closure, graph, resolved, idOf }: Telling): BootClosure {
  const toTarget = (callee: Closure | SymbolId): ClosureId | SymbolId =>
    typeof callee === 'string' ? callee : callee.state === 'done' ? idOf(callee) : callee.symbol;
  const toCall = ([place, callees]: readonly [Node | typeof ELSEWHERE, ReadonlySet<Closure | SymbolId>]): ClosureCall => {
    const targets = Array.from(callees, toTarget);
    const to = targets.length === 1 ? targets : uniqueSorted(targets);
    return place === ELSEWHERE ? { to } : { span: spanOf(place), to };
  };
  const made = closure.made.flatMap((value) => graph.of(value).filter(({ state }) => state === 'done'));
  const starts = new Set(Array.from(closure.calls.keys(), (call) => (call === ELSEWHERE ? -1 : call.start)));
  return {
    id: closure.id,
    symbol: closure.symbol,
    calls: Array.from(closure.calls, toCall).sort((left, right) => comparePlaces(left.span, right.span)),
    open: Array.from(closure.open)
      .filter((call) => resolved.has(call) || starts.has(call.start))
      .map(spanOf)
      .sort(comparePlaces),
    makes: uniqueSorted(made.map(idOf)),
    ...(closure.isCut ? { isCut: true } : {}),
  };
}

const spanOf = ({ start, end }: Node): Span => ({ start, end });

const comparePlaces = (left: Span | undefined, right: Span | undefined): number =>
  (left?.start ?? -1) - (right?.start ?? -1) || (left?.end ?? -1) - (right?.end ?? -1);
