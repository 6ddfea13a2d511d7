import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { distinctTriggers, triggerOf } from '../../src/analyze/trigger-fact.ts';
import type { BootEffect, BootValue, CallModel, LibraryModel } from '../../src/model/boot-trace.ts';
import type { TriggerFact } from '../../src/model/fact.ts';

const task: CallModel = { records: 'schedule', returns: { object: 'schedule.task' } };
const itself: CallModel = { returns: 'self' };

const objects: LibraryModel['objects'] = {
  'schedule.task': { members: { start: itself, stop: itself, cancel: itself, destroy: itself, on: itself, '*': { returns: 'unknown' } } },
};

/** `node-cron`: `schedule(expression, callback)`. */
export const nodeCronModel: LibraryModel = {
  name: 'node-cron',
  packages: ['node-cron'],
  exports: { default: { members: { schedule: task, validate: { returns: 'unknown' } } }, schedule: task },
  objects,
};

/** `node-schedule`: `scheduleJob([name,] rule, callback)`. */
export const nodeScheduleModel: LibraryModel = {
  name: 'node-schedule',
  packages: ['node-schedule'],
  exports: { default: { members: { scheduleJob: task } }, scheduleJob: task },
  objects: {},
};

/** `cron`: `new CronJob(expression, callback)`. */
export const cronModel: LibraryModel = {
  name: 'cron',
  packages: ['cron'],
  exports: { CronJob: { ...task, constructs: true }, 'CronJob.from': task },
  objects: {},
};

/** Work that a scheduling library runs inside the process. */
export const schedulesAnalyzer = defineAnalyzer({
  name: 'schedules',
  produces: ['trigger'],

  *analyze({ trace }) {
    const libraries = new Map(trace.objects.map((object) => [object.id, object]));
    const tasks = trace.effects.filter(({ verb, object }) => verb === 'schedule' && libraries.get(object)?.kind === 'schedule.task');
    yield* distinctTriggers(tasks.map(toTrigger));
  },
});

function toTrigger(effect: BootEffect): TriggerFact {
  const { rule, callback } = readTask(effect);
  const detail = ruleText(rule);
  return triggerOf(effect, { trigger: 'schedule', library: libraryOf(effect), callback, detail, label: detail ?? 'unknown' });
}

/** The callback is the first function among the arguments, the rule stands before it; an options object has both. */
function readTask(effect: BootEffect): { readonly rule: BootValue | undefined; readonly callback: BootValue | undefined } {
  const [first] = effect.arguments;
  if (first?.kind === 'object') return { rule: first.properties.cronTime, callback: first.properties.onTick };
  const position = effect.arguments.findIndex(({ kind }) => kind === 'function');
  return position === -1
    ? { rule: first, callback: effect.arguments[1] }
    : { rule: effect.arguments[position - 1], callback: effect.arguments[position] };
}

function ruleText(value: BootValue | undefined): string | undefined {
  if (value?.kind === 'constant') return String(value.value);
  if (value?.kind === 'environment') return ruleText(value.default);
  return value?.kind === 'union' ? value.options.map(ruleText).find((text) => text !== undefined) : undefined;
}

function libraryOf(effect: BootEffect): string {
  if (effect.method === 'scheduleJob') return 'node-schedule';
  return effect.method === 'CronJob' || effect.method === 'from' ? 'cron' : 'node-cron';
}
