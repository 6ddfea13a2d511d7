import { classOf, decoratorOf, flatValues, propertyOf, textOf } from '../../../src/analyze/decorator-calls.ts';
import type { BootClass, BootContainer, BootDecorator, BootMember, BootValue } from '../../../src/model/boot-trace.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import { conditionTexts } from '../routing/condition-texts.ts';
import { type PathReading, readPaths } from '../routing/route-path.ts';
import { readVersions, type Version } from './application.ts';
import { ROUTE_DECORATORS } from './model.ts';

/** A controller where a module lists it. */
export interface Controller {
  readonly class: BootClass;
  /** Conditions under which its module is imported. */
  readonly conditions: readonly string[];
  /** What `RouterModule` puts before the paths of its module. */
  readonly modulePath: readonly PathReading[];
  readonly paths: readonly PathReading[];
  readonly versions: readonly Version[];
  readonly host?: string;
}

const COMMON = '@nestjs/common';
const NO_PATH: readonly PathReading[] = [{ kind: 'path', written: '' }];

/** Controllers of the modules of a container, in the order in which their routes are registered. */
export function controllersOf(container: BootContainer, find: (id: string) => BootClass | undefined): readonly Controller[] {
  const modulePaths = pathsOfModules(container);
  return container.modules.flatMap(({ class: module, lists, guards = [] }) =>
    (lists.controllers ?? []).flatMap(flatValues).flatMap((value): readonly Controller[] => {
      const found = find(classOf(value) ?? '');
      return found === undefined
        ? []
        : [{ ...toController(found, modulePaths.get(module) ?? NO_PATH, find), conditions: conditionTexts(guards) }];
    }),
  );
}

function toController(
  found: BootClass,
  modulePath: readonly PathReading[],
  find: (id: string) => BootClass | undefined,
): Omit<Controller, 'conditions'> {
  const [options] = inheritedDecorator(found, ['Controller'], find)?.arguments ?? [];
  const path = options?.kind === 'object' ? propertyOf(options, 'path') : options;
  const version = decoratorOf(found.decorators, COMMON, ['Version'])?.arguments[0] ?? propertyOf(options, 'version');
  const host = propertyOf(options, 'host');
  return {
    class: found,
    modulePath,
    paths: path === undefined || isAbsent(path) ? NO_PATH : readPaths(path),
    versions: readVersions(version),
    ...(host === undefined ? {} : { host: textOf(host) ?? 'some hosts' }),
  };
}

const isAbsent = (value: BootValue): boolean => value.kind === 'constant' && (value.value === undefined || value.value === null);

function inheritedDecorator(found: BootClass, names: readonly string[], find: (id: string) => BootClass | undefined) {
  for (const one of lineage(found, find)) {
    const decorator = decoratorOf(one.decorators, COMMON, names);
    if (decorator !== undefined) return decorator;
  }
  return undefined;
}

/** A class and those that it extends. */
export function lineage(found: BootClass, find: (id: string) => BootClass | undefined): readonly BootClass[] {
  const lines: BootClass[] = [];
  for (let current: BootClass | undefined = found; current !== undefined && !lines.includes(current); )
    [current] = [lines.push(current) > 0 && current.extends !== undefined ? find(classOf(current.extends) ?? '') : undefined];
  return lines;
}

/** One route decorator of a method. */
export interface RouteMethod {
  readonly member: BootMember;
  readonly method: string;
  readonly paths: readonly PathReading[];
  readonly versions: readonly Version[];
  readonly at: SourceLocation;
}

/** The routes of a controller, its own and inherited. */
export const routeMethods = ({ members }: BootClass): readonly RouteMethod[] =>
  members.flatMap((member): readonly RouteMethod[] => {
    const decorator = member.kind === 'method' ? routeDecorator(member.decorators) : undefined;
    if (decorator === undefined) return [];
    const [path] = decorator.arguments;
    const version = decoratorOf(member.decorators, COMMON, ['Version'])?.arguments[0];
    const method = decorator.name === 'Sse' ? 'GET' : decorator.name.toUpperCase();
    return [
      {
        member,
        method,
        paths: path === undefined || isAbsent(path) || path.kind === 'object' ? NO_PATH : readPaths(path),
        versions: readVersions(version),
        at: decorator.at,
      },
    ];
  });

/** Of several the first counts: it is applied last. */
const routeDecorator = (decorators: readonly BootDecorator[]) => decoratorOf(decorators, COMMON, ROUTE_DECORATORS);

/** What `RouterModule.register` (or `forRoutes`) says of modules, children below their parents. */
function pathsOfModules({ modules }: BootContainer): ReadonlyMap<string, readonly PathReading[]> {
  const found = new Map<string, readonly PathReading[]>();
  const visit = (value: BootValue, above: readonly PathReading[]): void => {
    const own = propertyOf(value, 'path');
    const paths = own === undefined ? above : join(above, readPaths(own));
    const module = classOf(propertyOf(value, 'module') ?? value);
    if (module !== undefined) found.set(String(module), paths);
    for (const child of flatValues(propertyOf(value, 'children'))) visit(child, paths);
  };
  for (const external of modules.flatMap(({ externals }) => externals)) {
    const isRouter = external.kind === 'external' && external.path.includes('RouterModule') && external.called;
    if (isRouter) for (const route of flatValues(external.arguments?.[0])) visit(route, NO_PATH);
  }
  return found;
}

/** Every combination of paths, one after the other. */
export const join = (left: readonly PathReading[], right: readonly PathReading[]): readonly PathReading[] =>
  left.flatMap((before) => right.map((after) => joined(before, after)));

function joined(before: PathReading, after: PathReading): PathReading {
  const [left, right] = [toPath(before), toPath(after)];
  const unknown = [left.unknown, right.unknown].filter((text) => text !== undefined).join(', ');
  return { kind: 'path', written: concatenated(left.written, right.written), ...(unknown === '' ? {} : { unknown }) };
}

const concatenated = (before: string, after: string): string => {
  const [left, right] = [before.replace(/\/+$/, ''), after.replace(/^\/+/, '')];
  return right === '' ? left : `${left}/${right}`;
};

/** A regular expression stands as what is not known. */
export const toPath = (path: PathReading): Extract<PathReading, { kind: 'path' }> =>
  path.kind === 'path' ? path : { kind: 'path', written: '<pattern>', unknown: `/${path.source}/${path.flags}` };
