import { createServer, request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { GatewayRoute } from '../../src/model/gateway-table.ts';
import type { Exchange } from '../../src/serve/exchange.ts';
import { startGateway } from '../../src/serve/gateway.ts';
import { listenOnLoopback } from '../../src/serve/loopback.ts';
import { ask, libraryFunction, route, startTestFunctions } from './support.ts';

async function startMonolith(listener: RequestListener) {
  const server = createServer(listener);
  const port = await listenOnLoopback(server, 0);
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { server, url: `http://127.0.0.1:${port}` };
}

async function start(given: {
  readonly routes?: readonly GatewayRoute[];
  readonly monolith?: RequestListener;
  readonly entries?: Readonly<Record<string, string>>;
  readonly mode?: 'monolith' | 'slices';
  readonly timeoutSeconds?: number;
}) {
  const { server, url } = await startMonolith(given.monolith ?? ((_request, response) => response.end('monolith')));
  const changes = given.timeoutSeconds === undefined ? {} : { timeoutSeconds: given.timeoutSeconds };
  const { pool } = await startTestFunctions(given.entries ?? {}, changes);
  const exchanges: Exchange[] = [];
  const gateway = await startGateway({
    table: {
      version: 1,
      granularity: 'service',
      routes: given.routes ?? [],
      functions: Object.keys(given.entries ?? {}).map((name) => libraryFunction(name)),
    },
    port: 0,
    monolithUrl: url,
    functions: pool,
    mode: given.mode ?? 'slices',
    observe: (exchange) => exchanges.push(exchange),
  });
  onTestFinished(() => gateway.close());
  return { gateway, url: gateway.url, exchanges, monolith: server };
}

const ECHO = 'export const handler = async (event) => event;';

test('a moved route is answered by its function through an event of exactly the documented shape', async () => {
  const { url, exchanges } = await start({ routes: [route(0, 'POST /books/{id}', 'echo')], entries: { echo: ECHO } });
  const { port } = new URL(url);
  const answer = await ask(`${url}/books/7?q=a&q=b`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: 'a=1; b=2', 'x-shelf': ['x', 'y'], 'user-agent': 'reader' },
    body: '{"title":"Emma"}',
  });
  expect(JSON.parse(answer.text)).toEqual({
    version: '2.0',
    routeKey: 'POST /books/{id}',
    rawPath: '/books/7',
    rawQueryString: 'q=a&q=b',
    cookies: ['a=1', 'b=2'],
    headers: {
      host: `127.0.0.1:${port}`,
      'content-type': 'application/json',
      'content-length': '16',
      'user-agent': 'reader',
      'x-shelf': expect.stringMatching(/^x, ?y$/),
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-port': port,
      'x-forwarded-proto': 'http',
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
    },
    queryStringParameters: { q: 'a,b' },
    pathParameters: { id: '7' },
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: `127.0.0.1:${port}`,
      domainPrefix: '127',
      http: { method: 'POST', path: '/books/7', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'reader' },
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      routeKey: 'POST /books/{id}',
      stage: '$default',
      time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      timeEpoch: expect.any(Number),
    },
    body: '{"title":"Emma"}',
    isBase64Encoded: false,
  });
  expect(answer.headers['x-banyan-served-by']).toBe('echo');
  expect(exchanges).toMatchObject([
    {
      index: 0,
      route: 'POST /books/{id}',
      servedBy: 'echo',
      status: 200,
      credentials: [expect.stringMatching(/^cookie a \S{22}$/), expect.stringMatching(/^cookie b \S{22}$/)],
    },
  ]);
});

test('binary bodies, cookies and the proof of the handler come through', async () => {
  const { url, exchanges } = await start({
    routes: [route(0, 'PUT /covers/{id}', 'covers')],
    entries: {
      covers: `export const handler = async (event) => ({
        statusCode: 201, isBase64Encoded: true, body: event.body,
        headers: { 'content-type': 'image/png', 'x-banyan-handler': 'PUT /covers/:id' }, cookies: ['a=1; Path=/', 'b=2'],
      });`,
    },
  });
  const bytes = Buffer.from([0x89, 0x50, 0x00, 0xff, 0xfe]);
  const answer = await ask(`${url}/covers/7`, { method: 'PUT', headers: { 'content-type': 'image/png' }, body: bytes });
  expect([answer.status, answer.bytes, answer.headers['set-cookie']]).toEqual([201, bytes, ['a=1; Path=/', 'b=2']]);
  expect(answer.headers['x-banyan-handler']).toBeUndefined();
  expect(exchanges[0]?.handler).toBe('PUT /covers/:id');
});

test.each([
  ['crashes', 'export const handler = async () => process.exit(1);', 502, 'Bad Gateway'],
  ['throws', "export const handler = async () => { throw new Error('torn'); };", 500, 'Internal Server Error'],
  ['takes too long', 'export const handler = () => new Promise(() => setInterval(() => {}, 99));', 504, 'Endpoint request timed out'],
])('a function that %s', async (_title, entry, status, message) => {
  const { url } = await start({ routes: [route(0, 'GET /books', 'books')], entries: { books: entry }, timeoutSeconds: 0.3 });
  const answer = await ask(`${url}/books`);
  expect([answer.status, JSON.parse(answer.text)]).toEqual([status, { message }]);
});

test('a request over 10 MB is refused', async () => {
  const { url } = await start({ routes: [route(0, 'POST /books', 'echo')], entries: { echo: ECHO } });
  const answer = await ask(`${url}/books`, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) });
  expect(answer.status).toBe(413);
});

