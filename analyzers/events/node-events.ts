import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { distinctTriggers, triggerOf } from '../../src/analyze/trigger-fact.ts';
import type { BootEffect, BootValue, CallModel, LibraryModel } from '../../src/model/boot-trace.ts';
import type { TriggerFact } from '../../src/model/fact.ts';

const subscribe: CallModel = { records: 'subscribe', returns: 'self' };
const makes: CallModel = { returns: { object: 'events.emitter' }, constructs: true };
const itself: CallModel = { returns: 'self' };

/** Node's `EventEmitter`, made directly or as the base of a class. */
export const nodeEventsModel: LibraryModel = {
  name: 'node-events',
  packages: ['events', 'eventemitter3', 'eventemitter2'],
  exports: {
    default: { members: { EventEmitter: makes, once: { returns: 'unknown' } }, call: makes },
    EventEmitter: makes,
    EventEmitter2: makes,
  },
  objects: {
    'events.emitter': {
      members: {
        on: subscribe,
        once: subscribe,
        addListener: subscribe,
        prependListener: subscribe,
        prependOnceListener: subscribe,
        emit: { records: 'emit', returns: 'unknown' },
        off: itself,
        removeListener: itself,
        removeAllListeners: itself,
        setMaxListeners: itself,
      },
    },
  },
};

/** Subscriptions that start-up code makes at in-process event buses. */
export const nodeEventsAnalyzer = defineAnalyzer({
  name: 'node-events',
  produces: ['trigger'],

  *analyze({ trace }) {
    const subscriptions = trace.effects.filter(({ verb }) => verb === 'subscribe');
    yield* distinctTriggers(subscriptions.flatMap(toTriggers));
  },
});

function toTriggers(effect: BootEffect): readonly TriggerFact[] {
  const [event, callback] = effect.arguments;
  return eventNames(event).map((detail) =>
    triggerOf(effect, { trigger: 'event', library: 'node:events', callback, detail, label: detail ?? 'unknown' }),
  );
}

function eventNames(value: BootValue | undefined): readonly (string | undefined)[] {
  if (value?.kind === 'constant') return [String(value.value)];
  if (value?.kind === 'union') return [...new Set(value.options.flatMap(eventNames))].filter((name) => name !== undefined);
  return [undefined];
}
