import { sortedBy } from '../lib/sort.ts';
import type { Decomposition, Reason, ServiceCandidate } from '../model/decomposition.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { RouteFact } from '../model/fact.ts';
import { type RouteId, toModuleId } from '../model/ids.ts';
import type { MigrationPlan, PlannedRoute, PlannedService } from '../model/migration-plan.ts';
import type { Monolith } from '../model/monolith.ts';
import type { Outcome } from '../model/outcome.ts';
import type { PlanFile } from '../model/plan-file.ts';
import { type RouteState, readRouteStates } from './block-routes.ts';
import { createLoadBlocks } from './loaded-modules.ts';
import { orderServices, type ServiceOrder } from './order-services.ts';
import { phasesOf } from './phases.ts';
import { placeService, type ServicePlacement } from './place-service.ts';
import { planEnvironment } from './plan-environment.ts';
import { type Granularity, planFunctions } from './plan-functions.ts';
import { createPathBlocks } from './unknown-paths.ts';

export interface PlanInput {
  readonly monolith: Monolith;
  readonly decomposition: Decomposition;
  readonly planFile: PlanFile | undefined;
  /** One function for each service (the default) or each route. */
  readonly granularity?: Granularity;
}

/** Turns a decomposition into the strangler plan: placement, functions, environment, order and phases. */
export function planMigration({ monolith, decomposition, planFile, granularity = 'service' }: PlanInput): Outcome<MigrationPlan> {
  const states = readRouteStates(monolith);
  const routes = new Map(monolith.routes.map((route) => [route.id, route]));
  const loadBlock = createLoadBlocks(monolith);
  const pathBlock = createPathBlocks(monolith.routes);
  const drafts = decomposition.services.map((service) =>
    draftService(service, { monolith, planFile, states, routes, granularity, loadBlock, pathBlock }),
  );
  const order = orderServices({
    monolith,
    services: decomposition.services,
    cuts: decomposition.cuts,
    placements: new Map(drafts.map(({ service, placement }) => [service.id, placement.kind])),
    blocked: new Map(
      drafts.map(({ service, routes: planned }) => [service.id, planned.filter(({ blockedBy }) => blockedBy !== undefined).length]),
    ),
  });
  const services = order.flatMap((place) => {
    const draft = drafts.find(({ service }) => service.id === place.id);
    return draft === undefined ? [] : [toPlannedService(draft, place, { monolith, planFile })];
  });
  const { shared, cuts, measures } = decomposition;
  return {
    value: { name: monolith.name, services, shared, cuts, measures, staying: findStaying(monolith, services) },
    diagnostics: drafts.flatMap((draft) => describeFindings(draft, states)),
  };
}

interface DraftContext {
  readonly monolith: Monolith;
  readonly planFile: PlanFile | undefined;
  readonly states: ReadonlyMap<RouteId, RouteState>;
  readonly routes: ReadonlyMap<RouteId, RouteFact>;
  readonly granularity: Granularity;
  readonly loadBlock: (route: RouteFact) => Block;
  readonly pathBlock: (route: RouteFact) => Block;
}

interface ServiceDraft {
  readonly service: ServiceCandidate;
  readonly placement: ServicePlacement;
  readonly routes: readonly PlannedRoute[];
  readonly functions: PlannedService['functions'];
}

function draftService(service: ServiceCandidate, context: DraftContext): ServiceDraft {
  const { monolith, planFile, states, routes, granularity } = context;
  const facts = service.routes.flatMap((id) => routes.get(id) ?? []);
  const triggers = new Set<string>(service.triggers);
  const placement = placeService({
    service,
    states: facts.map(({ id }) => states.get(id) ?? { degraded: [] }),
    triggers: monolith.triggers.filter(({ id }) => triggers.has(id)),
    override: planFile?.services[service.id]?.placement,
  });
  const blocks = new Map(facts.map((route) => [route.id, blockOf(route, context, placement)]));
  const functions = planFunctions(
    service.id,
    facts.filter(({ id }) => blocks.get(id) === undefined),
    granularity,
  );
  const functionOf = new Map(functions.flatMap(({ name, routes: ids }) => ids.map((id) => [id, name] as const)));
  return {
    service,
    placement,
    functions,
    routes: facts.map((route) => toPlannedRoute(route, functionOf.get(route.id), blocks.get(route.id))),
  };
}

type Block = PlannedRoute['blockedBy'];

