import type { BootEffect, BootTrace, BootValue } from '../../model/boot-trace.ts';
import type { RouteFact, TriggerFact } from '../../model/fact.ts';
import type { LibraryObjectId } from '../../model/ids.ts';
import type { SourceLocation, SourceSpan } from '../../model/location.ts';
import type { Monolith } from '../../model/monolith.ts';

/** What becomes of the start-up code in one slice, as far as the boot trace proves it. */
export interface StartUpDecision {
  /** Expressions that register something outside the slice; each stands once. */
  readonly dropped: readonly DroppedEffect[];
  /** `listen` calls of the slice's application: they hand it over instead. */
  readonly handedOver: readonly EffectPlace[];
  /** Calls below which every registration lies outside the slice: they go, too, when they do nothing else. */
  readonly leftCalls: readonly LeftCall[];
  /** Every modelled registration, kept or not. */
  readonly effects: readonly EffectPlace[];
  /** Registrations of other routes that cannot be told apart from the slice's: one statement makes them all. */
  readonly shared: readonly SourceSpan[];
  /** The objects (applications, routers) through which the slice's routes are reached. */
  readonly inside: ReadonlySet<LibraryObjectId>;
}

/** Where a registration stands: its statement or link, and in it the place of the call. */
export interface EffectPlace {
  readonly span: SourceSpan;
  readonly at: SourceLocation;
}

export interface DroppedEffect extends EffectPlace {
  /** `link`: the call returns its receiver and can be taken out of a chain. */
  readonly form: 'link' | 'statement';
  readonly reason: string;
}

/** A call site: its span is the call, its `at` the first registration below it. */
export interface LeftCall extends DroppedEffect {
  readonly below: readonly EffectPlace[];
}

const ROUTING_VERBS: ReadonlySet<string> = new Set(['route', 'route-path', 'use', 'param']);
/** What is known of such a call says more of routes, and nothing of what else it does: it is kept and listed as any call of a package. */
const TELLING_VERBS: ReadonlySet<string> = new Set(['use-strategy']);
const NOT_OF_SLICE = 'route is not of the slice';
/** Work that nobody waits for: a function does none of it between two requests. */
const LEFT_VERBS: Readonly<Record<string, TriggerFact['trigger']>> = {
  schedule: 'schedule',
  interval: 'timer',
  timeout: 'timer',
  socket: 'socket',
};
const LEFT_TRIGGERS: ReadonlySet<TriggerFact['trigger']> = new Set(['schedule', 'timer', 'socket', 'queue']);

/** Drops a statement only where every effect it has is proven to lie outside the slice. */
export function decideStartUp(trace: BootTrace, monolith: Monolith, routes: readonly RouteFact[]): StartUpDecision {
  const kept = new Set(routes.flatMap((route) => route.statements.map(spanKey)));
  const registrations = findRegistrations(trace, [...routes, ...routesAround(monolith, routes)]);
  const inside = reachedObjects(trace, [...registrations, ...middlewareOf(trace, kept)]);
  const routing = new Set(trace.effects.filter((effect) => ROUTING_VERBS.has(effect.verb)).map((effect) => effect.object));
  const objects = new Map(trace.objects.map((object) => [object.id, object] as const));
  const triggers = new Map(
    monolith.triggers
      .filter((trigger) => LEFT_TRIGGERS.has(trigger.trigger))
      .map((trigger) => [spanKey(trigger.statement), trigger] as const),
  );

  const reasonToDrop = (effect: BootEffect): string | undefined => {
    const trigger = LEFT_VERBS[effect.verb] ?? triggers.get(spanKey(effect.span))?.trigger;
    if (trigger !== undefined) return `${trigger} stays in the monolith`;
    if (effect.verb === 'server-event') return 'no server listens in a function';
    if (effect.verb === 'listen') return listensFor(effect) ? undefined : 'another application listens here';
    if (!routing.has(effect.object)) return undefined;
    if (!inside.has(effect.object)) return 'belongs to a router without a route of the slice';
    if (effect.verb === 'route') return registrations.has(effect) ? undefined : NOT_OF_SLICE;
    if (effect.verb === 'route-path') return effect.result !== undefined && inside.has(effect.result) ? undefined : NOT_OF_SLICE;
    if (effect.verb !== 'use') return undefined;
    const routers = librariesIn(effect.arguments).filter((id) => routing.has(id));
    if (routers.length > 0) return routers.some((id) => inside.has(id)) ? undefined : 'mounts a router without a route of the slice';
    if (kept.has(spanKey(effect.span))) return undefined;
    return isForOtherPath(effect, routes) ? 'middleware of a path without a route of the slice' : undefined;
  };
  const listensFor = (effect: BootEffect): boolean => {
    if (inside.has(effect.object)) return true;
    const object = objects.get(effect.object);
    return object !== undefined && librariesIn(object.arguments).some((id) => inside.has(id));
  };

  const places = toPlaces(trace.effects.map((effect) => ({ effect, reason: reasonToDrop(effect) })));
  return {
    dropped: [...places.flatMap(droppedAt), ...droppedTriggers(monolith, trace)],
    leftCalls: places.flatMap(leftCallAt),
    handedOver: distinct(trace.effects.filter((effect) => effect.verb === 'listen' && listensFor(effect))),
    shared: places.filter(({ own }) => own.some(isDropped) && !own.every(isDropped)).map(({ span }) => span),
    effects: distinct(trace.effects.filter(({ verb }) => !TELLING_VERBS.has(verb))),
    inside,
  };
}

