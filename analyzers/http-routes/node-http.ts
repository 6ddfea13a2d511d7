import type { CallModel, LibraryModel } from '../../src/model/boot-trace.ts';

const listen: CallModel = { records: 'listen', returns: 'self', invokes: [{ argument: 'last', with: [] }] };
const on: CallModel = { records: 'server-event', returns: 'self' };

/** Node's own HTTP servers: what they are created with and that they listen. The request listener is an application or a function. */
export const nodeHttpModel: LibraryModel = {
  name: 'node-http',
  packages: ['http', 'https', 'http2', 'spdy'],
  exports: {
    createServer: { records: 'create-server', returns: { object: 'node.http-server' } },
    createSecureServer: { records: 'create-server', returns: { object: 'node.http-server' } },
    Server: { records: 'create-server', returns: { object: 'node.http-server' }, constructs: true },
  },
  objects: {
    'node.http-server': {
      members: {
        listen,
        on,
        once: on,
        addListener: on,
        setTimeout: on,
        close: { returns: 'self' },
        address: { returns: 'unknown' },
      },
    },
  },
};
