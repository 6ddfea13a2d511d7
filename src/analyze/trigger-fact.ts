import type { BootEffect, BootValue } from '../model/boot-trace.ts';
import type { HandlerReference, TriggerFact } from '../model/fact.ts';
import { moduleOf, nameOf, toEntryPointId } from '../model/ids.ts';

interface TriggerInput {
  readonly trigger: TriggerFact['trigger'];
  readonly library: string;
  readonly callback: BootValue | undefined;
  readonly detail: string | undefined;
  /** What the id says between the kind and the handler. */
  readonly label: string;
}

/** A trigger fact for a registration; its id names kind, detail and handler, or the place where there is no handler. */
export function triggerOf(effect: BootEffect, { trigger, library, callback, detail, label }: TriggerInput): TriggerFact {
  const handler = callbackOf(callback);
  const symbol = handler?.symbol;
  const who = symbol === undefined ? `${effect.at.file}:${effect.at.line}` : `${moduleOf(symbol)}#${nameOf(symbol)}`;
  return {
    kind: 'trigger',
    id: toEntryPointId(`${trigger} ${label} ${who}`),
    trigger,
    ...(detail === undefined ? {} : { detail }),
    ...(handler === undefined ? {} : { handler }),
    library,
    statement: effect.span,
    at: effect.at,
  };
}

/** One registration that start-up reaches in several ways is one trigger. */
export function distinctTriggers(triggers: Iterable<TriggerFact>): readonly TriggerFact[] {
  const byId = new Map<string, TriggerFact>();
  for (const trigger of triggers) if (!byId.has(trigger.id)) byId.set(trigger.id, trigger);
  return [...byId.values()];
}

function callbackOf(value: BootValue | undefined): HandlerReference | undefined {
  if (value?.kind === 'union') return value.options.map(callbackOf).find((handler) => handler !== undefined);
  if (value?.kind !== 'function') return undefined;
  const { symbol, closure } = value;
  return { module: moduleOf(symbol), symbol, ...(closure === undefined ? {} : { closure }) };
}
