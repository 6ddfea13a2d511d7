import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { distinctTriggers, triggerOf } from '../../src/analyze/trigger-fact.ts';
import { groupBy } from '../../src/lib/group.ts';
import type { BootEffect, BootTrace, BootValue, LibraryHost, LibraryModel } from '../../src/model/boot-trace.ts';
import type { TriggerFact } from '../../src/model/fact.ts';

/** `agenda.define(name, [options], handler)`. */
function define<Value>(host: LibraryHost<Value>): Value {
  const functions = host.given.filter((value) => host.see(value).kind === 'function');
  const handler = functions.at(-1) ?? host.given.at(-1);
  if (handler !== undefined) host.record({ verb: 'define-job', arguments: [host.given[0] ?? host.constant(undefined), handler] });
  return host.unknown();
}

/** `agenda`: jobs by name, kept in a database; `every` says when one runs. */
export const agendaModel: LibraryModel = {
  name: 'agenda',
  packages: ['agenda', '@hokify/agenda'],
  exports: {
    default: { returns: { object: 'agenda.agenda' }, constructs: true },
    Agenda: { returns: { object: 'agenda.agenda' }, constructs: true },
  },
  objects: {
    'agenda.agenda': {
      members: {
        define: { performs: define },
        every: { records: 'every', returns: 'unknown' },
        on: { returns: 'self' },
        '*': { returns: 'unknown' },
      },
    },
  },
};

/** Jobs of agenda, with the times at which they run where start-up says so, else with their names. */
export const agendaAnalyzer = defineAnalyzer({
  name: 'agenda',
  produces: ['trigger'],

  *analyze({ trace }) {
    yield* distinctTriggers(jobsOf(trace));
  },
});

function jobsOf({ effects }: BootTrace): readonly TriggerFact[] {
  const every = groupBy(
    effects.filter(({ verb }) => verb === 'every'),
    ({ arguments: [, name] }) => textOf(name) ?? '',
  );
  return effects
    .filter(({ verb }) => verb === 'define-job')
    .map((effect): TriggerFact => toTrigger(effect, every.get(textOf(effect.arguments[0]) ?? '')?.[0]));
}

function toTrigger(effect: BootEffect, rule: BootEffect | undefined): TriggerFact {
  const [name, callback] = effect.arguments;
  const label = textOf(name) ?? 'unknown';
  const detail = textOf(rule?.arguments[0]);
  return triggerOf(effect, { trigger: 'schedule', library: 'agenda', callback, detail: detail ?? textOf(name), label });
}

const textOf = (value: BootValue | undefined): string | undefined =>
  value?.kind === 'constant' && value.value !== undefined ? String(value.value) : undefined;
