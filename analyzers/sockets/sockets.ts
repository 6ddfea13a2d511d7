import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { constantText } from '../../src/analyze/constant-text.ts';
import { distinctTriggers, triggerOf } from '../../src/analyze/trigger-fact.ts';
import type { BootEffect, BootValue, CallModel, LibraryModel, LibraryObject } from '../../src/model/boot-trace.ts';
import type { TriggerFact } from '../../src/model/fact.ts';

const listens: CallModel = { records: 'socket', returns: 'self' };
const itself: CallModel = { returns: 'self' };
const webSocketServer: CallModel = { returns: { object: 'ws.server' }, constructs: true };
const ioServer: CallModel = { returns: { object: 'socket.io.server' }, constructs: true };
const ioMembers: LibraryModel['objects'][string]['members'] = {
  on: listens,
  once: listens,
  use: itself,
  attach: itself,
  listen: itself,
  emit: { returns: 'unknown' },
  of: { returns: { object: 'socket.io.namespace' } },
};

/** `ws`: a server attached to an HTTP server or listening by itself. */
export const wsModel: LibraryModel = {
  name: 'ws',
  packages: ['ws'],
  exports: {
    default: { members: { Server: webSocketServer, WebSocketServer: webSocketServer } },
    WebSocketServer: webSocketServer,
    Server: webSocketServer,
  },
  objects: {
    'ws.server': {
      members: { on: listens, once: listens, handleUpgrade: { returns: 'unknown' }, emit: { returns: 'unknown' }, close: itself },
    },
  },
};

/** `socket.io`: a server and its namespaces. */
export const socketIoModel: LibraryModel = {
  name: 'socket.io',
  packages: ['socket.io'],
  exports: { default: { members: {}, call: ioServer }, Server: ioServer },
  objects: { 'socket.io.server': { members: ioMembers }, 'socket.io.namespace': { members: ioMembers } },
};

/** Socket endpoints: what runs when a client connects. */
export const socketsAnalyzer = defineAnalyzer({
  name: 'sockets',
  produces: ['trigger'],

  *analyze({ trace }) {
    const objects = new Map(trace.objects.map((object) => [object.id, object]));
    const endpoints = trace.effects.filter(({ verb, arguments: [event] }) => verb === 'socket' && isConnection(event));
    yield* distinctTriggers(endpoints.map((effect) => toTrigger(effect, objects.get(effect.object))));
  },
});

const isConnection = (event: BootValue | undefined): boolean =>
  event?.kind === 'constant' && (event.value === 'connection' || event.value === 'connect');

function toTrigger(effect: BootEffect, object: LibraryObject | undefined): TriggerFact {
  const detail = object === undefined ? '/' : pathOf(object);
  const library = object?.kind.startsWith('ws.') === true ? 'ws' : 'socket.io';
  return triggerOf(effect, { trigger: 'socket', library, callback: effect.arguments[1], detail, label: detail });
}

/** The path option of the server, or the namespace's name; `/` for every path. */
function pathOf(object: LibraryObject): string {
  const [first, second] = object.arguments;
  return constantText(first) ?? option(first) ?? option(second) ?? '/';
}

const option = (value: BootValue | undefined): string | undefined =>
  value?.kind === 'object' ? constantText(value.properties.path) : undefined;
