import type { BootGuard } from '../../../src/model/boot-trace.ts';

/** Conditions as facts tell them: as written, or denied where the other branch was taken. */
export const conditionTexts = (guards: readonly BootGuard[]): readonly string[] =>
  guards.map(({ text, taken }) => (taken ? text : `!(${text})`));
