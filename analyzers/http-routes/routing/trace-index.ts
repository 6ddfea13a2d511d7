import { groupBy } from '../../../src/lib/group.ts';
import type { BootEffect, BootTrace, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { LibraryObjectId } from '../../../src/model/ids.ts';

/** What start-up made, by id, and what happened to each in order. */
export interface TraceIndex {
  readonly object: (id: string) => LibraryObject | undefined;
  /** The object by a call on which another was made. */
  readonly owner: (id: LibraryObjectId) => LibraryObjectId | undefined;
  readonly effects: (id: string) => readonly BootEffect[];
  /** The call on another object that made an object. */
  readonly maker: (id: string) => BootEffect | undefined;
}

export function indexTrace(trace: BootTrace): TraceIndex {
  const objects = new Map(trace.objects.map((object) => [String(object.id), object]));
  const effects = groupBy(trace.effects, ({ object }) => String(object));
  const owners = new Map(trace.effects.flatMap(({ object, result }) => (result === undefined ? [] : [[result, object] as const])));
  const makers = new Map(
    trace.effects.flatMap((effect) =>
      effect.result === undefined || effect.result === effect.object ? [] : [[String(effect.result), effect] as const],
    ),
  );
  return {
    maker: (id) => makers.get(id),
    object: (id) => objects.get(id),
    owner: (id) => owners.get(id),
    effects: (id) => effects.get(id) ?? [],
  };
}
