import { groupBy } from '../lib/group.ts';
import { uniqueSorted } from '../lib/sort.ts';
import type { Reason, ServiceCandidate } from '../model/decomposition.ts';
import type { TriggerFact } from '../model/fact.ts';
import type { Placement } from '../model/migration-plan.ts';
import { awsLimits } from './aws-limits.ts';
import type { RouteState } from './block-routes.ts';

export interface PlacementInput {
  readonly service: ServiceCandidate;
  /** State of its routes, in their order. */
  readonly states: readonly RouteState[];
  readonly triggers: readonly TriggerFact[];
  /** What a person wrote in the plan file. */
  readonly override: Placement | undefined;
}

export interface ServicePlacement {
  readonly kind: Placement;
  readonly reasons: readonly Reason[];
}

/** Lambda when at least one route can move; Fargate when only a long-running process will do; else it stays. */
export function placeService(input: PlacementInput): ServicePlacement {
  const proposed = propose(input);
  if (input.override === undefined) return proposed;
  if (input.override === proposed.kind) return proposed;
  const text = `banyan.plan.yaml asks for ${input.override}; Banyan would choose ${proposed.kind}`;
  return { kind: input.override, reasons: [{ rule: 'pinned-by-plan', text }, ...proposed.reasons] };
}

function propose({ service, states, triggers }: PlacementInput): ServicePlacement {
  const blocked = states.flatMap(({ blockedBy }) => blockedBy ?? []);
  const movable = states.length - blocked.length;
  const notes = [...emptiedReasons(states), ...degradedReasons(states), ...triggerReasons(triggers)];
  if (states.length === 0)
    return { kind: triggers.some(({ trigger }) => trigger === 'socket') ? 'fargate' : 'stay', reasons: [noRoutes(service), ...notes] };
  const [first, ...others] = blockedReasons(blocked, states.length);
  if (first === undefined) return { kind: 'lambda', reasons: [requestResponse(movable, states.length), ...notes] };
  if (movable > 0) return { kind: 'lambda', reasons: [requestResponse(movable, states.length), first, ...others, ...notes] };
  const needsProcess = blocked.some(({ needs }) => needs === 'long-running-process');
  const rule = needsProcess ? 'needs-long-running-process' : 'needs-shared-store';
  return { kind: needsProcess ? 'fargate' : 'stay', reasons: [{ ...first, rule }, ...others, ...notes] };
}

/** What was seen, and what was not measured, told apart. */
const requestResponse = (movable: number, all: number): Reason => ({
  rule: 'request-response',
  text: `${movable === all ? `none of its ${all} routes needs` : `${movable} of its ${all} routes do not need`} what another request left in memory or on disk; that they answer within the gateway's ${awsLimits.gatewayTimeoutSeconds.value} s is assumed, no time was measured`,
});

/** Each cause once with the number of routes it holds, at its first place. */
function blockedReasons(blocked: readonly NonNullable<RouteState['blockedBy']>[], all: number): readonly Reason[] {
  return [...groupBy(blocked, ({ text }) => text)].flatMap(([text, [first, ...others]]) => {
    if (first === undefined) return [];
    const count = others.length + 1;
    const routes = count === all ? `none of its ${all} routes can move` : `${count} of its ${all} routes ${count === 1 ? 'stays' : 'stay'}`;
    return [{ rule: 'routes-blocked', text: `${routes}, because ${text}`, at: first.at }];
  });
}

const noRoutes = ({ title }: ServiceCandidate): Reason => ({ rule: 'no-routes', text: `${title} answers no route` });

/** How many names of events or schedules a sentence lists. */
const LISTED = 4;

/** One reason for open connections and one for all else, however many there are. */
function triggerReasons(triggers: readonly TriggerFact[]): readonly Reason[] {
  const tell = (rule: string, matching: readonly TriggerFact[], fate: (verb: 's' | '') => string): readonly Reason[] => {
    const [first] = matching;
    if (first === undefined) return [];
    const names = uniqueSorted(matching.map(({ trigger, detail, at }) => `${trigger} ${detail ?? `at ${at.file}:${at.line}`}`));
    const rest = names.length > LISTED ? ` and ${names.length - LISTED} more` : '';
    return [{ rule, text: `${names.slice(0, LISTED).join(', ')}${rest} ${fate(names.length === 1 ? 's' : '')}`, at: first.at }];
  };
  const isSocket = ({ trigger }: TriggerFact): boolean => trigger === 'socket';
  return [
    ...tell('socket', triggers.filter(isSocket), (s) => `hold${s} connections open: in the monolith, or on Fargate`),
    ...tell(
      'trigger-stays',
      triggers.filter((trigger) => !isSocket(trigger)),
      (s) => `run${s} in the monolith until event sources are generated`,
    ),
  ];
}

function emptiedReasons(states: readonly RouteState[]): readonly Reason[] {
  const reasons = states.flatMap(({ emptied = [] }) => emptied.map(({ text, at }) => ({ rule: 'request-scoped-cache', text, at })));
  return [...new Map(reasons.map((reason) => [reason.text, reason])).values()];
}

/** Each text once, at its first place. */
function degradedReasons(states: readonly RouteState[]): readonly Reason[] {
  const byText = new Map<string, Reason>();
  for (const { degraded } of states)
    for (const { text, at, state } of degraded) if (!byText.has(text)) byText.set(text, { rule: `degraded-${state}`, text, at });
  return [...byText.values()];
}
