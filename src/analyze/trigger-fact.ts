import type { BootEffect, BootValue } from '../model/boot-trace.ts';
import type { TriggerFact } from '../model/fact.ts';
import { moduleOf, nameOf, type SymbolId, toEntryPointId } from '../model/ids.ts';

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
  const symbol = callbackSymbol(callback);
  const who = symbol === undefined ? `${effect.at.file}:${effect.at.line}` : `${moduleOf(symbol)}#${nameOf(symbol)}`;
  return {
    kind: 'trigger',
    id: toEntryPointId(`${trigger} ${label} ${who}`),
    trigger,
    ...(detail === undefined ? {} : { detail }),
    ...(symbol === undefined ? {} : { handler: { module: moduleOf(symbol), symbol } }),
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

function callbackSymbol(value: BootValue | undefined): SymbolId | undefined {
  if (value?.kind === 'function') return value.symbol;
  return value?.kind === 'union' ? value.options.map(callbackSymbol).find((symbol) => symbol !== undefined) : undefined;
}
