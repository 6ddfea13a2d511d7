import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { distinctTriggers, triggerOf } from '../../src/analyze/trigger-fact.ts';
import type { BootEffect, BootValue, CallModel, LibraryModel } from '../../src/model/boot-trace.ts';
import type { TriggerFact } from '../../src/model/fact.ts';

const timer = (verb: string): CallModel => ({ records: verb, returns: { object: 'timers.timer' } });

/** Timers that start-up code sets; what they call later is not followed. */
export const timersModel: LibraryModel = {
  name: 'timers',
  packages: ['timers', 'globals'],
  exports: {
    setInterval: timer('interval'),
    setTimeout: timer('timeout'),
    clearInterval: { returns: 'undefined' },
    clearTimeout: { returns: 'undefined' },
  },
  objects: {
    'timers.timer': {
      members: { unref: { returns: 'self' }, ref: { returns: 'self' }, refresh: { returns: 'self' }, hasRef: { returns: 'unknown' } },
    },
  },
};

/** Repeating timers, and delays, that start-up code sets. */
export const timersAnalyzer = defineAnalyzer({
  name: 'timers',
  produces: ['trigger'],

  *analyze({ trace }) {
    const timers = trace.effects.filter(({ verb }) => verb === 'interval' || verb === 'timeout');
    yield* distinctTriggers(timers.map(toTrigger));
  },
});

function toTrigger(effect: BootEffect): TriggerFact {
  const [callback, delay] = effect.arguments;
  const detail = milliseconds(delay);
  return triggerOf(effect, { trigger: 'timer', library: 'timers', callback, detail, label: `${effect.method} ${detail ?? 'unknown'}` });
}

function milliseconds(delay: BootValue | undefined): string | undefined {
  if (delay === undefined) return '0';
  if (delay.kind === 'environment') return milliseconds(delay.default);
  if (delay.kind === 'union') {
    const [first, ...others] = delay.options.map(milliseconds);
    return others.every((text) => text === first) ? first : undefined;
  }
  return delay.kind === 'constant' && !Number.isNaN(Number(delay.value)) ? String(delay.value) : undefined;
}
