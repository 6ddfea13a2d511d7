import type { CallModel, LibraryModel } from '../../src/model/boot-trace.ts';
import { consumeOnMessage } from './consume.ts';

const makesClient: CallModel = { returns: { object: 'mqtt.client' } };

/** Topics by `subscribe`; one function takes the messages of all of them. Its first argument is the broker, no topic. */
export const mqttModel: LibraryModel = {
  name: 'mqtt',
  packages: ['mqtt'],
  exports: { connect: makesClient, connectAsync: makesClient },
  objects: {
    'mqtt.client': {
      members: {
        subscribe: { records: 'consume-from', returns: 'self' },
        subscribeAsync: { records: 'consume-from', returns: 'unknown' },
        on: { performs: consumeOnMessage },
        publish: { records: 'produce', returns: 'self' },
        '*': { returns: 'unknown' },
      },
    },
  },
};
