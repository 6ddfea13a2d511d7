import { groupBy } from '../../../src/lib/group.ts';
import { once, remember } from '../../../src/lib/remember.ts';
import type { BootTrace, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { RouteFact } from '../../../src/model/fact.ts';
import { type ClosureId, nameOf, type RouteId } from '../../../src/model/ids.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import type { PackageManifest } from '../../../src/model/source-tree.ts';

/** What one application answers. */
export interface ApplicationRoutes {
  readonly application: LibraryObject;
  readonly routes: readonly RouteFact[];
}

export interface JoinedRoutes {
  readonly routes: readonly RouteFact[];
  readonly duplicates: readonly Diagnostic[];
}

/**
 * Routes of all applications, in order. A method and path that several applications answer is listed once for each, under
 * an id that names the application; all other ids are as if there were one application. Where one statement registers it
 * for all of them and the same code answers, it is one route: whoever answers, the answer is the same.
 */
export function joinApplications(
  all: readonly ApplicationRoutes[],
  trace: BootTrace,
  packages: readonly Pick<PackageManifest, 'directory' | 'name'>[],
): JoinedRoutes {
  const nameApplication = createNaming(
    all.map(({ application }) => application),
    trace,
    packages,
  );
  const owned = all.flatMap(({ application, routes }) => routes.map((route) => ({ route, application })));
  const answerOf = createAnswers(trace);
  const alike = groupBy(owned, ({ route }) => route.id);
  const answersAs = (route: RouteFact): string => (alike.get(route.id)?.length === 1 ? route.id : `${route.id}\n${answerOf(route)}`);
  const distinct = [...new Map(owned.map((one) => [answersAs(one.route), one])).values()];
  const byId = groupBy(distinct, ({ route }) => route.id);
  const routes = distinct.map(({ route, application }) => {
    const other = byId.get(route.id)?.find((one) => one.route !== route);
    return other === undefined ? route : named(route, nameApplication(application), nameApplication(other.application), other.route);
  });
  const duplicates = [...byId.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : others.map(({ route }) => duplicateOf(first.route, route)),
  );
  return { routes, duplicates };
}

/**
 * The same for routes of one statement that run the same: a server for tests built as the real one is. Services that the
 * statement was given make the difference, whether the handler or what runs before it holds them.
 */
function createAnswers({ closures = [] }: BootTrace): (route: RouteFact) => string {
  const byId = once(() => new Map(closures.map((closure) => [closure.id, closure])));
  const behaviorOf = remember((closure: ClosureId): string => {
    const known = byId().get(closure);
    if (known === undefined) return '';
    const { id, ...rest } = known;
    return JSON.stringify(rest).replaceAll(JSON.stringify(id), '"itself"');
  });
  return ({ at, handler, chain }) =>
    JSON.stringify([
      placeOf(at),
      [handler, ...chain].map(({ closure, ...rest }) => [rest, closure === undefined ? '' : behaviorOf(closure)]),
    ]);
}

const placeOf = ({ file, line, column }: SourceLocation): string => `${file}:${line}:${column}`;

const named = (route: RouteFact, application: string, other: string, twin: RouteFact): RouteFact => ({
  ...route,
  id: `${route.id} [${application}]` as RouteId,
  application,
  stays: { text: `a gateway cannot tell it from the same path of ${other} (${twin.at.file}:${twin.at.line})`, at: route.at },
});

const duplicateOf = (first: RouteFact, { id, at }: RouteFact): Diagnostic => ({
  code: 'duplicate-route',
  data: { route: id, first: `${first.at.file}:${first.at.line}` },
  at,
});

/**
 * The first that tells all applications apart: their package, their folder, the variables that hold them, the files that
 * have them made, the places where they are made, with a number where one place makes several.
 */
function createNaming(
  applications: readonly LibraryObject[],
  { bindings, effects }: BootTrace,
  packages: readonly Pick<PackageManifest, 'directory' | 'name'>[],
): (application: LibraryObject) => string {
  const byPackage = ({ at }: LibraryObject): string | undefined => {
    const around = packages.filter(({ directory }) => directory === '.' || at.file.startsWith(`${directory}/`));
    const home = around.toSorted((left, right) => right.directory.length - left.directory.length)[0];
    return home?.name ?? home?.directory;
  };
  const byFolder = ({ at }: LibraryObject): string | undefined => {
    const folders = applications.map(({ at: { file } }) => file.split('/').slice(0, -1));
    const deepest = Math.max(0, ...folders.map(({ length }) => length));
    for (let depth = 1; depth <= deepest; depth += 1) {
      if (new Set(folders.map((parts) => parts.slice(0, depth).join('/'))).size === folders.length)
        return at.file.split('/').slice(0, -1).slice(0, depth).join('/');
    }
    return undefined;
  };
  const byVariable = ({ id }: LibraryObject): string | undefined => {
    const symbol = bindings.find(({ object }) => object === id)?.symbol;
    return symbol === undefined ? undefined : nameOf(symbol);
  };
  const byCaller = ({ id }: LibraryObject): string | undefined => effects.find(({ object }) => object === id)?.via[0]?.file;
  const byPlace = ({ id, at }: LibraryObject): string => {
    const made = applications.filter((other) => placeOf(other.at) === placeOf(at));
    return made.length === 1 ? placeOf(at) : `${placeOf(at)} #${made.findIndex((other) => other.id === id) + 1}`;
  };
  const tellsApart = (name: (application: LibraryObject) => string | undefined): boolean => {
    const names = applications.map(name);
    return !names.includes(undefined) && new Set(names).size === names.length;
  };
  const choice = [byPackage, byFolder, byVariable, byCaller].find(tellsApart);
  return (application) => choice?.(application) ?? byPlace(application);
}
