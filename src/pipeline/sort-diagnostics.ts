import { sortedBy } from '../lib/sort.ts';
import type { Diagnostic } from '../model/diagnostic.ts';

/** By place, then code and data; the same finding told by two stages stands once. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const unique = new Map(diagnostics.map((found) => [keyOf(found), found]));
  return sortedBy(unique.values(), keyOf);
}

const pad = (value: number | undefined): string => String(value ?? 0).padStart(9, '0');

const keyOf = ({ code, at, data }: Diagnostic): string =>
  [at?.file ?? '', pad(at?.line), pad(at?.column), code, JSON.stringify(data)].join('\u0000');
