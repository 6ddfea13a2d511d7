import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { exportsByModule, type ModuleExports } from '../../src/analyze/exports-by-module.ts';
import { distinctTriggers, triggerOf } from '../../src/analyze/trigger-fact.ts';
import type { BootValue, LibraryModel } from '../../src/model/boot-trace.ts';
import type { TriggerFact } from '../../src/model/fact.ts';

const NAME = 'medusa-jobs';
const JOB = /^src\/jobs\/(?:.*\/)?(?!index\.|_)[^/]+\.[jt]s$/;

/** Scheduled jobs of Medusa 2: modules below `src/jobs` with a handler and a `config` with a schedule. */
export const medusaJobsModel: LibraryModel = {
  name: NAME,
  packages: [],
  exports: {},
  objects: {},
  conventions: [
    {
      packages: ['@medusajs/framework', '@medusajs/medusa'],
      records: 'job',
      loads: (path) => JOB.test(path) && !path.endsWith('.d.ts'),
      exporting: ['config'],
    },
  ],
};

export const medusaJobs = defineAnalyzer({
  name: NAME,
  produces: ['trigger'],

  *analyze({ trace }) {
    yield* distinctTriggers(exportsByModule(trace, NAME).flatMap(toTrigger));
  },
});

function toTrigger(exports: ModuleExports): readonly TriggerFact[] {
  const handler = exports.get('default');
  const config = exports.get('config')?.arguments[1];
  if (handler === undefined || config === undefined) return [];
  const detail = scheduleOf(config.kind === 'object' ? config.properties.schedule : undefined);
  const callback = handler.arguments[1];
  return [triggerOf(handler, { trigger: 'schedule', library: 'medusa', callback, detail, label: detail ?? 'unknown' })];
}

/** A cron expression, or an interval in milliseconds. */
function scheduleOf(value: BootValue | undefined): string | undefined {
  if (value?.kind === 'object') return scheduleOf(value.properties.cron ?? value.properties.interval);
  return value?.kind === 'constant' && value.value !== undefined ? String(value.value) : undefined;
}
