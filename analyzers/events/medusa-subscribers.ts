import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { exportsByModule, type ModuleExports } from '../../src/analyze/exports-by-module.ts';
import { distinctTriggers, triggerOf } from '../../src/analyze/trigger-fact.ts';
import type { BootValue, LibraryModel } from '../../src/model/boot-trace.ts';
import type { TriggerFact } from '../../src/model/fact.ts';

const NAME = 'medusa-subscribers';
const SUBSCRIBER = /^src\/subscribers\/(?:.*\/)?(?!index\.|_)[^/]+\.[jt]s$/;

/** Subscribers of Medusa 2: modules below `src/subscribers` with a handler and a `config` that names events. */
export const medusaSubscribersModel: LibraryModel = {
  name: NAME,
  packages: [],
  exports: {},
  objects: {},
  conventions: [
    {
      packages: ['@medusajs/framework', '@medusajs/medusa'],
      records: 'subscriber',
      loads: (path) => SUBSCRIBER.test(path) && !path.endsWith('.d.ts'),
      exporting: ['config'],
    },
  ],
};

export const medusaSubscribers = defineAnalyzer({
  name: NAME,
  produces: ['trigger'],

  *analyze({ trace }) {
    yield* distinctTriggers(exportsByModule(trace, NAME).flatMap(toTriggers));
  },
});

function toTriggers(exports: ModuleExports): readonly TriggerFact[] {
  const handler = exports.get('default');
  const config = exports.get('config')?.arguments[1];
  if (handler === undefined || config === undefined) return [];
  const events = namesIn(config.kind === 'object' ? config.properties.event : undefined);
  return (events.length === 0 ? [undefined] : events).map((event) =>
    triggerOf(handler, {
      trigger: 'event',
      library: 'medusa',
      callback: handler.arguments[1],
      detail: event,
      label: event ?? 'unknown',
    }),
  );
}

/** Names of events; undefined for one that is not known. */
function namesIn(value: BootValue | undefined): readonly (string | undefined)[] {
  if (value?.kind === 'array') return [...value.elements.flatMap(namesIn), ...(value.complete ? [] : [undefined])];
  return [value?.kind === 'constant' ? String(value.value) : undefined];
}
