import type { CallModel, LibraryHost, LibraryModel } from '../../src/model/boot-trace.ts';
import { consumeByOptions } from './consume.ts';

const nothing: CallModel = { returns: 'unknown' };

/** `client.createReceiver(queue).subscribe({ processMessage, processError })`. */
function subscribe<Value>(host: LibraryHost<Value>): Value {
  consumeByOptions(host, { options: host.given[0], handlers: ['processMessage'] });
  return host.unknown();
}

export const azureServiceBusModel: LibraryModel = {
  name: 'azure-service-bus',
  packages: ['@azure/service-bus'],
  exports: { ServiceBusClient: { returns: { object: 'azure-service-bus.client' }, constructs: true } },
  objects: {
    'azure-service-bus.client': {
      members: {
        createReceiver: { returns: { object: 'azure-service-bus.receiver' } },
        createSender: { returns: { object: 'azure-service-bus.sender' } },
        '*': nothing,
      },
    },
    'azure-service-bus.receiver': { members: { subscribe: { performs: subscribe }, '*': nothing } },
    'azure-service-bus.sender': { members: { sendMessages: { records: 'produce', returns: 'unknown' }, '*': nothing } },
  },
};
