import { ts } from 'ts-morph';
import type { BootTrace } from '../../model/boot-trace.ts';
import type { ModuleId } from '../../model/ids.ts';
import { createLocateCall, type LocateCall } from './locate-calls.ts';
import type { ModuleSource } from './module-source.ts';
import type { DroppedEffect, EffectPlace, LeftCall, StartUpDecision } from './start-up.ts';

/** Registrations of one file, as the trace names them. */
export interface SpansOfFile {
  readonly dropped: readonly DroppedEffect[];
  readonly left: readonly LeftCall[];
  readonly effects: readonly EffectPlace[];
  readonly made: readonly EffectPlace[];
  readonly listens: readonly EffectPlace[];
}

/** The same as calls of the parsed file. */
export interface Located {
  readonly locate: LocateCall;
  readonly dropped: ReadonlyMap<ts.Node, DroppedEffect>;
  readonly leftCalls: ReadonlyMap<ts.Node, LeftCall>;
  readonly effects: ReadonlySet<ts.Node>;
  /** Calls that only make a library object. */
  readonly made: ReadonlySet<ts.Node>;
  readonly listens: ReadonlySet<ts.Node>;
}

export const NO_SPANS: SpansOfFile = { dropped: [], left: [], effects: [], made: [], listens: [] };
export const NOTHING: Located = {
  locate: () => undefined,
  dropped: new Map(),
  leftCalls: new Map(),
  effects: new Set(),
  made: new Set(),
  listens: new Set(),
};

export function groupByFile(decision: StartUpDecision, trace: BootTrace): ReadonlyMap<ModuleId, SpansOfFile> {
  const files = new Set([
    ...decision.effects.map((each) => each.span.file),
    ...decision.dropped.map((each) => each.span.file),
    ...decision.leftCalls.map((each) => each.span.file),
    ...trace.objects.map((object) => object.span.file),
  ]);
  const by = <T extends EffectPlace>(places: readonly T[]): ReadonlyMap<ModuleId, readonly T[]> => {
    const grouped = new Map<ModuleId, T[]>();
    for (const place of places) grouped.set(place.span.file, [...(grouped.get(place.span.file) ?? []), place]);
    return grouped;
  };
  const dropped = by(decision.dropped);
  const left = by(decision.leftCalls);
  const effects = by(decision.effects);
  // A library's one object stands where it is first spoken of, and nothing is made there.
  const made = by(trace.objects.filter(({ id, kind }) => id !== kind));
  const listens = by(decision.handedOver);
  return new Map(
    [...files].map((file) => [
      file,
      {
        dropped: dropped.get(file) ?? [],
        left: left.get(file) ?? [],
        effects: effects.get(file) ?? [],
        made: made.get(file) ?? [],
        listens: listens.get(file) ?? [],
      },
    ]),
  );
}

export function locate(module: ModuleSource, spans: SpansOfFile): Located {
  const find = createLocateCall(module);
  const nodes = (list: readonly EffectPlace[]): ReadonlySet<ts.Node> => new Set(list.flatMap((place) => find(place) ?? []));
  const mapped = <T extends DroppedEffect>(list: readonly T[]): Map<ts.Node, T> =>
    new Map(list.flatMap((each) => ((node) => (node === undefined ? [] : [[node, each] as const]))(find(each))));
  const effects = nodes(spans.effects);
  const leftCalls = mapped(spans.left);
  for (const node of effects) leftCalls.delete(node);
  return {
    locate: find,
    dropped: new Map([...mapped(spans.dropped)].filter(([node]) => !isPromised(node))),
    leftCalls,
    effects,
    made: nodes(spans.made),
    listens: nodes(spans.listens),
  };
}

/** `new Promise((resolve) => setTimeout(resolve, 100))`: start-up code waits for it. */
const isPromised = (node: ts.Node): boolean => {
  const maker = ts.findAncestor(
    node,
    (each) => ts.isNewExpression(each) && each !== node && each.arguments?.some(ts.isFunctionLike) === true,
  );
  return maker !== undefined && ts.isNewExpression(maker) && ts.isIdentifier(maker.expression) && maker.expression.text === 'Promise';
};
