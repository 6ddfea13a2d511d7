import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { distinctTriggers, triggerOf } from '../../src/analyze/trigger-fact.ts';
import { groupBy } from '../../src/lib/group.ts';
import type { BootEffect, BootTrace, BootValue, LibraryObject } from '../../src/model/boot-trace.ts';
import type { TriggerFact } from '../../src/model/fact.ts';

/**
 * Consumers of queues and topics. Every library's model tells them in the same words: `consume` is called with the name of
 * the queue, where the call says one, and the function that takes its messages; `consume-from` names topics for the
 * consumers of the same object; else an object that stands for one queue is made with the queue's name as its first argument.
 */
export const queueConsumers = defineAnalyzer({
  name: 'queue-consumers',
  produces: ['trigger'],

  *analyze({ trace }) {
    yield* distinctTriggers(triggersOf(trace));
  },
});

function triggersOf({ objects, effects }: BootTrace): readonly TriggerFact[] {
  const byId = new Map(objects.map((object) => [object.id, object]));
  const sources = groupBy(
    effects.filter(({ verb }) => verb === 'consume-from'),
    ({ object }) => object,
  );
  return effects
    .filter(({ verb }) => verb === 'consume')
    .flatMap((effect) => {
      const object = byId.get(effect.object);
      return object === undefined ? [] : toTriggers(effect, object, sources.get(effect.object) ?? []);
    });
}

function toTriggers(effect: BootEffect, object: LibraryObject, sources: readonly BootEffect[]): readonly TriggerFact[] {
  const library = object.kind.split('.')[0] ?? object.kind;
  return queueNames(effect, object, sources).map((detail) =>
    triggerOf(effect, { trigger: 'queue', library, callback: effect.arguments[1], detail, label: detail ?? 'unknown' }),
  );
}

/** Kinds of objects that stand for one queue; others for a connection or a group. */
const QUEUE_KINDS = /\.(?:queue|subscription|receiver)$/;

/** A queue of jobs with names (`emails`, `welcome`) is told with both: `emails/welcome`. */
function queueNames(effect: BootEffect, object: LibraryObject, sources: readonly BootEffect[]): readonly (string | undefined)[] {
  const own = namesOf(effect.arguments[0]);
  const base = QUEUE_KINDS.test(object.kind) ? namesOf(object.arguments[0]) : [];
  if (own.length > 0) return base.length === 1 ? own.map((name) => `${base[0]}/${name}`) : own;
  const topics = sources.flatMap(({ arguments: given }) => given.flatMap(namesOf));
  if (topics.length > 0) return [...new Set(topics)];
  return base.length > 0 ? base : [undefined];
}

function namesOf(value: BootValue | undefined): readonly string[] {
  switch (value?.kind) {
    case 'constant':
      return typeof value.value === 'string' && value.value !== '' ? [value.value] : [];
    case 'pattern':
      return [`/${value.source}/${value.flags}`];
    case 'template':
      return [value.parts.map((part, index) => (index === 0 ? part : `<${value.holes[index - 1]}>${part}`)).join('')];
    case 'environment':
      return value.default === undefined ? [`<process.env.${value.name}>`] : namesOf(value.default);
    case 'array':
      return value.elements.flatMap(namesOf);
    case 'union':
      return [...new Set(value.options.flatMap(namesOf))];
    default:
      return [];
  }
}
