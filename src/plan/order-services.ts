import { sortedBy } from '../lib/sort.ts';
import type { CutDependency, Reason, ServiceCandidate } from '../model/decomposition.ts';
import type { ServiceId } from '../model/ids.ts';
import type { Placement } from '../model/migration-plan.ts';
import type { Monolith } from '../model/monolith.ts';

export interface OrderInput {
  readonly monolith: Monolith;
  readonly services: readonly ServiceCandidate[];
  readonly cuts: readonly CutDependency[];
  readonly placements: ReadonlyMap<ServiceId, Placement>;
  /** Routes of a service that cannot move. */
  readonly blocked: ReadonlyMap<ServiceId, number>;
}

export interface ServiceOrder {
  readonly id: ServiceId;
  readonly score: { readonly benefit: number; readonly risk: number; readonly reasons: readonly Reason[] };
  /** Services that should be cut out before it; all of them stand before it. */
  readonly dependsOn: readonly ServiceId[];
}

/**
 * Orders the services: what can move before what stays, prerequisites first, then most benefit for the risk.
 * A prerequisite is a service that this one needs more often than the other way round; cycles break at the best ratio.
 */
export function orderServices(input: OrderInput): readonly ServiceOrder[] {
  const scores = new Map(input.services.map((service) => [service.id, scoreService(service, input)] as const));
  const needs = prerequisites(input);
  const pending = new Set(
    sortedBy(input.services, ({ id }) => id)
      .map(({ id }) => id)
      .sort((left, right) => rank(right, scores, input) - rank(left, scores, input)),
  );
  const ordered: ServiceOrder[] = [];
  for (let next = pickNext(pending, needs); next !== undefined; next = pickNext(pending, needs)) {
    pending.delete(next);
    const done = new Set(ordered.map(({ id }) => id));
    const score = scores.get(next);
    if (score !== undefined)
      ordered.push({
        id: next,
        score,
        dependsOn: sortedBy(
          (needs.get(next) ?? []).filter((id) => done.has(id)),
          (id) => id,
        ),
      });
  }
  return ordered;
}

const STAYING_RANK = -1_000;

const rank = (id: ServiceId, scores: ReadonlyMap<ServiceId, ServiceOrder['score']>, { placements }: OrderInput): number => {
  const score = scores.get(id);
  const ratio = score === undefined ? 0 : score.benefit / (1 + score.risk);
  return placements.get(id) === 'stay' ? STAYING_RANK + ratio : ratio;
};

/** The best-ranked one whose prerequisites are done; the best-ranked of all when they wait for each other. */
const pickNext = (pending: ReadonlySet<ServiceId>, needs: ReadonlyMap<ServiceId, readonly ServiceId[]>): ServiceId | undefined =>
  [...pending].find((id) => (needs.get(id) ?? []).every((other) => !pending.has(other))) ?? [...pending][0];

/** Services that move and that this one calls, or whose tables it writes, more often than they need it. */
function prerequisites({ services, cuts, placements }: OrderInput): ReadonlyMap<ServiceId, readonly ServiceId[]> {
  const counts = new Map<string, number>();
  for (const { from, to, kind, remedy } of cuts)
    if (kind === 'call' || kind === 'transaction' || (kind === 'shared-table' && remedy === 'api-call'))
      counts.set(`${from} ${to}`, (counts.get(`${from} ${to}`) ?? 0) + 1);
  const net = (from: ServiceId, to: ServiceId): number => (counts.get(`${from} ${to}`) ?? 0) - (counts.get(`${to} ${from}`) ?? 0);
  return new Map(
    services.map(({ id }) => [
      id,
      services.map((other) => other.id).filter((other) => other !== id && placements.get(other) !== 'stay' && net(id, other) > 0),
    ]),
  );
}

/** Benefit in routes, tables and code moved; risk in what the cut severs. One point is one route, or one call to replace. */
function scoreService(service: ServiceCandidate, { monolith, cuts, blocked }: OrderInput): ServiceOrder['score'] {
  const lines = new Map(monolith.modules.map((module) => [module.id, module.lines]));
  const moved = service.modules.reduce((sum, module) => sum + (lines.get(module) ?? 0), 0);
  const movable = service.routes.length - (blocked.get(service.id) ?? 0);
  const foreignWriters = new Set(
    cuts.filter(({ to, kind, remedy }) => to === service.id && kind === 'shared-table' && remedy === 'api-call').map(({ table }) => table),
  );
  const exclusive = service.tables.filter((table) => !foreignWriters.has(table)).length;
  const severed = cuts.filter(({ from, to }) => from === service.id || to === service.id);
  const countOf = (kind: CutDependency['kind']): number => severed.filter((cut) => cut.kind === kind).length;
  const [calls, tables, transactions] = [countOf('call'), countOf('shared-table'), countOf('transaction')];
  const contested = Math.round((1 - service.confidence) * (service.modules.length + service.tables.length));
  return {
    benefit: round(movable + 2 * exclusive + moved / 200),
    risk: round(calls + 2 * tables + 5 * transactions + contested + 2 * (blocked.get(service.id) ?? 0)),
    reasons: [
      { rule: 'benefit', text: `${movable} routes, ${exclusive} tables that only it writes and ${moved} lines move` },
      {
        rule: 'risk',
        text: `${calls} calls, ${tables} shared tables and ${transactions} transactions cross the cut; ${contested} of its modules and tables are used or written by others too`,
      },
    ],
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;
