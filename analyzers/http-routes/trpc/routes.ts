import type { AnalyzerInput } from '../../../src/analyze/analyzer.ts';
import { distinctTriggers, triggerOf } from '../../../src/analyze/trigger-fact.ts';
import type { BootValue, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { RouteFact, TriggerFact } from '../../../src/model/fact.ts';
import { guestFact } from '../routing/guest-facts.ts';
import { indexTrace, type TraceIndex } from '../routing/trace-index.ts';
import { withoutRoutes } from '../routing/without-routes.ts';
import { routerIn, routesOfRouter } from './endpoint-routes.ts';
import { fetchHandlers } from './fetch-handlers.ts';
import { proceduresOf } from './procedures.ts';

type Finding = RouteFact | TriggerFact | Diagnostic;

/** `router` makes the routers of versions before 10, which are not read. */
const IMPORTS = { framework: 'tRPC', package: '@trpc/server', applications: ['initTRPC', 'router'], routers: [] } as const;

const ROUTERS: ReadonlySet<string> = new Set(['trpc.router', 'trpc.merged-router']);

export function trpcRoutes({ program, trace }: Pick<AnalyzerInput, 'program' | 'trace'>): readonly Finding[] {
  const routers = trace.objects.filter(({ kind }) => ROUTERS.has(kind));
  const fetched = fetchHandlers(program, trace);
  if (routers.length === 0) return withoutRoutes(IMPORTS, { program, trace }, []);
  const index = indexTrace(trace);
  const roots = rootsOf(routers, index);
  const standing = trace.objects.flatMap((object): readonly Served[] => servedBy(object));
  const handled = fetched.flatMap(({ router, endpoint, at }): readonly Served[] =>
    endpoint === undefined ? [] : [{ router, prefix: endpoint, at, statements: [] }],
  );
  const served = [...standing, ...handled];
  const mounted = mountedRouters(
    trace.objects,
    trace.effects.flatMap((effect) => effect.arguments),
    served,
  );
  return [
    ...distinct(served.flatMap((one) => routesOfRouter(one.router, index).map((guest) => guestFact(guest, one)))),
    ...fetched.flatMap(({ endpoint, router, at }): readonly Diagnostic[] =>
      endpoint !== undefined && router !== undefined ? [] : [{ code: 'dynamic-mount', data: { text: 'fetchRequestHandler' }, at }],
    ),
    ...roots.flatMap((root) => unknownMembers(root, index)),
    ...roots.flatMap((root) => (mounted.has(root.id) ? [] : unmounted(root, index))),
    ...distinctTriggers(roots.flatMap((root) => subscriptions(root, index))),
  ];
}

interface Served {
  readonly router: BootValue | undefined;
  readonly prefix: string;
  readonly at: LibraryObject['at'];
  readonly statements: readonly LibraryObject['span'][];
}

/** A server of its own answers below `basePath`; a handler in a file of Next.js at the file's place. */
function servedBy({ kind, arguments: [options], at, span }: LibraryObject): readonly Served[] {
  const router = routerIn(options);
  if (kind === 'trpc.server') {
    const base = options?.kind === 'object' ? options.properties.basePath : undefined;
    return [{ router, prefix: base?.kind === 'constant' && typeof base.value === 'string' ? base.value : '/', at, statements: [span] }];
  }
  const place = kind === 'trpc.endpoint' ? /(?:^|\/)pages\/(api\/.*)\/\[(?:\.\.\.)?\w+\]\.[jt]sx?$/.exec(at.file)?.[1] : undefined;
  return place === undefined ? [] : [{ router, prefix: `/${place}`, at, statements: [span] }];
}

/** Routers that stand in no other one. */
function rootsOf(routers: readonly LibraryObject[], index: TraceIndex): readonly LibraryObject[] {
  const inside = new Set<string>();
  const collect = (value: BootValue): void => {
    if (value.kind === 'library' && ROUTERS.has(index.object(value.object)?.kind ?? '')) inside.add(value.object);
    if (value.kind === 'object') for (const member of Object.values(value.properties)) collect(member);
  };
  for (const { arguments: given } of routers) given.forEach(collect);
  return routers.filter(({ id }) => !inside.has(id));
}

/** Routers that something is known to serve. */
function mountedRouters(objects: readonly LibraryObject[], given: readonly BootValue[], served: readonly Served[]): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (value: BootValue | undefined): void => {
    if (value?.kind === 'library') found.add(value.object);
  };
  for (const {
    kind,
    arguments: [options],
  } of objects)
    if (kind === 'trpc.endpoint') add(routerIn(options));
  for (const value of given) if (value.kind === 'object') add(routerIn(value.properties.trpcOptions));
  for (const { router } of served) add(router);
  return found;
}

function unknownMembers(root: LibraryObject, index: TraceIndex): readonly Diagnostic[] {
  const { unknown } = proceduresOf({ kind: 'library', object: root.id }, index);
  return unknown.map((path) => ({ code: 'dynamic-route', data: { method: '?', text: path }, at: root.at }));
}

function unmounted(root: LibraryObject, index: TraceIndex): readonly Diagnostic[] {
  const routes = routesOfRouter({ kind: 'library', object: root.id }, index).length;
  return routes === 0 ? [] : [{ code: 'dynamic-mount', data: { text: 'tRPC router that is never mounted', routes }, at: root.at }];
}

const subscriptions = (root: LibraryObject, index: TraceIndex): readonly TriggerFact[] =>
  proceduresOf({ kind: 'library', object: root.id }, index).procedures.flatMap(({ type, path, effect }) =>
    type === 'subscription'
      ? [triggerOf(effect, { trigger: 'operation', library: 'trpc', callback: effect.arguments[0], detail: path, label: path })]
      : [],
  );

const distinct = (routes: readonly RouteFact[]): readonly RouteFact[] => [...new Map(routes.map((route) => [route.id, route])).values()];
