import type { AnalyzerInput } from '../../../src/analyze/analyzer.ts';
import { groupBy } from '../../../src/lib/group.ts';
import type { BootTrace } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { ChainLink, RouteFact } from '../../../src/model/fact.ts';
import { MODULE_INIT, moduleOf, type SymbolId, toRouteId, toSymbolId } from '../../../src/model/ids.ts';
import type { SourceSpan } from '../../../src/model/location.ts';
import { joinApplications } from './applications.ts';
import type { Link } from './chain-link.ts';
import { environmentDefaults } from './environment-defaults.ts';
import { createLayerFinder, type Layer, type LayerFinder, type RouteLayer } from './layers.ts';
import { withoutRoutes } from './without-routes.ts';

/** Routes of every application that is not mounted in another, and what could not be read of them. */
export function expressRoutes({
  program,
  trace,
  packages,
}: Pick<AnalyzerInput, 'program' | 'trace' | 'packages'>): readonly (RouteFact | Diagnostic)[] {
  const finder = createLayerFinder(trace);
  const applications = trace.objects.filter(({ kind }) => kind === 'express.application');
  const all = applications.map((application) => ({ application, layers: finder.layers(application) }));
  const roots = all.filter(({ application }) => !finder.mounted.has(application.id));
  const shared = sharedHandlers(roots.flatMap(({ layers }) => layers));
  const read = roots.map(({ application, layers }) => ({ application, layers, routes: routesOf(layers, shared) }));
  const { routes, duplicates } = joinApplications(read, trace, packages);
  return [
    ...routes.map((fact, order) => ({ ...fact, order })),
    ...duplicates,
    ...finder.diagnostics,
    ...environmentDefaults(program, trace),
    ...unresolved(read),
    ...unmounted(trace, finder),
    ...withoutRoutes(
      program,
      trace,
      read.map(({ application, routes: own }) => ({ application, routes: own.length })),
    ),
  ];
}

/** Handlers that several routes use as an adapter, each around another function: what tells the routes apart is inside. */
function sharedHandlers(layers: readonly Layer[]): ReadonlySet<SymbolId> {
  const delegates = new Map<SymbolId, Set<SymbolId>>();
  for (const layer of layers) {
    const link = layer.kind === 'route' ? handlerOf(layer.links) : undefined;
    if (link?.symbol === undefined || link.delegate === undefined) continue;
    delegates.set(link.symbol, (delegates.get(link.symbol) ?? new Set()).add(link.delegate));
  }
  return new Set([...delegates].filter(([, inner]) => inner.size > 1).map(([symbol]) => symbol));
}

function routesOf(layers: readonly Layer[], shared: ReadonlySet<SymbolId>): readonly RouteFact[] {
  const facts: RouteFact[] = [];
  const byId = new Map<string, number>();
  layers.forEach((layer, position) => {
    if (layer.kind !== 'route') return;
    const fact = toFact(layer, position, layers, shared);
    if (fact === undefined) return;
    const first = byId.get(fact.id);
    const known = first === undefined ? undefined : facts[first];
    if (first !== undefined && known !== undefined) {
      facts[first] = withLaterHandler(known, layer);
      return;
    }
    byId.set(fact.id, facts.length);
    facts.push(fact);
  });
  return facts;
}

/** A second registration of a route runs only if the first passes on: its handlers stand behind the first ones. */
function withLaterHandler(fact: RouteFact, later: RouteLayer): RouteFact {
  const errors = fact.chain.findIndex(({ role }) => role === 'error-handler');
  const end = errors === -1 ? fact.chain.length : errors;
  const added = later.links.map(toChainLink);
  const { pattern, ...rest } = fact;
  // Two expressions whose names are the same: together they match more than each.
  const isSame = pattern !== undefined && pattern.source === later.pattern?.source && pattern.flags === later.pattern.flags;
  return {
    ...rest,
    ...(isSame ? { pattern } : {}),
    chain: [...fact.chain.slice(0, end), ...added, ...fact.chain.slice(end)],
    statements: uniqueSpans([...fact.statements, ...later.statements]),
  };
}

