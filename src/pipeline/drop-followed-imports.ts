import { groupBy } from '../lib/group.ts';
import type { BootTrace } from '../model/boot-trace.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { SourceLocation } from '../model/location.ts';

/** Leaves out the note that an import is computed where start-up evaluation followed it, or tells more of the same place. */
export function dropFollowedImports(diagnostics: readonly Diagnostic[], { loads = [] }: Pick<BootTrace, 'loads'>): readonly Diagnostic[] {
  const told = groupBy(diagnostics, ({ code }) => code).get('unknown-module') ?? [];
  const followed = new Set([...loads.map(({ at }) => placeOf(at)), ...told.flatMap(({ at }) => (at === undefined ? [] : [placeOf(at)]))]);
  return diagnostics.filter(({ code, at }) => code !== 'computed-import' || at === undefined || !followed.has(placeOf(at)));
}

const placeOf = ({ file, line, column }: SourceLocation): string => `${file}:${line}:${column}`;
