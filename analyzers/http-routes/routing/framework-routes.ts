import type { AnalyzerInput } from '../../../src/analyze/analyzer.ts';
import type { BootTrace, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { RouteFact } from '../../../src/model/fact.ts';
import { joinApplications } from './applications.ts';
import { createChainMeaning } from './chain-meaning.ts';
import type { Dialect } from './dialect.ts';
import { environmentDefaults } from './environment-defaults.ts';
import { routesOf, sharedHandlers, unresolved } from './route-facts.ts';
import { createLayerFinder, type LayerFinder } from './stack.ts';
import { indexTrace } from './trace-index.ts';
import { withoutRoutes } from './without-routes.ts';

/** Routes of every application of a framework that is not mounted in another, and what could not be read of them. */
export function frameworkRoutes(
  dialect: Dialect,
  { program, trace, packages }: Pick<AnalyzerInput, 'program' | 'trace' | 'packages'>,
): readonly (RouteFact | Diagnostic)[] {
  const finder = createLayerFinder(trace, dialect);
  const applications = trace.objects.filter(({ kind }) => dialect.applications.has(kind));
  const all = applications.map((application) => ({ application, layers: finder.layers(application) }));
  const roots = all.filter(({ application }) => !finder.mounted.has(application.id));
  const shared = sharedHandlers(roots.flatMap(({ layers }) => layers));
  const meaning = createChainMeaning(program, trace);
  const read = roots.map(({ application, layers }) => ({
    application,
    layers,
    routes: routesOf({ dialect, layers, shared, meaning }),
  }));
  const { routes, duplicates } = joinApplications(read, trace, packages);
  const counted = read.map(({ application, routes: own }) => ({
    application,
    routes: own.length + (isFilled(trace, application) ? 1 : 0),
  }));
  return [
    ...routes.map((fact, order) => ({ ...fact, order })),
    ...duplicates,
    ...finder.diagnostics,
    ...environmentDefaults(program, ownEffects(dialect, trace)),
    ...unresolved(read.flatMap(({ layers }) => layers)),
    ...unmounted(dialect, trace, finder),
    ...dialect.imports.flatMap((imports) => withoutRoutes(imports, { program, trace }, counted)),
  ];
}

/** Controllers of a framework over this one answer, too. */
const isFilled = ({ effects }: BootTrace, { id, at }: LibraryObject): boolean =>
  effects.some((effect) => effect.verb === 'controllers' && (effect.object === id || effect.at.file === at.file));

function ownEffects(dialect: Dialect, trace: BootTrace): BootTrace {
  const own = new Set<string>(
    trace.objects.filter(({ kind }) => dialect.applications.has(kind) || dialect.routers.has(kind)).map(({ id }) => id),
  );
  return { ...trace, effects: trace.effects.filter(({ object }) => own.has(object)) };
}

/** A router with routes that no application mounts: perhaps it is mounted where evaluation could not follow. */
function unmounted(dialect: Dialect, trace: BootTrace, finder: LayerFinder): readonly Diagnostic[] {
  const index = indexTrace(trace);
  return trace.objects.flatMap((object): readonly Diagnostic[] => {
    if (!dialect.routers.has(object.kind) || finder.mounted.has(object.id)) return [];
    const routes = dialect.registrations(object, index).filter(({ kind }) => kind === 'route').length;
    return routes === 0 ? [] : [{ code: 'dynamic-mount', data: { text: 'router that is never mounted', routes }, at: object.at }];
  });
}
