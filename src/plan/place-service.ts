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
  const notes = [...degradedReasons(states), ...triggers.map(triggerReason)];
  const [first] = blocked;
  if (states.length === 0)
    return { kind: triggers.some(({ trigger }) => trigger === 'socket') ? 'fargate' : 'stay', reasons: [...notes, noRoutes(service)] };
  if (movable > 0)
    return {
      kind: 'lambda',
      reasons: [
        {
          rule: 'request-response',
          text: `${movable} of its ${states.length} routes keep nothing between requests and answer within ${awsLimits.gatewayTimeoutSeconds.value} s behind the gateway`,
        },
        ...(first === undefined ? [] : [{ rule: 'routes-blocked', text: `${blocked.length} stay for now: ${first.text}`, at: first.at }]),
        ...notes,
      ],
    };
  const needsProcess = blocked.some(({ needs }) => needs === 'long-running-process');
  return {
    kind: needsProcess ? 'fargate' : 'stay',
    reasons: [
      {
        rule: needsProcess ? 'needs-long-running-process' : 'needs-shared-store',
        text: `none of its ${states.length} routes can move: ${first?.text ?? ''}`,
        ...(first === undefined ? {} : { at: first.at }),
      },
      ...notes,
    ],
  };
}

const noRoutes = ({ title }: ServiceCandidate): Reason => ({
  rule: 'no-routes',
  text: `${title} answers no route; its schedules and events run in the monolith until their event sources are generated`,
});

function triggerReason({ id, trigger, at }: TriggerFact): Reason {
  if (trigger === 'socket')
    return { rule: 'socket', text: `${id} holds connections open: it keeps running in the monolith or moves to Fargate`, at };
  return { rule: 'trigger-stays', text: `${id} keeps running in the monolith until its event source is generated`, at };
}

/** Each text once, at its first place. */
function degradedReasons(states: readonly RouteState[]): readonly Reason[] {
  const byText = new Map<string, Reason>();
  for (const { degraded } of states)
    for (const { text, at, state } of degraded) if (!byText.has(text)) byText.set(text, { rule: `degraded-${state}`, text, at });
  return [...byText.values()];
}
