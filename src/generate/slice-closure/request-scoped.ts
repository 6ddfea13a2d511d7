import { type ModuleId, nameOf } from '../../model/ids.ts';
import type { SourceSpan } from '../../model/location.ts';
import type { Monolith } from '../../model/monolith.ts';
import type { ProgramQueries } from '../../model/program.ts';
import type { RequestScopedCache } from '../slice-closure.ts';

/** Read-through caches that kept code of a module makes, each once, with the expression that makes it. */
export function requestScopedIn(
  { monolith, program }: { readonly monolith: Monolith; readonly program: ProgramQueries },
  module: ModuleId,
  isKept: (offset: number) => boolean,
): readonly (RequestScopedCache & { readonly store: SourceSpan })[] {
  const caches = new Map<number, RequestScopedCache & { readonly store: SourceSpan }>();
  for (const { symbol, readThrough } of monolith.state) {
    if (readThrough?.store.file !== module || !isKept(readThrough.store.start)) continue;
    const { store } = readThrough;
    if (!caches.has(store.start)) caches.set(store.start, { name: nameOf(symbol), at: program.location(module, store.start), store });
  }
  return [...caches.values()].sort((left, right) => left.store.start - right.store.start);
}
