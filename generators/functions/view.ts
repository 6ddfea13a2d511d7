import type { SliceClosure } from '../../src/generate/slice-closure.ts';
import { commentText } from '../../src/lib/comment-text.ts';
import type { PlannedFunction, PlannedService } from '../../src/model/migration-plan.ts';

export interface FunctionView {
  readonly function: string;
  readonly service: string;
  readonly routes: readonly string[];
  /** Relative specifier of the moved entry module. */
  readonly entryImport: string;
  /** The entry hands the application over while it runs. */
  readonly isProvided: boolean;
  /** Export of the entry that holds the application; empty when it is handed over. */
  readonly exportName: string;
  /** Moved code has caches that are emptied before each request. */
  readonly isRequestScoped: boolean;
}

export function toFunctionView(service: PlannedService, planned: PlannedFunction, { entry, requestScoped }: SliceClosure): FunctionView {
  const blocked = new Set(service.routes.filter((route) => route.blockedBy !== undefined).map((route) => route.id));
  return {
    function: planned.name,
    service: service.id,
    routes: planned.routes.filter((route) => !blocked.has(route)).map(commentText),
    entryImport: `../${entry.path.replace(/^src\//, '').replace(/\.[cm]?[jt]sx?$/, '')}`,
    isProvided: entry.kind === 'provided',
    exportName: entry.kind === 'provided' ? '' : entry.name,
    isRequestScoped: requestScoped.length > 0,
  };
}
