import type { AnalyzerInput } from '../../../src/analyze/analyzer.ts';
import { indexClasses } from '../../../src/analyze/decorator-calls.ts';
import { closure } from '../../../src/lib/graph/closure.ts';
import { groupBy } from '../../../src/lib/group.ts';
import type { BootClass, BootEffect, BootTrace, BootValue, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { RouteFact } from '../../../src/model/fact.ts';
import type { ModuleId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { expressDialect } from '../express/dialect.ts';
import { joinApplications } from '../routing/applications.ts';
import type { Link } from '../routing/chain-link.ts';
import { createChainMeaning } from '../routing/chain-meaning.ts';
import { readPaths } from '../routing/route-path.ts';
import { createLayerFinder } from '../routing/stack.ts';
import type { ControllerFramework } from './controller-framework.ts';
import { controllerRoutes } from './controller-routes.ts';
import { withoutDuplicates } from './registered.ts';

/** Controllers that one application was given, and what the application puts around them. */
export interface Registration {
  readonly controllers: readonly BootClass[];
  /** Path of the application, as written. */
  readonly prefix: BootValue | undefined;
  readonly around: readonly Link[];
  readonly application?: LibraryObject;
  /** Its list of controllers could not be read: all there are stand in its place. */
  readonly isOpen?: boolean;
}

/** Routes of all registrations, in the order in which frameworks list them. */
export function registeredRoutes(
  { program, trace, packages }: Pick<AnalyzerInput, 'program' | 'trace' | 'packages'>,
  framework: ControllerFramework,
  registrations: readonly Registration[],
): readonly (RouteFact | Diagnostic)[] {
  const base = { framework, meaning: createChainMeaning(program, trace), find: indexClasses(trace) };
  const read = registrations.map((registration) => {
    const { controllers, prefix, around, application } = registration;
    const found = withoutDuplicates(controllers.flatMap((one) => controllerRoutes({ ...base, around }, { class: one, prefix })));
    const routes = found.filter((one): one is RouteFact => 'kind' in one);
    const others = found.filter((one): one is Diagnostic => 'code' in one);
    return { application, routes, diagnostics: [...others, ...unreadable(registration, routes.length)] };
  });
  const named = read.flatMap(({ application, routes }) => (application === undefined ? [] : [{ application, routes }]));
  const { routes, duplicates } = joinApplications(named, trace, packages);
  return [
    ...routes,
    ...read.flatMap(({ application, routes: own }) => (application === undefined ? own : [])),
    ...duplicates,
    ...read.flatMap(({ diagnostics }) => diagnostics),
  ];
}

function unreadable({ prefix, application, isOpen, controllers }: Registration, routes: number): readonly Diagnostic[] {
  const at = application?.at;
  if (at === undefined || controllers.length === 0) return [];
  const paths = prefix === undefined ? [] : readPaths(prefix).map((path) => (path.kind === 'path' ? path.unknown : path.source));
  const texts = [...(isOpen === true ? ['controllers'] : []), ...paths.filter((text) => text !== undefined)];
  return texts.map((text) => ({ code: 'dynamic-mount', data: { text, routes }, at }));
}

/** Classes that were loaded where an application was made: by modules that lead to its file, and what those import. */
export function loadedWith(program: ProgramQueries, file: ModuleId, classes: readonly BootClass[]): readonly BootClass[] {
  const edges = program.program.imports.flatMap(({ from, target, typeOnly }) =>
    !typeOnly && target.kind === 'module' ? [{ from, to: target.module }] : [],
  );
  const imports = groupBy(
    edges,
    ({ from }) => from,
    ({ to }) => to,
  );
  const importers = groupBy(
    edges,
    ({ to }) => to,
    ({ from }) => from,
  );
  const above = closure([file], (module) => importers.get(module) ?? []);
  const loaded = closure([...above], (module) => imports.get(module) ?? []);
  return classes.filter(({ at }) => loaded.has(at.file));
}

/** What start-up code puts on the Express application of a registration itself, whatever the path. */
export function applicationLinks(trace: BootTrace, { object, at }: BootEffect): readonly Link[] {
  const finder = createLayerFinder(trace, expressDialect);
  return trace.objects
    .filter(({ id, kind, at: made }) => kind === 'express.application' && (id === object || made.file === at.file))
    .flatMap((application) => finder.layers(application))
    .flatMap((layer) => (layer.kind === 'middleware' && layer.matches('/') === 'always' ? layer.links : []));
}

/** Controllers that are there and that no start-up code seems to register. */
export const notRegistered = (framework: string, packageName: string, at: Diagnostic['at']): readonly Diagnostic[] =>
  at === undefined ? [] : [{ code: 'framework-without-routes', data: { framework, package: packageName, reason: 'not-started' }, at }];
