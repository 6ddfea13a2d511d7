import type { BootValue } from '../model/boot-trace.ts';

/** The text that a value is, where it is one constant. */
export const constantText = (value: BootValue | undefined): string | undefined =>
  value?.kind === 'constant' && typeof value.value === 'string' ? value.value : undefined;

/** The texts that a list holds as constants; of a value that is no list, the value itself. */
export const constantTexts = (value: BootValue | undefined): readonly string[] =>
  (value?.kind === 'array' ? value.elements : [value]).flatMap((one) => constantText(one) ?? []);
