import { groupBy } from '../../../src/lib/group.ts';
import type { BootTrace, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { RouteFact } from '../../../src/model/fact.ts';
import { nameOf, type RouteId } from '../../../src/model/ids.ts';
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
 * an id that names the application; all other ids are as if there were one application.
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
  const distinct = [...new Map(owned.map((one) => [`${one.route.id}\n${placeOf(one.route)}`, one])).values()];
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

/** One statement that builds several applications, a server for tests among them, is one route. */
const placeOf = ({ at }: RouteFact): string => `${at.file}:${at.line}:${at.column}`;

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

/** The first that tells all applications apart: their package, their folder, the variables that hold them, the places where they are made. */
function createNaming(
  applications: readonly LibraryObject[],
  { bindings }: BootTrace,
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
  const byPlace = ({ at }: LibraryObject): string => `${at.file}:${at.line}:${at.column}`;
  const tellsApart = (name: (application: LibraryObject) => string | undefined): boolean => {
    const names = applications.map(name);
    return !names.includes(undefined) && new Set(names).size === names.length;
  };
  const choice = [byPackage, byFolder, byVariable].find(tellsApart);
  return (application) => choice?.(application) ?? byPlace(application);
}
