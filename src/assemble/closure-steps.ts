import { groupBy } from '../lib/group.ts';
import { placeKey } from '../lib/place.ts';
import type { BootClosure, BootTrace } from '../model/boot-trace.ts';
import { type ClosureId, functionOf, moduleOf, type SymbolId } from '../model/ids.ts';
import type { SourceLocation, Span } from '../model/location.ts';
import type { CallEdge, ProgramQueries } from '../model/program.ts';
import type { IsParameterCall } from './parameter-calls.ts';

/** How the symbol-level call graph goes on from a symbol. */
export interface SymbolSteps {
  edgesFrom(symbol: SymbolId): readonly CallEdge[];
  /** What runs with a symbol because it stands in it. */
  enclosedBy(symbol: SymbolId): readonly SymbolId[];
  /** A variable inside a function: passed through, for functions in it. */
  isLocal(symbol: SymbolId): boolean;
}

export interface ClosureStepsInput {
  readonly program: ProgramQueries;
  readonly steps: SymbolSteps;
  readonly trace: Pick<BootTrace, 'calls' | 'closures'>;
  readonly isParameterCall: IsParameterCall;
}

type Target = SymbolId | ClosureId;

/**
 * How reach goes on from a closure. Its own calls come first: of a call that evaluation resolved, the symbol-level edges
 * are left out, and so are those that evaluation found for other closures of the same function. Everything else is the
 * union: calls evaluation did not see or not resolve, and all of them where it had to stop.
 */
export function createClosureSteps(input: ClosureStepsInput): (closure: BootClosure) => readonly Target[] {
  const { program, steps } = input;
  const union = createUnionCalls(input);

  return ({ symbol, calls, open, makes, isCut = false }) => {
    const placeOf = ({ start }: Span): string => placeKey(program.location(moduleOf(symbol), start));
    const own = groupBy(
      calls,
      ({ span }) => (span === undefined ? '' : placeOf(span)),
      ({ to }) => to.map(functionOf),
    );
    const isOpen = new Set(open.map(placeOf));
    const made = groupBy(makes, functionOf);
    const isFollowed = ({ to, at, kind, provenance }: CallEdge): boolean => {
      const targets = own.get(placeKey(at));
      if (provenance === 'boot' || made.has(to) || targets?.some((list) => list.includes(to)) === true) return false;
      return isCut || kind !== 'call' || targets === undefined || isOpen.has(placeKey(at));
    };
    const inside = (outer: SymbolId): readonly Target[] =>
      steps.enclosedBy(outer).flatMap((inner): readonly Target[] => {
        const values = made.get(inner);
        if (values !== undefined) return values;
        return steps.isLocal(inner) ? [...steps.edgesFrom(inner).map(({ to }) => to), ...inside(inner)] : [inner];
      });
    return [
      ...calls.flatMap(({ to }) => to),
      ...steps
        .edgesFrom(symbol)
        .filter(isFollowed)
        .map(({ to }) => to),
      ...inside(symbol),
      ...(isCut ? union(symbol) : open.flatMap(({ end }) => union(symbol, end))).filter((target) => !made.has(target)),
    ];
  };
}

/**
 * What evaluation found a function to call, at start-up and in any of its closures: in the call that ends at an offset,
 * or in all of them.
 */
function createUnionCalls({ program, trace, isParameterCall }: ClosureStepsInput): (symbol: SymbolId, end?: number) => readonly SymbolId[] {
  const atStartUp = groupBy(trace.calls, ({ from }) => from);
  const closures = groupBy(trace.closures ?? [], ({ symbol }) => symbol);
  const callsOf = (symbol: SymbolId): readonly UnionCall[] => [
    ...(atStartUp.get(symbol) ?? []).map(({ to, at, end }) => ({ to: [to], at, end })),
    ...(closures.get(symbol) ?? []).flatMap(({ calls }) =>
      calls.map(({ to, span }) => ({
        to: to.map(functionOf),
        at: span === undefined ? undefined : program.location(moduleOf(symbol), span.start),
        end: span?.end,
      })),
    ),
  ];
  const known = new Map<SymbolId, Map<number | undefined, readonly SymbolId[]>>();
  const targetsOf = (symbol: SymbolId, end: number | undefined): readonly SymbolId[] => {
    const calls = callsOf(symbol).filter((call) => end === undefined || call.end === end);
    // What a function does with its parameter is reached from where it is passed.
    const own = calls.filter(({ at }) => at === undefined || !isParameterCall(at));
    return [...new Set(own.flatMap(({ to }) => to))];
  };
  return (symbol, end) => {
    const places = known.get(symbol) ?? new Map<number | undefined, readonly SymbolId[]>();
    known.set(symbol, places);
    const targets = places.get(end) ?? targetsOf(symbol, end);
    places.set(end, targets);
    return targets;
  };
}

interface UnionCall {
  readonly to: readonly SymbolId[];
  readonly at: SourceLocation | undefined;
  readonly end: number | undefined;
}