const placeKey = ({ span, at }: EffectPlace): string => `${spanKey(span)} ${at.line}:${at.column}`;

export const spanKey = (span: SourceSpan): string => `${span.file}:${span.start}:${span.end}`;

interface Judged {
  readonly effect: BootEffect;
  readonly reason: string | undefined;
}

/** A span with the effects it has itself, and those reached through it when it is a call. */
interface Place {
  readonly span: SourceSpan;
  readonly own: readonly Judged[];
  readonly below: readonly Judged[];
}

function toPlaces(judged: readonly Judged[]): readonly Place[] {
  const places = new Map<string, { readonly span: SourceSpan; readonly own: Judged[]; readonly below: Judged[] }>();
  const at = (key: string, span: SourceSpan): { readonly own: Judged[]; readonly below: Judged[] } => {
    const place = places.get(key) ?? { span, own: [], below: [] };
    places.set(key, place);
    return place;
  };
  for (const each of judged) {
    at(placeKey(each.effect), each.effect.span).own.push(each);
    for (const span of each.effect.via) at(spanKey(span), span).below.push(each);
  }
  return [...places.values()];
}

const isDropped = (each: Judged): boolean => each.reason !== undefined;

const droppedAt = ({ span, own, below }: Place): readonly DroppedEffect[] => {
  const first = own[0];
  if (first?.reason === undefined || ![...own, ...below].every(isDropped)) return [];
  return [{ span, form: ROUTING_VERBS.has(first.effect.verb) ? 'link' : 'statement', reason: first.reason, at: first.effect.at }];
};

const leftCallAt = ({ span, own, below }: Place): readonly LeftCall[] => {
  const first = below[0];
  if (first?.reason === undefined || own.length > 0 || !below.every(isDropped)) return [];
  return [{ span, form: 'statement', below: distinct(below.map(({ effect }) => effect)), reason: first.reason, at: first.effect.at }];
};

/** Triggers that no effect of the trace stands for. */
function droppedTriggers(monolith: Monolith, trace: BootTrace): readonly DroppedEffect[] {
  const known = new Set(trace.effects.map((effect) => spanKey(effect.span)));
  return monolith.triggers
    .filter((trigger) => LEFT_TRIGGERS.has(trigger.trigger) && !known.has(spanKey(trigger.statement)))
    .map((trigger) => ({
      span: trigger.statement,
      form: 'statement' as const,
      reason: `${trigger.trigger} stays in the monolith`,
      at: trigger.at,
    }));
}

/** The routers and applications on the way from an application to the slice's routes. */
function reachedObjects(trace: BootTrace, registrations: readonly BootEffect[]): ReadonlySet<LibraryObjectId> {
  const inside = new Set(registrations.map((effect) => effect.object));
  for (let size = -1; size !== inside.size; ) {
    size = inside.size;
    for (const effect of trace.effects) {
      const reached = [...librariesIn(effect.arguments), ...(effect.result === undefined ? [] : [effect.result])];
      if (effect.verb !== 'listen' && reached.some((id) => inside.has(id))) inside.add(effect.object);
    }
  }
  return inside;
}

/** The effects that register routes, and handlers that a path's routes share: `router.route(path).all(check).get(list)`. */
function findRegistrations(trace: BootTrace, routes: readonly RouteFact[]): ReadonlySet<BootEffect> {
  const found = findOwnRegistrations(trace, routes);
  const paths = new Set(
    trace.effects.flatMap((effect) => (effect.verb === 'route-path' && effect.result !== undefined ? [effect.result] : [])),
  );
  const objects = new Set([...found].map((effect) => effect.object).filter((id) => paths.has(id)));
  const shared = trace.effects.filter((effect) => effect.verb === 'route' && effect.method === 'all' && objects.has(effect.object));
  return new Set([...found, ...shared]);
}

