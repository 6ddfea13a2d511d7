import { uniqueSorted } from '../../../src/lib/sort.ts';
import type { BootEffect, BootValue } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { ChainLink, RouteAuthentication, RouteFact } from '../../../src/model/fact.ts';
import { MODULE_INIT, moduleOf, toRouteId, toSymbolId } from '../../../src/model/ids.ts';
import type { SourceSpan } from '../../../src/model/location.ts';
import { type PathReading, readPaths } from '../routing/route-path.ts';
import type { TraceIndex } from '../routing/trace-index.ts';
import type { Guest } from './guests.ts';
import { type HookLink, hookLinks } from './hook-links.ts';
import { guardsOf, type Instance, optionOf, spansOf } from './instances.ts';
import { joinPath, toNeutralPaths } from './paths.ts';
import { HOOK_POINTS } from './plugin-packages.ts';
import { shapesOf, validates } from './shapes.ts';

export interface RouteReading {
  readonly effect: BootEffect;
  /** Absent where the options of a route are not known. */
  readonly options: BootValue | undefined;
  readonly facts: readonly RouteFact[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface RouteInput {
  readonly instance: Instance;
  readonly effect: BootEffect;
  readonly index: TraceIndex;
  readonly authenticationOf: (chain: readonly ChainLink[]) => RouteAuthentication | undefined;
}

/** What one registration answers: a fact for each method and path, and what is not known of it. */
export function readRoute(input: RouteInput): readonly RouteReading[] {
  const { effect } = input;
  const [options] = effect.arguments;
  const methods = methodsOf(optionOf(options, 'method'));
  const path = optionOf(options, 'url') ?? optionOf(options, 'path');
  if (options?.kind !== 'object' || methods === undefined || path === undefined) {
    const text = options?.kind === 'unknown' ? (options.text ?? 'unknown') : 'options of a route';
    return [
      { effect, options, facts: [], diagnostics: [{ code: 'dynamic-route', data: { method: methods?.[0] ?? '?', text }, at: effect.at }] },
    ];
  }
  const chain = chainOf(input, options);
  return readPaths(path).map((reading) => toReading(input, { options, methods, reading, chain }));
}

interface Written {
  readonly options: BootValue;
  readonly methods: readonly string[];
  readonly reading: PathReading;
  readonly chain: RouteChain;
}

function toReading(input: RouteInput, { options, methods, reading, chain }: Written): RouteReading {
  const { instance, effect } = input;
  const local = reading.kind === 'path' ? reading.written : `<${reading.source}>`;
  const unknown = reading.kind === 'path' ? reading.unknown : `/${reading.source}/`;
  const joined = joinPath(instance.prefix, local, trailingSlash(optionOf(options, 'prefixTrailingSlash')));
  const paths = toNeutralPaths(withoutSlash(instance, joined));
  const stays = staysOf(instance, effect, unknown, options);
  const facts = methods.flatMap((method) =>
    paths.map((path) => ({
      ...factOf(input, { method, path, localPath: local === '' ? '/' : local, chain, options }),
      ...(stays === undefined ? {} : { stays }),
    })),
  );
  const id = `${methods[0] ?? '?'} ${paths[0] ?? joined}`;
  const isKnown = chain.links.every((link) => link.scope !== 'route' || link.isKnown);
  return {
    effect,
    options,
    facts,
    diagnostics: [
      ...(unknown === undefined
        ? []
        : [{ code: 'dynamic-route' as const, data: { method: methods[0] ?? '?', text: unknown }, at: effect.at }]),
      ...(isKnown ? [] : [{ code: 'unresolved-handler' as const, data: { route: id }, at: effect.at }]),
    ],
  };
}

function methodsOf(value: BootValue | undefined): readonly string[] | undefined {
  switch (value?.kind) {
    case 'constant':
      return typeof value.value === 'string' ? [value.value.toUpperCase()] : undefined;
    case 'array': {
      const all = value.elements.map(methodsOf);
      return value.complete && all.every((one) => one !== undefined) ? uniqueSorted(all.flat()) : undefined;
    }
    case 'union': {
      const all = value.options.flatMap((option) => methodsOf(option) ?? []);
      return all.length === 0 ? undefined : uniqueSorted(all);
    }
    case 'unknown':
      return value.text?.endsWith('supportedMethods') ? ['ALL'] : undefined;
    default:
      return undefined;
  }
}

const trailingSlash = (value: BootValue | undefined): 'slash' | undefined =>
  value?.kind === 'constant' && value.value === 'slash' ? 'slash' : undefined;

/** An application may be told not to care for a slash at the end. */
function withoutSlash({ root }: Instance, path: string): string {
  const [options] = root.arguments;
  const router = optionOf(options, 'routerOptions');
  const ignores = [optionOf(options, 'ignoreTrailingSlash'), optionOf(router, 'ignoreTrailingSlash')];
  return ignores.some((one) => one?.kind === 'constant' && one.value === true) && path.length > 1 ? path.replace(/\/$/, '') : path;
}

function staysOf(instance: Instance, effect: BootEffect, unknown: string | undefined, options: BootValue): RouteFact['stays'] {
  const text = unknown ?? instance.unknown?.text;
  if (text !== undefined)
    return {
      text: `its path depends on ${text}, which only a start of the monolith makes known`,
      at: unknown === undefined ? (instance.unknown?.effect.at ?? effect.at) : effect.at,
    };
  const socket = optionOf(options, 'websocket');
  return socket?.kind === 'constant' && socket.value === true ? { text: 'it opens a WebSocket', at: effect.at } : undefined;
}

interface RouteChain {
  readonly links: readonly HookLink[];
  readonly handler: HookLink | undefined;
  readonly matching: (path: string) => readonly HookLink[];
  readonly statements: readonly SourceSpan[];
}

/** What an endpoint of another library answers, with the hooks of the instance around it. */
export function readGuest(input: RouteInput, { route, path }: Guest): RouteReading {
  const options: BootValue = { kind: 'object', properties: {}, complete: true };
  const chain = chainOf(input, options, route.links);
  const local = joinPath(input.instance.prefix, path, undefined);
  const fact = factOf(input, { method: route.method, path: toNeutralPaths(local)[0] ?? local, localPath: path, chain, options });
  const shapes = route.shapes === undefined ? {} : { shapes: route.shapes };
  return {
    effect: input.effect,
    options,
    diagnostics: [],
    facts: [{ ...fact, framework: route.framework, ...shapes, at: route.at ?? fact.at }],
  };
}

/** Everything around a handler by the points of a request's life: what the instance has, then what the route has. */
function chainOf({ instance, effect, index }: RouteInput, options: BootValue, answering?: readonly HookLink[]): RouteChain {
  const route = { effect, index, scope: 'route' as const };
  const given = answering ?? hookLinks(optionOf(options, 'handler') ?? optionOf(options, 'wsHandler'), { ...route, role: 'handler' });
  const handler = given.map(
    (link, position): HookLink => (answering !== undefined && position < given.length - 1 ? link : { ...link, role: 'handler' }),
  );
  const shapes = shapesOf(optionOf(options, 'schema'), effect.at);
  const validation: readonly HookLink[] = validates(shapes)
    ? [{ role: 'validation', package: 'fastify', name: 'schema', scope: 'route', at: effect.at, isKnown: true }]
    : [];
  const own = (point: (typeof HOOK_POINTS)[number]): readonly HookLink[] => {
    if (point === 'handler') return handler;
    return point === 'validation' ? validation : hookLinks(optionOf(options, point), { ...route, role: 'hook', point });
  };
  const errors = hookLinks(optionOf(options, 'errorHandler'), { ...route, role: 'error-handler' });
  const build = (isMeant: (hook: Instance['hooks'][number]) => boolean): readonly HookLink[] => [
    ...HOOK_POINTS.flatMap((point) => {
      const hooks = instance.hooks.filter((hook) => hook.point === point && isMeant(hook));
      return [
        ...hooks.filter(({ isOnRoutes }) => isOnRoutes !== true).flatMap(({ links }) => links),
        ...own(point),
        ...hooks.filter(({ isOnRoutes }) => isOnRoutes === true).flatMap(({ links }) => links),
      ];
    }),
    ...errors,
    ...instance.errorHandlers.flatMap(({ links }) => links),
  ];
  return {
    links: build(() => true),
    handler: handler.at(-1),
    matching: (path) => build(({ matches }) => matches === undefined || matches(path)),
    statements: [
      ...instance.statements,
      ...spansOf(effect),
      ...[...instance.hooks, ...instance.errorHandlers].flatMap(({ statements }) => statements),
    ],
  };
}

interface FactInput {
  readonly method: string;
  readonly path: string;
  readonly localPath: string;
  readonly chain: RouteChain;
  readonly options: BootValue;
}

function factOf({ instance, effect, authenticationOf }: RouteInput, { method, path, localPath, chain, options }: FactInput): RouteFact {
  const { handler } = chain;
  const symbol = handler?.symbol ?? toSymbolId(effect.at.file, MODULE_INIT);
  const shapes = shapesOf(optionOf(options, 'schema'), effect.at);
  const links = chain.matching(path).map(toChainLink);
  const authentication = authenticationOf(links);
  return {
    kind: 'route',
    id: toRouteId(method, path),
    method,
    path,
    localPath,
    framework: 'fastify',
    handler: { module: moduleOf(symbol), symbol, ...(handler?.closure === undefined ? {} : { closure: handler.closure }) },
    chain: links,
    guards: [...new Set([...instance.guards, ...guardsOf(effect)])],
    statements: uniqueSpans(chain.statements),
    ...(authentication === undefined ? {} : { authentication }),
    ...(shapes === undefined ? {} : { shapes }),
    at: effect.at,
  };
}

export function toChainLink({ delegate: _delegate, isKnown: _isKnown, value: _value, ...link }: HookLink): ChainLink {
  return link;
}

function uniqueSpans(spans: readonly SourceSpan[]): readonly SourceSpan[] {
  const unique = new Map(spans.map((span) => [`${span.file}\n${String(span.start).padStart(9, '0')}\n${span.end}`, span]));
  return uniqueSorted([...unique.keys()]).flatMap((key) => unique.get(key) ?? []);
}
