import type { CallModel, LibraryModel } from '../../src/model/boot-trace.ts';
import { consumeOnMessage } from './consume.ts';

const nothing: CallModel = { returns: 'unknown' };
const makesSubscription: CallModel = { returns: { object: 'google-pubsub.subscription' } };

/** Google Pub/Sub: `new PubSub().subscription(name).on('message', handler)`. */
export const googlePubSubModel: LibraryModel = {
  name: 'google-pubsub',
  packages: ['@google-cloud/pubsub'],
  exports: { PubSub: { returns: { object: 'google-pubsub.client' }, constructs: true } },
  objects: {
    'google-pubsub.client': {
      members: { subscription: makesSubscription, topic: { returns: { object: 'google-pubsub.topic' } }, '*': nothing },
    },
    'google-pubsub.topic': {
      members: { subscription: makesSubscription, publishMessage: { records: 'produce', returns: 'unknown' }, '*': nothing },
    },
    'google-pubsub.subscription': { members: { on: { performs: consumeOnMessage }, once: { returns: 'self' }, '*': nothing } },
  },
};