function toFact(layer: RouteLayer, position: number, layers: readonly Layer[], shared: ReadonlySet<SymbolId>): RouteFact | undefined {
  const handler = handlerOf(layer.links);
  if (handler === undefined) return undefined;
  const before: Link[] = [];
  const after: Link[] = [];
  const statements: SourceSpan[] = [...layer.statements];
  layers.forEach((other, index) => {
    const match = other === layer ? 'never' : meets(other, layer, index < position);
    if (match === 'never') return;
    const wanted = other.links.filter(({ role }) => (role === 'error-handler') === index > position);
    if (wanted.length === 0) return;
    statements.push(...other.statements);
    const guards = other.guards.filter((guard) => !layer.guards.includes(guard));
    const guarded = guards.length === 0 ? wanted : wanted.map((link): Link => ({ ...link, guards }));
    if (match === 'always') (index < position ? before : after).push(...guarded);
  });
  const symbol = symbolOf(handler, layer, shared);
  const named: Link = { ...handler, role: 'handler', ...(handler.symbol === undefined ? {} : { symbol }) };
  const own = layer.links.map((link) => (link === handler ? named : link));
  return {
    kind: 'route',
    id: toRouteId(layer.method, layer.path),
    method: layer.method,
    path: layer.path,
    localPath: layer.localPath,
    framework: 'express',
    handler: { module: moduleOf(symbol), symbol, ...(handler.closure === undefined ? {} : { closure: handler.closure }) },
    chain: [...before, ...own, ...after].map((link) =>
      toChainLink(link === own[layer.links.indexOf(handler)] ? { ...link, ...(handler.symbol === undefined ? {} : { symbol }) } : link),
    ),
    guards: [...new Set(layer.guards)],
    statements: uniqueSpans(statements),
    ...(layer.unknown === undefined ? {} : { stays: { text: layer.unknown.reason, at: layer.unknown.at } }),
    ...(layer.pattern === undefined ? {} : { pattern: layer.pattern }),
    at: layer.at,
  };
}

/** A layer before or after a route meets its requests: middleware by its path, a route for all methods that passes on. */
function meets(other: Layer, route: RouteLayer, isBefore: boolean): 'always' | 'sometimes' | 'never' {
  if (other.kind === 'middleware') return other.matches(route.path);
  const passesOn = isBefore && other.method === 'ALL' && route.method !== 'ALL' && /(?:\+\}|\*)$/.test(other.path);
  if (!passesOn) return 'never';
  const prefix = other.path.replace(/\/?(?:\{\w+\+\}|\*)$/, '');
  return prefix === '' || route.path === prefix || route.path.startsWith(`${prefix}/`) ? 'always' : 'never';
}

/** The last function of a registration that is no error handler. */
const handlerOf = (links: readonly Link[]): Link | undefined => links.findLast(({ role }) => role !== 'error-handler');

/** A handler from a package is named by the code that registers it. */
function symbolOf(handler: Link, layer: RouteLayer, shared: ReadonlySet<SymbolId>): SymbolId {
  const { symbol, delegate } = handler;
  if (symbol === undefined) return toSymbolId(layer.at.file, MODULE_INIT);
  return delegate !== undefined && shared.has(symbol) ? delegate : symbol;
}

function toChainLink({ delegate: _delegate, isKnown: _isKnown, ...link }: Link): ChainLink {
  return link;
}

function uniqueSpans(spans: readonly SourceSpan[]): readonly SourceSpan[] {
  const unique = new Map(spans.map((span) => [`${span.file}\n${span.start}\n${span.end}`, span]));
  return [...unique.values()].sort((left, right) =>
    left.file < right.file ? -1 : left.file > right.file ? 1 : left.start - right.start || left.end - right.end,
  );
}

function unresolved(read: readonly { readonly layers: readonly Layer[]; readonly routes: readonly RouteFact[] }[]): readonly Diagnostic[] {
  return read.flatMap(({ layers, routes }) => {
    const ids = new Set<string>(routes.map(({ id }) => id));
    return layers.flatMap((layer): readonly Diagnostic[] => {
      if (layer.kind !== 'route' || !ids.has(toRouteId(layer.method, layer.path))) return [];
      const unknown = layer.links.filter(({ isKnown }) => !isKnown);
      return unknown.length === 0 ? [] : [{ code: 'unresolved-handler', data: { route: `${layer.method} ${layer.path}` }, at: layer.at }];
    });
  });
}

/** A router with routes that no application mounts: perhaps it is mounted where evaluation could not follow. */
function unmounted(trace: BootTrace, finder: LayerFinder): readonly Diagnostic[] {
  const registered = groupBy(
    trace.effects.filter(({ verb }) => verb === 'route'),
    ({ object }) => object,
  );
  return trace.objects.flatMap(({ kind, id, at }): readonly Diagnostic[] => {
    const routes = registered.get(id)?.length ?? 0;
    if (kind !== 'express.router' || routes === 0 || finder.mounted.has(id)) return [];
    return [{ code: 'dynamic-mount', data: { text: 'router that is never mounted', routes }, at }];
  });
}
