import type { AnalyzerInput } from '../../../src/analyze/analyzer.ts';
import { groupBy } from '../../../src/lib/group.ts';
import type { BootEffect, BootValue } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { ChainLink, RouteAuthentication, RouteFact, RouteShapes } from '../../../src/model/fact.ts';
import { nameOf, type RouteId, type SymbolId, toRouteId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { createHandlerShapes } from '../routing/handler-shapes.ts';
import { createOwnAuthentications, type OwnAuthentications } from '../routing/own-authentication.ts';
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
  /** Links that handle errors. */
  readonly after?: readonly ChainLink[];
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
  const reading: Reading = {
    program: input.program,
    framework: framework.name,
    shapesOf: createHandlerShapes(input.program),
    own: createOwnAuthentications(input.program),
  };
  const found = fileExports(input, framework.name, 'route-file').flatMap((exported) =>
    framework.answers(exported).map((answer): Found => toFound(reading, exported, answer)),
  );
  const byId = groupBy(found, ({ route }) => route.id);
  return [...byId.values()].flatMap((all) => [...distinct(all), ...all.flatMap(unknownHandler)]);
}

interface Reading {
  readonly program: ProgramQueries;
  readonly framework: string;
  readonly shapesOf: (handler: SymbolId) => RouteShapes;
  readonly own: OwnAuthentications;
}

function toFound(reading: Reading, { effect, value, project }: FileExport, answer: FileAnswer): Found {
  const { method, path, before = [], after = [] } = answer;
  const { program, framework, shapesOf } = reading;
  const { handler, link, isKnown } = exportedHandler(program, effect, value);
  const authentication = answer.authentication ?? ownAuthentication(reading, link, handler.symbol);
  const shapes: RouteShapes = { ...shapesOf(handler.symbol), ...answer.shapes };
  const route: RouteFact = {
    kind: 'route',
    id: toRouteId(method, path),
    method,
    path,
    localPath: path,
    framework,
    handler,
    chain: [...before, link, ...after],
    guards: [],
    statements: [effect.span],
    ...(authentication === undefined ? {} : { authentication }),
    ...(Object.keys(shapes).length === 0 ? {} : { shapes }),
    at: effect.at,
  };
  return { project, route, isKnown };
}

/** What is wrapped around the handler asks who asks, or the handler refuses requests without a session. */
function ownAuthentication({ own }: Reading, { wrappers = [], name, at }: ChainLink, handler: SymbolId): RouteAuthentication | undefined {
  const [found] = wrappers.flatMap((wrapper) => {
    const scheme = own.ofMiddleware(wrapper)?.scheme;
    return scheme === undefined ? [] : [{ scheme, by: nameOf(wrapper).replace(/\.<function [^>]*>$/, '()'), at }];
  });
  return found ?? (own.needsSession(handler) ? { scheme: 'session', by: name, at } : undefined);
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
