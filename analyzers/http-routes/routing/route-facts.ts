import { remember } from '../../../src/lib/remember.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { ChainLink, RouteFact } from '../../../src/model/fact.ts';
import { MODULE_INIT, moduleOf, type SymbolId, toRouteId, toSymbolId } from '../../../src/model/ids.ts';
import type { SourceSpan } from '../../../src/model/location.ts';
import { type Link, toChainLink } from './chain-link.ts';
import type { ChainMeaning } from './chain-meaning.ts';
import type { Dialect } from './dialect.ts';
import type { Layer, RouteLayer } from './layer.ts';

/** Handlers that several routes use as an adapter, each around another function: what tells the routes apart is inside. */
export function sharedHandlers(layers: readonly Layer[]): ReadonlySet<SymbolId> {
  const delegates = new Map<SymbolId, Set<SymbolId>>();
  for (const layer of layers) {
    const link = layer.kind === 'route' ? handlerOf(layer.links) : undefined;
    if (link?.symbol === undefined || link.delegate === undefined) continue;
    delegates.set(link.symbol, (delegates.get(link.symbol) ?? new Set()).add(link.delegate));
  }
  return new Set([...delegates].filter(([, inner]) => inner.size > 1).map(([symbol]) => symbol));
}

export interface Stack {
  readonly dialect: Pick<Dialect, 'framework' | 'routes'>;
  readonly layers: readonly Layer[];
  readonly shared: ReadonlySet<SymbolId>;
  readonly meaning: ChainMeaning;
}

