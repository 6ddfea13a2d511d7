import type { CallModel, LibraryHost, LibraryModel } from '../../src/model/boot-trace.ts';

const nothing: CallModel = { returns: 'unknown' };
const makesConnection: CallModel = {
  returns: { object: 'amqplib.connection' },
  invokes: [{ argument: 'last', with: ['undefined', { object: 'amqplib.connection' }] }],
};
const makesChannel: CallModel = {
  returns: { object: 'amqplib.channel' },
  invokes: [{ argument: 'last', with: ['undefined', { object: 'amqplib.channel' }] }],
};
const channelMembers: LibraryModel['objects'][string]['members'] = {
  consume: { records: 'consume', returns: 'unknown' },
  sendToQueue: { records: 'produce', returns: 'unknown' },
  publish: { records: 'produce', returns: 'unknown' },
  on: { returns: 'self' },
  once: { returns: 'self' },
  '*': nothing,
};

/** `amqplib`, with promises and with callbacks. */
export const amqplibModel: LibraryModel = {
  name: 'amqplib',
  packages: ['amqplib', 'amqplib/callback_api', 'amqplib/callback_api.js'],
  exports: { default: { members: { connect: makesConnection } }, connect: makesConnection },
  objects: {
    'amqplib.connection': {
      members: {
        createChannel: makesChannel,
        createConfirmChannel: makesChannel,
        on: { returns: 'self' },
        once: { returns: 'self' },
        '*': nothing,
      },
    },
    'amqplib.channel': { members: channelMembers },
  },
};

/** `connection.createChannel({ setup: (channel) => … })`: set up at each connection. */
function createManagedChannel<Value>(host: LibraryHost<Value>): Value {
  const channel = host.make('amqplib.channel', { arguments: [] });
  const [options] = host.given;
  const setup = host.member(options, 'setup');
  if (setup !== undefined) host.call(setup, [channel]);
  return channel;
}

const managed: CallModel = { returns: { object: 'amqp-connection-manager.connection' } };

export const amqpConnectionManagerModel: LibraryModel = {
  name: 'amqp-connection-manager',
  packages: ['amqp-connection-manager'],
  exports: { default: { members: { connect: managed } }, connect: managed },
  objects: {
    'amqp-connection-manager.connection': {
      members: { createChannel: { performs: createManagedChannel }, on: { returns: 'self' }, once: { returns: 'self' }, '*': nothing },
    },
  },
};
