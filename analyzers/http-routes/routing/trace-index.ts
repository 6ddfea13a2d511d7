import { groupBy } from '../../../src/lib/group.ts';
import type { BootEffect, BootTrace, LibraryObject } from '../../../src/model/boot-trace.ts';

/** What start-up made, by id, and what happened to each in order. */
export interface TraceIndex {
  readonly object: (id: string) => LibraryObject | undefined;
  readonly effects: (id: string) => readonly BootEffect[];
}

export function indexTrace(trace: BootTrace): TraceIndex {
  const objects = new Map(trace.objects.map((object) => [String(object.id), object]));
  const effects = groupBy(trace.effects, ({ object }) => String(object));
  return { object: (id) => objects.get(id), effects: (id) => effects.get(id) ?? [] };
}
