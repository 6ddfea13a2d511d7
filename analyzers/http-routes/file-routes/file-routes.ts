import type { AnalyzerInput } from '../../../src/analyze/analyzer.ts';
import { groupBy } from '../../../src/lib/group.ts';
import type { BootEffect, BootValue } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { ChainLink, RouteAuthentication, RouteFact, RouteShapes } from '../../../src/model/fact.ts';
import { type RouteId, toRouteId } from '../../../src/model/ids.ts';
import { exportedHandler } from './exported-handler.ts';

/** One export of a module that a framework found by where it stands. */
export interface FileExport {
  /** Below the project's folder. */
  readonly path: string;
  readonly name: string;
  readonly value: BootValue | undefined;
  /** The project's folder. */
  readonly project: string;
  readonly effect: BootEffect;
}

/** What an export answers. */
export interface FileAnswer {
  readonly method: string;
  readonly path: string;
  /** Links that run before the handler. */
  readonly before?: readonly ChainLink[];
  readonly authentication?: RouteAuthentication;
  readonly shapes?: RouteShapes;
}

export interface FileFramework {
  readonly name: string;
  /** What an export of a module answers; nothing for one that is no handler. */
  readonly answers: (exported: FileExport) => readonly FileAnswer[];
}

type Found = { readonly project: string; readonly route: RouteFact; readonly isKnown: boolean };

/** Exports that a convention recorded with a verb, in order. */
export function fileExports({ trace }: Pick<AnalyzerInput, 'trace'>, framework: string, verb: string): readonly FileExport[] {
  return trace.effects.flatMap((effect) => {
    const [path, value, project] = effect.arguments;
    if (effect.object !== framework || effect.verb !== verb || path?.kind !== 'constant' || project?.kind !== 'constant') return [];
    return [{ path: String(path.value), name: effect.method, value, project: String(project.value), effect }];
  });
}

/** Routes of a framework that finds handlers by their files. */
export function fileRoutes(input: Pick<AnalyzerInput, 'program' | 'trace'>, framework: FileFramework): readonly (RouteFact | Diagnostic)[] {
  const found = fileExports(input, framework.name, 'route-file').flatMap((exported) =>
    framework.answers(exported).map((answer): Found => toFound(input, framework.name, exported, answer)),
  );
  const byId = groupBy(found, ({ route }) => route.id);
  return [...byId.values()].flatMap((all) => [...distinct(all), ...all.flatMap(unknownHandler)]);
}

function toFound(
  { program }: Pick<AnalyzerInput, 'program'>,
  framework: string,
  { effect, value, project }: FileExport,
  { method, path, before = [], authentication, shapes }: FileAnswer,
): Found {
  const { handler, link, isKnown } = exportedHandler(program, effect, value);
  const route: RouteFact = {
    kind: 'route',
    id: toRouteId(method, path),
    method,
    path,
    localPath: path,
    framework,
    handler,
    chain: [...before, link],
    guards: [],
    statements: [effect.span],
    ...(authentication === undefined ? {} : { authentication }),
    ...(shapes === undefined ? {} : { shapes }),
    at: effect.at,
  };
  return { project, route, isKnown };
}

/** The same address of several projects is a route of each; two files of one project that claim it are told. */
function distinct(all: readonly Found[]): readonly (RouteFact | Diagnostic)[] {
  const [first, ...others] = [...new Map(all.toReversed().map((one) => [one.project, one])).values()].toReversed();
  if (first === undefined) return [];
  if (others.length === 0) return [first.route];
  return [
    ...[first, ...others].map(({ route, project }) => ofProject(route, project)),
    ...others.map(
      ({ route, project }): Diagnostic => ({
        code: 'duplicate-route',
        data: { route: `${route.id} [${project}]`, first: `${first.route.at.file}:${first.route.at.line}` },
        at: route.at,
      }),
    ),
  ];
}

const ofProject = (route: RouteFact, project: string): RouteFact => ({
  ...route,
  id: `${route.id} [${project}]` as RouteId,
  application: project,
  stays: { text: 'a gateway cannot tell it from the same path of another project', at: route.at },
});

const unknownHandler = ({ isKnown, route }: Found): readonly Diagnostic[] =>
  isKnown ? [] : [{ code: 'unresolved-handler', data: { route: `${route.method} ${route.path}` }, at: route.at }];
