import type { AnalyzerInput } from '../../../src/analyze/analyzer.ts';
import { classOf, flatValues, indexClasses, memberHandler, textOf } from '../../../src/analyze/decorator-calls.ts';
import { uniqueSorted } from '../../../src/lib/sort.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { ChainLink, RouteFact } from '../../../src/model/fact.ts';
import { nameOf, toRouteId } from '../../../src/model/ids.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import { joinApplications } from '../routing/applications.ts';
import { toChainLink } from '../routing/chain-link.ts';
import { indexTrace } from '../routing/trace-index.ts';
import { withoutRoutes } from '../routing/without-routes.ts';
import { type NestApplication, nestApplications } from './application.ts';
import { authenticationOf } from './authentication.ts';
import { type Controller, controllersOf, lineage, type RouteMethod, routeMethods } from './controllers.ts';
import { graphqlRoutes } from './graphql-endpoint.ts';
import { createLinkSources, enhancers, type LinkSources } from './links.ts';
import { type Middleware, middlewareOf } from './middleware.ts';
import { type RoutePath, routePaths } from './route-paths.ts';
import { shapesOf } from './shapes.ts';
import { unlisted, unreached } from './unlisted.ts';

/** Routes of every Nest application of the tree, and what could not be read of them. */
export function nestRoutes({
  program,
  trace,
  packages,
}: Pick<AnalyzerInput, 'program' | 'trace' | 'packages'>): readonly (RouteFact | Diagnostic)[] {
  const index = indexTrace(trace);
  const sources = createLinkSources(program, indexClasses(trace), index.object);
  const read = nestApplications(trace).map((application) => readApplication(sources, application));
  const { routes, duplicates } = joinApplications(read, trace, packages);
  const others = trace.objects.filter(({ kind }) => kind === 'nest.microservice' || kind === 'nest.context');
  const counted = [
    ...read.map(({ application, routes: own }) => ({ application, routes: own.length })),
    ...others.map((application) => ({ application, routes: Number.POSITIVE_INFINITY })),
  ];
  return [
    ...routes.map((fact, order) => ({ ...fact, order })),
    ...duplicates,
    ...read.flatMap(({ diagnostics }) => diagnostics),
    ...unlisted(
      trace,
      read.flatMap(({ controllers }) => controllers),
    ),
    ...unreached(program, trace),
    ...withoutRoutes(
      { framework: 'NestJS', package: '@nestjs/core', applications: ['NestFactory'], routers: [] },
      { program, trace },
      counted,
    ),
  ];
}

interface ReadApplication {
  readonly application: NestApplication['object'];
  readonly routes: readonly RouteFact[];
  readonly controllers: readonly Controller[];
  readonly diagnostics: readonly Diagnostic[];
}

function readApplication(sources: LinkSources, application: NestApplication): ReadApplication {
  const controllers = controllersOf(application.container, sources.find);
  const middleware = middlewareOf(sources, application);
  const context: Context = { sources, application, middleware };
  const found = [...controllers.flatMap((controller) => controllerRoutes(context, controller)), ...graphqlRoutes(application, middleware)];
  const byId = new Map<string, RouteFact>();
  const diagnostics: Diagnostic[] = [...unreadPrefix(application, found.length), ...unreadLists(application, sources)];
  for (const route of found) {
    const known = byId.get(route.id);
    if (known === undefined) byId.set(route.id, route);
    else if (!isSamePlace(known.at, route.at))
      diagnostics.push({ code: 'duplicate-route', data: { route: route.id, first: `${known.at.file}:${known.at.line}` }, at: route.at });
  }
  const routes = [...byId.values()];
  return { application: application.object, routes, controllers, diagnostics: [...diagnostics, ...routes.flatMap(unclear)] };
}

/** A module that is imported twice in different forms registers its routes twice. */
const isSamePlace = (left: SourceLocation, right: SourceLocation): boolean =>
  left.file === right.file && left.line === right.line && left.column === right.column;

interface Context {
  readonly sources: LinkSources;
  readonly application: NestApplication;
  readonly middleware: readonly Middleware[];
}

const controllerRoutes = (context: Context, controller: Controller): readonly RouteFact[] =>
  routeMethods(controller.class).flatMap((route) =>
    routePaths(context.application, controller, route).map((path) => toFact(context, controller, route, path)),
  );