/** A route is held by its path, its own state, or because its service as a whole does not run on functions. */
function blockOf(route: RouteFact, { states, loadBlock, pathBlock }: DraftContext, placement: ServicePlacement): Block {
  if (route.stays !== undefined) return route.stays;
  if (!EXTRACTABLE.has(route.framework)) return { text: `routes of ${route.framework} are read, but not extracted yet`, at: route.at };
  if (CATCH_ALL.test(route.path)) return { text: 'it answers every path that no other route answers, pages and files too', at: route.at };
  const held = pathBlock(route) ?? loadBlock(route);
  if (held !== undefined) return held;
  const own = states.get(route.id)?.blockedBy;
  if (own !== undefined) return { text: own.text, at: own.at };
  if (placement.kind === 'lambda') return undefined;
  const [reason] = placement.reasons;
  const at = placement.reasons.find((candidate) => candidate.at !== undefined)?.at;
  return at === undefined ? { text: `its service is placed on ${placement.kind}`, at: PLAN_FILE_PLACE } : { text: reason?.text ?? '', at };
}

/** Frameworks whose routes slices are generated for. */
const EXTRACTABLE: ReadonlySet<string> = new Set(['express']);

/** A path that is one wildcard from its beginning. Moved, it would draw whatever the gateway does not know away from the monolith. */
const CATCH_ALL = /^\/(\*|\{[^/{}]+\+\})$/;

/** Where a person's word stands when no line of code is the reason. */
const PLAN_FILE_PLACE = { file: toModuleId('banyan.plan.yaml'), line: 1, column: 1 };

function toPlannedRoute(route: RouteFact, name: string | undefined, blockedBy: Block): PlannedRoute {
  const { id, method, path, localPath } = route;
  return { id, method, path, localPath, function: name ?? '', ...(blockedBy === undefined ? {} : { blockedBy }) };
}

function toPlannedService(
  { service, placement, routes, functions }: ServiceDraft,
  { score, dependsOn }: ServiceOrder,
  { monolith, planFile }: Pick<DraftContext, 'monolith' | 'planFile'>,
): PlannedService {
  const file = planFile?.services[service.id];
  const { id, title, modules, tables, triggers, reasons, confidence } = service;
  return {
    id,
    title: file?.title ?? title,
    modules,
    tables,
    routes,
    triggers,
    placement,
    functions,
    environment: planEnvironment(monolith, new Set(functions.flatMap((planned) => planned.routes))),
    phase: file?.phase ?? 0,
    phases: phasesOf(id),
    weight: file?.weight ?? 0,
    score,
    dependsOn,
    reasons,
    confidence,
  };
}

function findStaying(
  monolith: Monolith,
  services: readonly PlannedService[],
): readonly { readonly route: RouteId; readonly reason: Reason }[] {
  const planned = new Map(services.flatMap((service) => service.routes.map((route) => [route.id, route] as const)));
  const staying = monolith.routes.flatMap(({ id, at }) => {
    const route = planned.get(id);
    if (route === undefined) return [{ route: id, reason: withoutService(at) }];
    const { blockedBy } = route;
    return blockedBy === undefined ? [] : [{ route: id, reason: { rule: 'blocked', text: blockedBy.text, at: blockedBy.at } }];
  });
  return sortedBy(new Map(staying.map((entry) => [entry.route, entry])).values(), ({ route }) => route);
}

/** The same on every run: the plan file lists such a route under `stay` from the first one on. */
const withoutService = (at: RouteFact['at']): Reason => ({
  rule: 'no-service',
  text: 'no service claims it by data, state or name, or banyan.plan.yaml keeps it',
  at,
});

function describeFindings({ service, placement, routes }: ServiceDraft, states: ReadonlyMap<RouteId, RouteState>): readonly Diagnostic[] {
  const blocked = routes.flatMap(({ id, blockedBy }): readonly Diagnostic[] =>
    blockedBy === undefined || placement.kind !== 'lambda'
      ? []
      : [{ code: 'route-cannot-move', data: { route: id, reason: blockedBy.text }, at: blockedBy.at }],
  );
  const degraded = new Map(
    routes
      .filter(({ blockedBy }) => blockedBy === undefined)
      .flatMap(({ id }) => states.get(id)?.degraded ?? [])
      .map(({ text, at }): readonly [string, Diagnostic] => [
        text,
        { code: 'stateful-slice', data: { service: service.id, summary: text }, at },
      ]),
  );
  const held = placement.kind === 'lambda' ? [] : placement.reasons.filter(({ rule, at }) => rule.startsWith('needs-') && at !== undefined);
  return [
    ...blocked,
    ...degraded.values(),
    ...held.map(
      ({ text, at }): Diagnostic => ({
        code: 'stateful-slice',
        data: { service: service.id, summary: text },
        ...(at === undefined ? {} : { at }),
      }),
    ),
  ];
}
