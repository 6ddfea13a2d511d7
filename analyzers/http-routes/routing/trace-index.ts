import { groupBy } from '../../../src/lib/group.ts';
import type { BootEffect, BootTrace, LibraryObject } from '../../../src/model/boot-trace.ts';

/** What start-up made, by id, and what happened to each in order. */
export interface TraceIndex {
  readonly object: (id: string) => LibraryObject | undefined;
  /** Effects on all objects of a kind, in order. */
  readonly ofKind: (kind: string) => readonly BootEffect[];
  readonly effects: (id: string) => readonly BootEffect[];
  /** The call on another object that made an object. */
  readonly maker: (id: string) => BootEffect | undefined;
}

export function indexTrace(trace: BootTrace): TraceIndex {
  const objects = new Map(trace.objects.map((object) => [String(object.id), object]));
  const effects = groupBy(trace.effects, ({ object }) => String(object));
  const kinds = groupBy(trace.effects, ({ object }) => objects.get(object)?.kind ?? '');
  const makers = new Map(
    trace.effects.flatMap((effect) =>
      effect.result === undefined || effect.result === effect.object ? [] : [[String(effect.result), effect] as const],
    ),
  );
  return {
    maker: (id) => makers.get(id),
    object: (id) => objects.get(id),
    ofKind: (kind) => kinds.get(kind) ?? [],
    effects: (id) => effects.get(id) ?? [],
  };
}