test('HEAD asks the GET route and keeps the length; the body stays away', async () => {
  const { url } = await start({
    routes: [route(0, 'GET /books', 'books')],
    entries: {
      books:
        "export const handler = async (e) => ({ statusCode: 200, headers: { 'content-length': '9', 'x-method': e.requestContext.http.method } });",
    },
  });
  const { status, headers, text } = await ask(`${url}/books`, { method: 'HEAD' });
  expect([status, headers['content-length'], headers['x-method'], text]).toEqual([200, '9', 'HEAD', '']);
});

test('what did not move goes to the monolith as it came and comes back as it was', async () => {
  let seen: IncomingMessage | undefined;
  const { url, exchanges } = await start({
    routes: [route(0, 'GET /books', 'echo'), route(1, 'POST /loans')],
    entries: { echo: ECHO },
    monolith: (request, response) => {
      seen = request;
      const parts: Buffer[] = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', () => {
        response.writeHead(418, 'Short And Stout', [
          'Set-Cookie',
          'a=1',
          'set-cookie',
          'b=2',
          'Connection',
          'close, X-Gone',
          'X-Gone',
          '1',
        ]);
        response.end(Buffer.concat(parts));
      });
    },
  });
  const answer = await ask(`${url}/loans?x=%2F`, {
    method: 'POST',
    headers: { 'x-forwarded-for': '10.0.0.1', te: 'trailers', 'X-Kept': 'Yes' },
    body: 'three books',
  });
  expect(seen?.url).toBe('/loans?x=%2F');
  expect(seen?.headers).toMatchObject({
    host: new URL(url).host,
    'x-kept': 'Yes',
    'x-forwarded-for': '10.0.0.1, 127.0.0.1',
    'x-forwarded-proto': 'http',
    'content-length': '11',
  });
  expect(seen?.headers.te).toBeUndefined();
  expect([answer.status, answer.text, answer.headers['set-cookie'], answer.headers['x-gone']]).toEqual([
    418,
    'three books',
    ['a=1', 'b=2'],
    undefined,
  ]);
  expect(answer.headers['x-banyan-served-by']).toBe('monolith');
  expect(exchanges).toMatchObject([{ route: 'POST /loans', servedBy: 'monolith', status: 418, complete: true }]);
});

test('in monolith mode moved routes are only observed', async () => {
  const { url, exchanges } = await start({ routes: [route(0, 'GET /books', 'echo')], entries: { echo: ECHO }, mode: 'monolith' });
  expect((await ask(`${url}/books`)).text).toBe('monolith');
  expect(exchanges).toMatchObject([{ route: 'GET /books', servedBy: 'monolith' }]);
});

test('streams arrive piece by piece, both ways', async () => {
  const { url } = await start({
    monolith: (request, response) => {
      request.on('data', (part) => response.write(`got ${part};`));
      request.on('end', () => response.end('done'));
    },
  });
  const pieces: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const outgoing = httpRequest(
      `${url}/stream`,
      { method: 'DELETE', headers: { 'transfer-encoding': 'chunked' }, agent: false },
      (response) => {
        response.on('data', (part) => {
          pieces.push(String(part));
          if (pieces.length === 1) outgoing.end('two');
        });
        response.on('end', resolve);
      },
    );
    outgoing.on('error', reject);
    outgoing.write('one');
  });
  expect(pieces.join('')).toBe('got one;got two;done');
  expect(pieces.length).toBeGreaterThan(1);
});

test('a monolith that is gone, or goes away in the middle, is a broken answer and no crash', async () => {
  const { url, monolith, exchanges } = await start({
    monolith: (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    },
  });
  await expect(ask(`${url}/books`)).rejects.toThrow();
  expect(exchanges).toMatchObject([{ complete: false }]);
  monolith.close();
  const answer = await ask(`${url}/books`);
  expect([answer.status, answer.text]).toEqual([502, '{"message":"Bad Gateway"}']);
});

test('an upgraded connection is passed through to the monolith', async () => {
  const { url, monolith, gateway } = await start({});
  monolith.on('upgrade', (request, socket) => {
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nx-key: ${request.headers['sec-websocket-key']}\r\n\r\n`,
    );
    socket.on('data', (bytes: Buffer) => socket.write(`echo ${bytes}`));
  });
  const client = connect(Number(new URL(url).port), '127.0.0.1');
  let text = '';
  client.on('data', (bytes) => {
    text += bytes;
  });
  client.write('GET /live HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-key: k1\r\n\r\n');
  await expect.poll(() => text).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n(.*\r\n)*x-key: k1\r\n(.*\r\n)*\r\n$/);
  client.write('hello');
  await expect.poll(() => text).toMatch(/echo hello$/);
  const closed = new Promise((resolve) => client.once('close', resolve));
  await gateway.close();
  await closed;
});

test('closing frees the port while a request is under way, and a taken port is refused', async () => {
  const { gateway, url } = await start({ monolith: () => {} });
  const hanging = ask(`${url}/books`).catch((error: Error) => error.message);
  await expect(
    startGateway({
      table: { version: 1, granularity: 'service', routes: [], functions: [] },
      port: gateway.port,
      monolithUrl: url,
      functions: (await startTestFunctions({})).pool,
      mode: 'slices',
    }),
  ).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await gateway.close();
  expect(await hanging).toMatch(/hang up|ECONNRESET/);
  await expect(ask(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
