import type { BootValue, CallModel, LibraryHost, LibraryModel } from '../../src/model/boot-trace.ts';

const itself: CallModel = { returns: 'self' };
const nothing: CallModel = { returns: 'unknown' };

/**
 * `queue.process([name], [concurrency], processor)` of Bull and Bee-Queue. A processor given as the path of a file is the
 * file's default export.
 */
function process<Value>(host: LibraryHost<Value>): Value {
  const name = host.given.slice(0, -1).find((value) => isText(host.see(value)));
  consume(host, name, host.given.at(-1));
  return host.unknown();
}

/** `new Worker(queue, processor)` of BullMQ. */
function work<Value>(host: LibraryHost<Value>): Value {
  const worker = host.make('bullmq.worker', { arguments: [] });
  const [queue, processor] = host.given;
  if (processor !== undefined) consume(host, queue, processor, worker);
  return worker;
}

function consume<Value>(host: LibraryHost<Value>, name: Value | undefined, processor: Value | undefined, on?: Value): void {
  const handler = processor === undefined ? undefined : processorOf(host, processor);
  host.record({
    verb: 'consume',
    arguments: [name ?? host.constant(undefined), handler ?? host.unknown()],
    ...(on === undefined ? {} : { on }),
  });
}

const isText = (value: BootValue): boolean => value.kind === 'constant' && typeof value.value === 'string';

function processorOf<Value>(host: LibraryHost<Value>, processor: Value): Value | undefined {
  const seen = host.see(processor);
  if (seen.kind !== 'constant' || typeof seen.value !== 'string') return processor;
  const file = seen.value.replace(/^\.\//, '');
  const spellings = [file, file.replace(/\.([cm]?)js$/, '.$1ts'), `${file}.ts`, `${file}.js`];
  const loaded = spellings.map((path) => host.load(path)).find((module) => module !== undefined);
  return loaded === undefined ? undefined : host.callable(loaded);
}

const queueMembers: LibraryModel['objects'][string]['members'] = {
  process: { performs: process },
  add: { records: 'produce', returns: 'unknown' },
  addBulk: { records: 'produce', returns: 'unknown' },
  createJob: { records: 'produce', returns: 'unknown' },
  on: itself,
  once: itself,
  '*': nothing,
};

const bullQueue: CallModel = { returns: { object: 'bull.queue' }, constructs: true };
const beeQueue: CallModel = { returns: { object: 'bee-queue.queue' }, constructs: true };
const bullmqQueue: CallModel = { returns: { object: 'bullmq.queue' }, constructs: true };

export const bullModel: LibraryModel = {
  name: 'bull',
  packages: ['bull'],
  exports: { default: bullQueue, Queue: bullQueue },
  objects: { 'bull.queue': { members: queueMembers } },
};

export const beeQueueModel: LibraryModel = {
  name: 'bee-queue',
  packages: ['bee-queue'],
  exports: { default: beeQueue },
  objects: { 'bee-queue.queue': { members: queueMembers } },
};

/** Events of a worker (`completed`, `failed`) tell of jobs that were taken, and take none. */
export const bullmqModel: LibraryModel = {
  name: 'bullmq',
  packages: ['bullmq'],
  exports: {
    Queue: bullmqQueue,
    Worker: { performs: work, constructs: true },
    QueueEvents: { returns: { object: 'bullmq.events' }, constructs: true },
    FlowProducer: { returns: { object: 'bullmq.queue' }, constructs: true },
  },
  objects: {
    'bullmq.queue': { members: { ...queueMembers, process: nothing } },
    'bullmq.worker': { members: { on: itself, once: itself, '*': nothing } },
    'bullmq.events': { members: { on: itself, once: itself, '*': nothing } },
  },
};
