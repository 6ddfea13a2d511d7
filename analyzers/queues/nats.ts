import type { LibraryHost, LibraryModel } from '../../src/model/boot-trace.ts';
import { consumeByOptions } from './consume.ts';

/** `connection.subscribe(subject, { callback })`; a subscription that is iterated instead has no function to name. */
function subscribe<Value>(host: LibraryHost<Value>): Value {
  const [subject, options] = host.given;
  const callback = host.member(options, 'callback');
  if (callback === undefined) host.record({ verb: 'consume', arguments: [subject ?? host.constant(undefined), host.unknown()] });
  else consumeByOptions(host, { options, handlers: ['callback'], queue: subject });
  return host.unknown();
}

export const natsModel: LibraryModel = {
  name: 'nats',
  packages: ['nats', '@nats-io/transport-node'],
  exports: { connect: { returns: { object: 'nats.connection' } } },
  objects: {
    'nats.connection': {
      members: {
        subscribe: { performs: subscribe },
        publish: { records: 'produce', returns: 'unknown' },
        request: { records: 'produce', returns: 'unknown' },
        '*': { returns: 'unknown' },
      },
    },
  },
};