function toFact(context: Context, controller: Controller, route: RouteMethod, at: RoutePath): RouteFact {
  const { sources, application, middleware } = context;
  const { member, method } = route;
  const { before, after } = enhancers(sources, application, { class: controller.class, member });
  const met = middleware.filter(({ meets }) => meets({ method, path: at.path, local: at.local, controller: controller.class.id }));
  const links = met.flatMap(({ links }) => links);
  const ofClass = lineage(controller.class, sources.find).flatMap((one) => one.decorators);
  const authentication = authenticationOf(before, { handler: member.decorators, class: ofClass }, sources);
  const shapes = shapesOf(member);
  const handler = memberHandler(member);
  const own: ChainLink = {
    role: 'handler',
    symbol: handler.symbol,
    ...(handler.closure === undefined ? {} : { closure: handler.closure }),
    name: nameOf(handler.symbol),
    scope: 'route',
    at: member.at,
  };
  const [first, last] = [links.filter(({ role }) => role !== 'error-handler'), links.filter(({ role }) => role === 'error-handler')];
  const stays = staysOf(controller, route, at);
  return {
    kind: 'route',
    id: toRouteId(method, at.path),
    method,
    path: at.path,
    localPath: at.local,
    framework: 'nest',
    handler,
    chain: [...[...first, ...before].map(toChainLink), own, ...[...after, ...last].map(toChainLink)],
    guards: uniqueTexts([...application.conditions, ...controller.conditions]),
    statements: [
      { file: member.at.file, ...member.span },
      ...met.flatMap(({ statements }) => statements),
      ...application.effects.map(({ span }) => span),
    ],
    ...(stays === undefined ? {} : { stays }),
    ...(authentication === undefined ? {} : { authentication }),
    ...(shapes === undefined ? {} : { shapes }),
    at: route.at,
  };
}

const uniqueTexts = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** Why no gateway can tell the requests of a route from others. */
function staysOf({ host }: Controller, { at }: RouteMethod, { unknown, version }: RoutePath): RouteFact['stays'] {
  if (unknown !== undefined) return { text: `its path depends on ${unknown}, which only a start of the monolith makes known`, at };
  if (host !== undefined) return { text: `it answers on the host ${host} only`, at };
  return version === undefined ? undefined : { text: `its version ${version} is not told by the path`, at };
}

const unclear = ({ method, path, stays, at }: RouteFact): readonly Diagnostic[] =>
  stays !== undefined && /<[^<>/]+>/.test(path) ? [{ code: 'dynamic-route', data: { method, text: path }, at }] : [];

function unreadPrefix({ prefix, effects }: NestApplication, routes: number): readonly Diagnostic[] {
  const effect = effects.findLast(({ verb }) => verb === 'global-prefix');
  if (effect === undefined) return [];
  const [given] = effect.arguments;
  const fallback = given?.kind === 'environment' ? textOf(given.default) : undefined;
  if (given?.kind === 'environment' && fallback !== undefined)
    return [{ code: 'path-from-default', data: { variable: given.name, default: fallback }, at: effect.at }];
  return prefix.flatMap((path): readonly Diagnostic[] =>
    path.kind === 'path' && path.unknown === undefined
      ? []
      : [{ code: 'dynamic-mount', data: { text: path.kind === 'path' ? (path.unknown ?? '') : path.source, routes }, at: effect.at }],
  );
}

/** Lists of modules in which something stands that is not known: controllers may be missing. */
const unreadLists = ({ container, object }: NestApplication, sources: LinkSources): readonly Diagnostic[] =>
  container.modules.flatMap(({ class: module, lists }) => {
    const given = lists.controllers ?? [];
    const unknown = given.flatMap(flatValues).filter((value) => classOf(value) === undefined && value.kind !== 'constant');
    const texts = unknown.map((value) => (value.kind === 'unknown' ? value.text : undefined) ?? 'controllers');
    if (texts.length === 0 && given.some((value) => value.kind === 'array' && !value.complete)) texts.push('controllers');
    const at = sources.find(module)?.at ?? object.at;
    return uniqueSorted(texts).map((text): Diagnostic => ({ code: 'unknown-call-target', data: { text }, at }));
  });
