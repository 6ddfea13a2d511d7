import { expect, test } from 'vitest';
import { socketAnalyzers } from '../../../analyzers/sockets/index.ts';
import { triggerSummaries } from '../../support/triggers.ts';

test.each<[string, string, readonly string[]]>([
  [
    'ws with a path',
    `import { WebSocketServer } from 'ws'; import http from 'http'; const server = http.createServer(); const sockets = new WebSocketServer({ server, path: '/live' }); function joined() {} sockets.on('connection', joined);`,
    ['socket /live joined (ws)'],
  ],
  [
    'ws by its older name',
    `import WebSocket from 'ws'; function joined() {} new WebSocket.Server({ port: 81 }).on('connection', joined);`,
    ['socket / joined (ws)'],
  ],
  [
    'socket.io',
    `import { Server } from 'socket.io'; function joined() {} const io = new Server(3000); io.on('connection', joined);`,
    ['socket / joined (socket.io)'],
  ],
  [
    'a namespace',
    `const io = require('socket.io')(3000); function joined() {} io.of('/admin').on('connection', joined);`,
    ['socket /admin joined (socket.io)'],
  ],
  ['nothing for other events', `import { WebSocketServer } from 'ws'; new WebSocketServer({ port: 1 }).on('error', () => {});`, []],
])('%s', (_title, code, expected) => expect(triggerSummaries(code, socketAnalyzers)).toEqual(expected));
