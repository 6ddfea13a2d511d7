import { httpRouteAnalyzers } from '../../analyzers/http-routes/index.ts';
import type { RouteFact } from '../../src/model/fact.ts';
import { manifestOf } from './findings.ts';
import type { Sources } from './program.ts';
import { analyzeTraced, traceOf } from './trace.ts';

export interface FileProject {
  readonly dependencies: readonly string[];
  readonly files: Sources;
  /** Folder of the manifest. */
  readonly directory?: string;
}

/** What is found in a project whose framework finds handlers by their files. */
export function analyzeFiles({ dependencies, files, directory = '.' }: FileProject) {
  const packages = [manifestOf(directory, dependencies)];
  const traced = traceOf({ files }, { packages });
  const { value, diagnostics } = analyzeTraced(traced, httpRouteAnalyzers, packages);
  const routes = value.filter((fact): fact is RouteFact => fact.kind === 'route');
  return { routes, diagnostics: [...traced.diagnostics, ...diagnostics] };
}

/** `GET /api/books → src/pages/api/books.ts#list`, sorted. */
export const fileRoutesOf = (project: FileProject): readonly string[] =>
  analyzeFiles(project)
    .routes.map(({ id, handler }) => `${id} → ${handler.symbol}`)
    .sort();

/** Addresses alone, of modules that all say the same. */
export const addressesOf = (dependency: string, code: string, paths: readonly string[]): readonly string[] =>
  analyzeFiles({ dependencies: [dependency], files: Object.fromEntries(paths.map((path) => [path, code])) })
    .routes.map(({ id }) => id)
    .sort();
