import { httpRouteAnalyzers } from '../../analyzers/http-routes/index.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { RouteFact } from '../../src/model/fact.ts';
import { analyzeTraced, traceOf } from './trace.ts';

export type Files = Readonly<Record<string, string>>;

/** Routes of sources in memory, started from the first file. */
export function analyzeRoutes(files: Files): { readonly routes: readonly RouteFact[]; readonly diagnostics: readonly Diagnostic[] } {
  const entry = Object.keys(files)[0] ?? '';
  const traced = traceOf({ files }, { entries: [entry] });
  const { value, diagnostics } = analyzeTraced(traced, httpRouteAnalyzers);
  return { routes: value.filter((fact): fact is RouteFact => fact.kind === 'route'), diagnostics: [...traced.diagnostics, ...diagnostics] };
}

/** `GET /books → books.ts#list`, sorted. */
export const routeLines = (files: Files): readonly string[] =>
  analyzeRoutes(files)
    .routes.map(({ id, handler }) => `${id} → ${handler.symbol.replace('src/', '')}`)
    .sort();

/** `middleware cors()`, in the order in which they run. */
export const chainLines = (files: Files, id: string): readonly string[] =>
  analyzeRoutes(files)
    .routes.filter((route) => route.id === id)
    .flatMap((route) => route.chain.map(({ role, name }) => `${role} ${name}`));

/** `dynamic-route GET prefix`: codes with their data. */
export const findingLines = (files: Files): readonly string[] =>
  analyzeRoutes(files).diagnostics.map(({ code, data }) => [code, ...Object.values(data)].join(' '));