function findOwnRegistrations(trace: BootTrace, routes: readonly RouteFact[]): ReadonlySet<BootEffect> {
  const byPlace = new Map<string, BootEffect[]>();
  for (const effect of trace.effects) {
    if (effect.verb === 'route') byPlace.set(spanKey(effect.span), [...(byPlace.get(spanKey(effect.span)) ?? []), effect]);
  }
  const places = [...byPlace.values()];
  return new Set(
    routes.flatMap((route) => {
      const statements = new Set(route.statements.map(spanKey));
      return places
        .filter(([first]) => first !== undefined && (statements.has(spanKey(first.span)) || sameLocation(first.at, route.at)))
        .flatMap((effects) => (effects.length === 1 ? effects : matching(effects, route)));
    }),
  );
}

/**
 * Routes outside the slice that its requests may pass through: a guard as `all('/orders', check)`, or a route of the
 * same shape that hands on. Catch-all routes are none: those in front stand among a route's statements.
 */
function routesAround(monolith: Monolith, routes: readonly RouteFact[]): readonly RouteFact[] {
  const own = new Set(routes.map((route) => route.id));
  const covers = (other: RouteFact, route: RouteFact): boolean =>
    (other.method === 'ALL' || other.method === route.method) && coversPath(other.path.split('/'), route.path.split('/'));
  return monolith.routes.filter((other) => !own.has(other.id) && routes.some((route) => covers(other, route)));
}

const coversPath = (general: readonly string[], path: readonly string[]): boolean =>
  general.length === path.length &&
  general.every((segment, index) => segment === path[index] || (segment.startsWith('{') && !segment.endsWith('+}')));

/** Of several registrations made by one statement (a loop, a function called twice) those of the route. */
function matching(effects: readonly BootEffect[], route: RouteFact): readonly BootEffect[] {
  const fitting = effects.filter((effect) => {
    const paths = pathsOf(effect);
    return fitsMethod(effect.method, route.method) && (paths.length === 0 || paths.includes(route.localPath));
  });
  const sameHandler = fitting.filter((effect) => functionsIn(effect.arguments).includes(route.handler.symbol));
  return sameHandler.length > 0 ? sameHandler : fitting;
}

const fitsMethod = (method: string, wanted: string): boolean => method === 'all' || method.toUpperCase() === wanted || method === 'del';

const pathsOf = (effect: BootEffect): readonly string[] => {
  const first = effect.arguments[0];
  const values = first?.kind === 'array' ? first.elements : [first];
  return values.flatMap((value) =>
    value?.kind === 'constant' && typeof value.value === 'string' ? [value.value === '' ? '/' : value.value] : [],
  );
};

const sameLocation = (left: SourceLocation, right: SourceLocation): boolean =>
  left.file === right.file && left.line === right.line && left.column === right.column;

/** Middleware around the slice's routes; where one statement serves several routers, the routes tell which of them count. */
function middlewareOf(trace: BootTrace, kept: ReadonlySet<string>): readonly BootEffect[] {
  const objects = new Map<string, Set<LibraryObjectId>>();
  const uses = trace.effects.filter((effect) => effect.verb === 'use' && kept.has(spanKey(effect.span)));
  for (const { span, object } of uses) objects.set(spanKey(span), (objects.get(spanKey(span)) ?? new Set()).add(object));
  return uses.filter(({ span }) => objects.get(spanKey(span))?.size === 1);
}

/** `use('/admin', check)` with a plain path that is part of no path of the slice: it may stand behind the routes and answer what they pass on. */
function isForOtherPath(effect: BootEffect, routes: readonly RouteFact[]): boolean {
  const first = effect.arguments[0];
  const path = first?.kind === 'constant' && typeof first.value === 'string' ? first.value : '/';
  return path !== '/' && /^[\w/.-]+$/.test(path) && !routes.some((route) => route.path.includes(path));
}

const inner = (value: BootValue): readonly BootValue[] => {
  switch (value.kind) {
    case 'array':
      return value.elements;
    case 'union':
      return value.options;
    case 'object':
      return Object.values(value.properties);
    case 'external':
      return value.arguments ?? [];
    default:
      return [];
  }
};

const collect = <T>(values: readonly BootValue[], pick: (value: BootValue) => readonly T[]): readonly T[] =>
  values.flatMap((value) => [...pick(value), ...collect(inner(value), pick)]);

const librariesIn = (values: readonly BootValue[]): readonly LibraryObjectId[] =>
  collect(values, (value) => (value.kind === 'library' ? [value.object] : []));
const functionsIn = (values: readonly BootValue[]): readonly string[] =>
  collect(values, (value) => (value.kind === 'function' ? [value.symbol] : []));

const distinct = (places: readonly EffectPlace[]): readonly EffectPlace[] => [
  ...new Map(places.map(({ span, at }) => [placeKey({ span, at }), { span, at }])).values(),
];
