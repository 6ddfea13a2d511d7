import type { CallModel, LibraryHost, LibraryModel } from '../../src/model/boot-trace.ts';
import { consumeByOptions } from './consume.ts';

const nothing: CallModel = { returns: 'unknown' };
const makesClient: CallModel = { returns: { object: 'kafkajs.client' }, constructs: true };

/** `consumer.subscribe({ topic, topics })`. */
function subscribe<Value>(host: LibraryHost<Value>): Value {
  const [options] = host.given;
  const topics = options === undefined ? [] : ['topic', 'topics'].flatMap((name) => host.member(options, name) ?? []);
  host.record({ verb: 'consume-from', arguments: topics });
  return host.unknown();
}

/** `consumer.run({ eachMessage, eachBatch })`. */
function run<Value>(host: LibraryHost<Value>): Value {
  consumeByOptions(host, { options: host.given[0], handlers: ['eachMessage', 'eachBatch'] });
  return host.unknown();
}

export const kafkajsModel: LibraryModel = {
  name: 'kafkajs',
  packages: ['kafkajs', '@confluentinc/kafka-javascript'],
  exports: { Kafka: makesClient, 'KafkaJS.Kafka': makesClient },
  objects: {
    'kafkajs.client': {
      members: {
        // Its first argument holds the group, which is no topic.
        consumer: { returns: { object: 'kafkajs.consumer' } },
        producer: { returns: { object: 'kafkajs.producer' } },
        admin: nothing,
        logger: nothing,
      },
    },
    'kafkajs.consumer': { members: { subscribe: { performs: subscribe }, run: { performs: run }, on: nothing, '*': nothing } },
    'kafkajs.producer': { members: { send: { records: 'produce', returns: 'unknown' }, '*': nothing } },
  },
};
