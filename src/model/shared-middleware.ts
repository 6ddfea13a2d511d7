import type { RouteFact } from './fact.ts';
import type { ModuleId, SymbolId } from './ids.ts';

/** Middleware that serves routes of several files, a quarter of them, or the whole application: says nothing about one route. */
export function findSharedMiddleware(routes: readonly RouteFact[]): ReadonlySet<SymbolId> {
  const files = new Map<SymbolId, Set<ModuleId>>();
  const uses = new Map<SymbolId, number>();
  const shared = new Set<SymbolId>();
  for (const route of routes)
    for (const { symbol, role, scope } of route.chain) {
      if (symbol === undefined || role === 'handler') continue;
      if (scope === 'application') shared.add(symbol);
      files.set(symbol, (files.get(symbol) ?? new Set()).add(route.handler.module));
      uses.set(symbol, (uses.get(symbol) ?? 0) + 1);
    }
  for (const [symbol, modules] of files) if (modules.size > 1 || (uses.get(symbol) ?? 0) * 4 > routes.length) shared.add(symbol);
  return shared;
}
