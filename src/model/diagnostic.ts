import type { SourceLocation } from './location.ts';

export type Severity = 'error' | 'warning' | 'note';

/**
 * Data of each finding by its code: the closed union of everything Banyan may find about the user's code.
 * A new code needs an entry in `diagnostic-catalog.ts`, a page in `docs/diagnostics/` and a test.
 */
export interface DiagnosticData {
  // scan, parse, link
  'syntax-error': { readonly message: string };
  'tolerated-syntax': { readonly message: string };
  'unreadable-file': { readonly message: string };
  'unresolved-import': { readonly specifier: string };
  'computed-import': { readonly text: string };
  'types-not-checked': { readonly message: string; readonly calls: number };
  'history-not-read': { readonly message: string };
  'no-entry-module': { readonly searched: number };
  // boot
  'configured-entry-missing': { readonly entry: string };
  'boot-limit-reached': { readonly limit: 'steps' | 'depth' | 'recursions' | 'iterations' | 'registrations'; readonly value: number };
  'handler-followed-in-part': { readonly handler: string };
  'object-escapes': { readonly object: string; readonly into: string };
  'client-escapes': { readonly object: string; readonly into: string };
  'unknown-call-target': { readonly text: string };
  'unknown-module': { readonly text: string };
  // analyzers
  'framework-without-model': { readonly framework: string; readonly package: string };
  'framework-without-routes': {
    readonly framework: string;
    readonly package: string;
    readonly reason: 'nothing-registered' | 'not-started';
  };
  'dynamic-route': { readonly method: string; readonly text: string };
  'dynamic-mount': { readonly text: string; readonly routes?: number };
  'path-from-default': { readonly variable: string; readonly default: string };
  'duplicate-route': { readonly route: string; readonly first: string };
  'unresolved-handler': { readonly route: string };
  'unknown-table': { readonly library: string; readonly text: string };
  'unreadable-sql': { readonly message: string; readonly folder?: string; readonly statements?: number };
  'partial-query': { readonly library: string; readonly text: string };
  'computed-environment-name': { readonly text: string };
  'unknown-store': { readonly text: string };
  'request-without-route': { readonly request: string; readonly count: number };
  'table-seen-at-run-time': { readonly entryPoint: string; readonly table: string; readonly statements: number };
  // decompose, plan, extraction
  'plan-module-missing': { readonly service: string; readonly module: string };
  'plan-table-missing': { readonly service: string; readonly table: string };
  'plan-route-missing': { readonly service: string; readonly route: string };
  'shared-writer': { readonly table: string; readonly services: readonly string[] };
  'import-cycle': { readonly modules: readonly string[] };
  'stateful-slice': { readonly service: string; readonly summary: string };
  'route-cannot-move': { readonly route: string; readonly reason: string };
  'start-up-kept': { readonly service: string; readonly text: string };
  'start-up-dropped': { readonly service: string; readonly text: string };
  'main-script-asked': { readonly service: string; readonly text: string };
  'package-version-unknown': { readonly service: string; readonly package: string };
}

export type DiagnosticCode = keyof DiagnosticData;

/** One finding about the analysed code: what, where, and the data a reader or a machine needs. */
export type Diagnostic = {
  readonly [Code in DiagnosticCode]: { readonly code: Code; readonly data: DiagnosticData[Code]; readonly at?: SourceLocation };
}[DiagnosticCode];
