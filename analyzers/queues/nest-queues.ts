import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { decoratorCalls, propertyOf, textOf } from '../../src/analyze/decorator-calls.ts';
import { type MemberTriggers, memberTriggers, type TriggerPlace } from '../../src/analyze/member-triggers.ts';
import type { LibraryModel } from '../../src/model/boot-trace.ts';

/** `@nestjs/bull` and `@nestjs/bullmq`: methods that jobs of a queue start. */
export const nestQueuesModel: LibraryModel = {
  name: 'nest-queues',
  packages: ['@nestjs/bull', '@nestjs/bullmq'],
  exports: {},
  objects: {},
  decorators: {
    Process: { handles: true },
    Processor: { handles: ['process'] },
    OnQueueEvent: { handles: true },
    OnWorkerEvent: { handles: true },
    InjectQueue: { injects: { object: 'nest-queues.queue' } },
  },
};

const QUEUES = ['@nestjs/bull', '@nestjs/bullmq'];

/** `mail` or `mail:send`: the queue that the class consumes, and the job where one is named. */
function jobName({ call, class: owner }: TriggerPlace): readonly (string | undefined)[] {
  const processor = decoratorCalls(owner.decorators).find(({ package: origin, name }) => QUEUES.includes(origin) && name === 'Processor');
  const [given] = processor?.arguments ?? [];
  const queue = textOf(given) ?? textOf(propertyOf(given, 'name'));
  const job = call.name === 'Process' ? (textOf(call.arguments[0]) ?? textOf(propertyOf(call.arguments[0], 'name'))) : undefined;
  return [queue === undefined || job === undefined ? queue : `${queue}:${job}`];
}

const TRIGGERS: readonly MemberTriggers[] = [
  { packages: QUEUES, decorators: ['Process'], trigger: 'queue', details: jobName },
  { packages: QUEUES, decorators: ['Processor'], trigger: 'queue', methods: ['process'], details: jobName },
];

/** Methods of Nest that jobs of queues start. */
export const nestQueuesAnalyzer = defineAnalyzer({
  name: 'nest-queues',
  produces: ['trigger'],

  *analyze({ trace }) {
    yield* memberTriggers(trace, TRIGGERS);
  },
});
