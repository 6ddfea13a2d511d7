import type { LibraryHost, LibraryModel } from '../../src/model/boot-trace.ts';
import { consumeByOptions } from './consume.ts';

/** `Consumer.create({ queueUrl, handleMessage })`. */
function create<Value>(host: LibraryHost<Value>): Value {
  const on = host.make('sqs-consumer.consumer', { arguments: [] });
  const [options] = host.given;
  const queue = host.member(options, 'queueUrl');
  consumeByOptions(host, { options, handlers: ['handleMessage', 'handleMessageBatch'], queue, on });
  return on;
}

/** Queues of SQS through `sqs-consumer`. */
export const sqsConsumerModel: LibraryModel = {
  name: 'sqs-consumer',
  packages: ['sqs-consumer', '@rxfork/sqs-consumer'],
  exports: { Consumer: { members: { create: { performs: create } }, call: { performs: create, constructs: true } } },
  objects: { 'sqs-consumer.consumer': { members: { on: { returns: 'self' }, once: { returns: 'self' }, '*': { returns: 'unknown' } } } },
};