/** Routes that a list of layers answers, in order: each with all that runs around its handler. */
export function routesOf({ dialect, layers, shared, meaning }: Stack): readonly RouteFact[] {
  const facts: RouteFact[] = [];
  const byId = new Map<string, number>();
  const numbers = numberUnknown(layers);
  const around = layersAround(layers);
  const toldLink = remember((link: Link) => toChainLink(meaning.named(link)));
  layers.forEach((layer, position) => {
    if (layer.kind !== 'route') return;
    const read = toFact({ dialect, layer, position, layers, around, shared, meaning, toldLink });
    if (read === undefined) return;
    const fact = withNumber(read, numbers.get(layer.unknown?.by ?? '') ?? 1);
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

/** Objects below which paths are not known and look like those below others, by how many come before them. */
function numberUnknown(layers: readonly Layer[]): ReadonlyMap<string, number> {
  const owners = new Map<string, string[]>();
  const numbers = new Map<string, number>();
  for (const layer of layers) {
    if (layer.kind !== 'route' || layer.unknown === undefined || layer.pattern !== undefined) continue;
    const id = toRouteId(layer.method, layer.path);
    const known = owners.get(id) ?? [];
    owners.set(id, known);
    const { by } = layer.unknown;
    if (!known.includes(by)) known.push(by);
    numbers.set(by, Math.max(numbers.get(by) ?? 1, known.indexOf(by) + 1));
  }
  return numbers;
}

/** `<prefix.2>` for a second path that is not known and looks the same. */
function withNumber(fact: RouteFact, number: number): RouteFact {
  if (number === 1) return fact;
  const path = fact.path.replace(/<([^<>/]+)>/g, `<$1.${number}>`);
  return { ...fact, path, id: toRouteId(fact.method, path) };
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

interface Reading extends Stack {
  readonly layer: RouteLayer;
  readonly position: number;
  readonly around: readonly Placed[];
  /** The link as facts tell it; one for all routes that it runs for. */
  readonly toldLink: (link: Link) => ChainLink;
}

interface Placed {
  readonly other: Layer;
  readonly index: number;
}

/** Layers that may run for requests of other layers, with their places among all. */
const layersAround = (layers: readonly Layer[]): readonly Placed[] =>
  layers.flatMap((other, index) => (other.kind === 'middleware' || isOpen(other) ? { other, index } : []));

function toFact({ dialect, layer, position, around, shared, meaning, toldLink }: Reading): RouteFact | undefined {
  const handler = handlerOf(layer.links);
  if (handler === undefined) return undefined;
  const before: Link[] = [];
  const after: Link[] = [];
  const statements: SourceSpan[] = [...layer.statements];
  for (const { other, index } of around) {
    const match = other === layer ? 'never' : meets(other, layer, { isBefore: index < position, routes: dialect.routes });
    if (match === 'never') continue;
    const wanted = other.links.filter(({ role }) => (role === 'error-handler') === index > position);
    if (wanted.length === 0) continue;
    statements.push(...other.statements);
    const guards = other.guards.filter((guard) => !layer.guards.includes(guard));
    const guarded = guards.length === 0 ? wanted : wanted.map((link): Link => ({ ...link, guards }));
    if (match === 'always') (index < position ? before : after).push(...guarded);
  }
  const symbol = symbolOf(handler, layer, shared);
  const named: Link = { ...handler, role: 'handler', ...(handler.symbol === undefined ? {} : { symbol }) };
  const own = layer.links.map((link) => (link === handler ? named : link));
  const told = meaning.of([...before, ...own.filter((link) => link !== named)], handler, layer);
  return {
    kind: 'route',
    id: toRouteId(layer.method, layer.path),
    method: layer.method,
    path: layer.path,
    localPath: layer.localPath,
    framework: layer.framework ?? dialect.framework,
    handler: { module: moduleOf(symbol), symbol, ...(handler.closure === undefined ? {} : { closure: handler.closure }) },
    chain: [...before, ...own, ...after].map((link) =>
      link === own[layer.links.indexOf(handler)]
        ? toChainLink({ ...link, ...(handler.symbol === undefined ? {} : { symbol }) })
        : toldLink(link),
    ),
    guards: [...new Set(layer.guards)],
    statements: uniqueSpans(statements),
    ...(layer.unknown === undefined ? {} : { stays: { text: layer.unknown.reason, at: layer.unknown.at } }),
    ...(layer.pattern === undefined ? {} : { pattern: layer.pattern }),
    ...told,
    ...(layer.authentication === undefined ? {} : { authentication: layer.authentication }),
    at: layer.at,
  };
}

/** A layer before or after a route meets its requests: middleware by its path, a route for all methods that passes on. */
function meets(
  other: Layer,
  route: RouteLayer,
  { isBefore, routes }: { readonly isBefore: boolean; readonly routes: Dialect['routes'] },
): 'always' | 'sometimes' | 'never' {
  if (other.dispatchers.some((one) => !route.dispatchers.includes(one))) return 'never';
  if (other.kind === 'middleware') return other.matches(route.path);
  if (routes === 'best-match') return 'never';
  const passesOn = isBefore && isOpen(other) && route.method !== 'ALL';
  if (!passesOn) return 'never';
  const prefix = other.path.replace(/\/?(?:\{\w+\+\}|\*)$/, '');
  return prefix === '' || route.path === prefix || route.path.startsWith(`${prefix}/`) ? 'always' : 'never';
}

/** A route for all methods and all paths below one. */
const isOpen = ({ method, path }: RouteLayer): boolean => method === 'ALL' && /(?:\+\}|\*)$/.test(path);

/** What is marked as the handler, else the last function of a registration that is no error handler. */
const handlerOf = (links: readonly Link[]): Link | undefined =>
  links.find(({ role }) => role === 'handler') ?? links.findLast(({ role }) => role !== 'error-handler');

/** A handler from a package is named by the code that registers it. */
function symbolOf(handler: Link, layer: RouteLayer, shared: ReadonlySet<SymbolId>): SymbolId {
  const { symbol, delegate } = handler;
  if (symbol === undefined) return toSymbolId(layer.at.file, MODULE_INIT);
  return delegate !== undefined && shared.has(symbol) ? delegate : symbol;
}

function uniqueSpans(spans: readonly SourceSpan[]): readonly SourceSpan[] {
  const unique = new Map(spans.map((span) => [`${span.file}\n${span.start}\n${span.end}`, span]));
  return [...unique.values()].sort((left, right) =>
    left.file < right.file ? -1 : left.file > right.file ? 1 : left.start - right.start || left.end - right.end,
  );
}

/** Handlers, and what runs before them, of which the code is not known. */
export function unresolved(layers: readonly Layer[]): readonly Diagnostic[] {
  return layers.flatMap((layer): readonly Diagnostic[] => {
    if (layer.kind !== 'route' || layer.links.every(({ isKnown }) => isKnown)) return [];
    return [{ code: 'unresolved-handler', data: { route: `${layer.method} ${layer.path}` }, at: layer.at }];
  });
}
