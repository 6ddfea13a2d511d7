import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { EventPort, Stage } from '../model/events.ts';
import type { Outcome } from '../model/outcome.ts';

/** Runs stages one after the other, tells progress, keeps their diagnostics, and stops between them when asked. */
export interface StageRunner {
  run<T>(stage: Stage, work: () => Outcome<T> | Promise<Outcome<T>>, summarize: (value: T) => string): Promise<T>;
  diagnostics(): readonly Diagnostic[];
}

export function createStageRunner(events: EventPort, signal: AbortSignal, known: readonly Diagnostic[] = []): StageRunner {
  const collected: Diagnostic[] = [...known];
  return {
    async run(stage, work, summarize) {
      // Stages hardly ever wait: without a turn of the event loop Ctrl-C would not be heard before the last one ends.
      await nextTurn();
      signal.throwIfAborted();
      events({ type: 'stage-started', stage });
      const { value, diagnostics } = await work();
      for (const found of diagnostics) collected.push(found);
      events({ type: 'stage-finished', stage, summary: summarize(value) });
      return value;
    },
    diagnostics: () => collected,
  };
}
