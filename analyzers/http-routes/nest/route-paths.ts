import { patternMatch } from '../routing/pattern-match.ts';
import { joinPaths, type PathReading, toNeutralPaths } from '../routing/route-path.ts';
import type { ExcludedRoute, NestApplication, Version } from './application.ts';
import { type Controller, join, type RouteMethod, toPath } from './controllers.ts';

/** One full path of a route. */
export interface RoutePath {
  readonly path: string;
  /** Below the prefix and the version, as it is written. */
  readonly local: string;
  readonly unknown?: string;
  /** The version that a request has to name by other means than its path. */
  readonly version?: string;
}

/** Full paths of a method: global prefix, version, path of the module, of the controller, of the method. */
export function routePaths(
  application: NestApplication,
  controller: Controller,
  { method, paths, versions }: RouteMethod,
): readonly RoutePath[] {
  const below = join(join(controller.modulePath, controller.paths), paths).map(toPath);
  const wanted = wantedVersions(application, versions.length > 0 ? versions : controller.versions);
  return below.flatMap((local) =>
    wanted.flatMap((version) => {
      const versioned = versionedPath(application, version, local);
      const isExcluded = application.exclude.some((route) => matchesRoute(route, method, joinPaths('', local.written)));
      const whole = isExcluded ? [versioned] : join(application.prefix, [versioned]).map(toPath);
      return whole.flatMap(({ written, unknown }) =>
        toNeutralPaths(written).map((path) => ({
          path,
          local: joinPaths('', local.written),
          ...(unknown === undefined ? {} : { unknown }),
          ...versionElsewhere(application, version),
        })),
      );
    }),
  );
}

const NEUTRAL: Version = { kind: 'neutral' };

function wantedVersions({ versioning }: NestApplication, stated: readonly Version[]): readonly Version[] {
  if (versioning === undefined) return [NEUTRAL];
  const versions = stated.length > 0 ? stated : versioning.default;
  return versions.length === 0 ? [NEUTRAL] : versions;
}

function versionedPath({ versioning }: NestApplication, version: Version, local: Extract<PathReading, { kind: 'path' }>) {
  if (versioning?.type !== 'uri' || version.kind === 'neutral') return local;
  return { ...local, written: joinPaths(`${versioning.prefix}${version.text}`, local.written) };
}

const versionElsewhere = ({ versioning }: NestApplication, version: Version): { version?: string } =>
  versioning === undefined || versioning.type === 'uri' || version.kind === 'neutral' ? {} : { version: version.text };

/** Whether a route that `exclude` or `forRoutes` names is meant, by its path below the global prefix. */
export function matchesRoute(route: ExcludedRoute, method: string, path: string): boolean {
  if (route.method !== undefined && method !== route.method && method !== 'ALL') return false;
  const [wanted = '/'] = toNeutralPaths(route.path);
  const [given = '/'] = toNeutralPaths(path);
  if (wanted === given) return true;
  const source = wanted
    .split(/(\{\w+\+\}|\{\w+\}|\*)/)
    .map((part) =>
      /^\{\w+\}$/.test(part) ? '[^/]+' : /^(?:\{\w+\+\}|\*)$/.test(part) ? '.*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return patternMatch({ source: `^${source.replace(/\/\.\*$/, '(?:/.*)?')}$`, flags: 'i' }, given) === 'always';
}
