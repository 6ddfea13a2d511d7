import { eventAnalyzers } from '../../analyzers/events/index.ts';
import { httpRouteAnalyzers } from '../../analyzers/http-routes/index.ts';
import { scheduleAnalyzers } from '../../analyzers/schedules/index.ts';
import { socketAnalyzers } from '../../analyzers/sockets/index.ts';
import { stateAnalyzers } from '../../analyzers/state/index.ts';
import { type GenerateInput, generate } from '../../src/generate/generate.ts';
import type { Generator } from '../../src/generate/generator.ts';
import { closeSlices } from '../../src/generate/slice-closure/close-slice.ts';
import type { SliceClosure } from '../../src/generate/slice-closure.ts';
import type { Artifact } from '../../src/model/artifact.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { RouteFact, TriggerFact } from '../../src/model/fact.ts';
import { toModuleId, toServiceId } from '../../src/model/ids.ts';
import type { PlannedService } from '../../src/model/migration-plan.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import { type Sources, sourceTreeOf } from './program.ts';
import { analyzeTraced, type TraceOptions, traceOf } from './trace.ts';

export interface SliceOptions extends TraceOptions {
  /** Ids of the slice's routes: `GET /books/{id}`. */
  readonly routes: readonly string[];
  /** Beginnings of paths that version control leaves out. */
  readonly ignored?: readonly string[];
}

const service = toServiceId('shop');

/** Closes the slice `shop` of sources in memory, with the routes and triggers that the analyzers find in them. */
export function closeSliceOf(
  files: Sources,
  options: SliceOptions,
): { readonly closure: SliceClosure | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const input = inputOf(files, options);
  const { value, diagnostics } = closeSlices(input, input.plan.services);
  return { closure: value.get(service), diagnostics };
}

/** Runs generators for the slice `shop`. */
export const generateSliceOf = (generators: readonly Generator[], files: Sources, options: SliceOptions): Outcome<readonly Artifact[]> =>
  generate(generators, inputOf(files, options));

function inputOf(files: Sources, options: SliceOptions): GenerateInput {
  const code = Object.fromEntries(Object.entries(files).filter(([path]) => /\.[cm]?[jt]sx?$/.test(path)));
  const traced = traceOf({ files: code }, options);
  const { value: facts } = analyzeTraced(traced, [
    ...httpRouteAnalyzers,
    ...scheduleAnalyzers,
    ...socketAnalyzers,
    ...eventAnalyzers,
    ...stateAnalyzers,
  ]);
  const routes = facts.filter((fact): fact is RouteFact => fact.kind === 'route');
  const triggers = facts.filter((fact): fact is TriggerFact => fact.kind === 'trigger');
  const own = options.routes.map((id) => {
    const route = routes.find((each) => each.id === id);
    if (route === undefined) throw new Error(`no route ${id} among ${routes.map((each) => each.id).join(', ')}`);
    return route;
  });
  const bytes = (path: string): Uint8Array | undefined => (files[path] === undefined ? undefined : new TextEncoder().encode(files[path]));
  return {
    plan: { name: 'example', services: [toService(own)], shared: [], cuts: [], staying: [] } as unknown as GenerateInput['plan'],
    slices: [service],
    monolith: { routes, triggers, state: facts.filter((fact) => fact.kind === 'state') } as unknown as GenerateInput['monolith'],
    program: traced.program,
    trace: traced.trace,
    tree: sourceTreeOf(files),
    readSource: (path) => files[path],
    readBytes: bytes,
    listFiles: (folder) =>
      Object.keys(files)
        .filter((path) => path === folder || path.startsWith(`${folder}/`))
        .sort()
        .map(toModuleId),
    isIgnored: (path) => options.ignored?.some((start) => path.startsWith(start)) ?? false,
    granularity: 'service',
  };
}

const toService = (routes: readonly RouteFact[]): PlannedService =>
  ({
    id: service,
    routes: routes.map(({ id, method, path, localPath }) => ({ id, method, path, localPath, function: 'shop-api' })),
    functions: [
      {
        name: 'shop-api',
        routes: routes.map((route) => route.id),
        memoryMb: 1024,
        timeoutSeconds: 29,
        runtime: 'nodejs22.x',
        architecture: 'arm64',
      },
    ],
  }) as unknown as PlannedService;
