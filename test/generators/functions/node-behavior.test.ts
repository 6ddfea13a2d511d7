import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { toHttpApiEvent } from '../../../src/serve/http-api-event.ts';
import { toGatewayResponse } from '../../../src/serve/http-api-response.ts';
import { listenOnLoopback } from '../../../src/serve/loopback.ts';
import { ask, route, startTestFunctions } from '../../serve/support.ts';

const template = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../generators/functions/templates/${name}.ts.hbs`, import.meta.url)), 'utf8');

const GENERATED = Object.fromEntries(
  ['connection', 'lambda', 'proof'].map((name) => [`services/library/src/banyan/${name}.ts`, template(name)]),
);

/** What a handler may do with Node's own request and response; the code is a function body over both. */
const HANDLERS = {
  'ends what writeHead returns': 'response.writeHead(404).end();',
  'gives a reason and headers': "response.writeHead(201, 'Shelved', { 'X-Shelf': '3', 'X-Row': '7' }).end('done');",
  'gives headers without a reason': "response.writeHead(200, undefined, { 'X-Shelf': '3', 'Content-Type': 'text/css' }).end('a{}');",
  'gives headers as a list': "response.writeHead(200, ['X-Shelf', '3', 'X-Row', '7']).end();",
  'adds headers to those set': "response.setHeader('X-Row', '7').setHeader('X-Shelf', ['1', '2']).writeHead(202, { 'X-Row': '8' }).end();",
  'sets several cookies': "response.setHeader('set-cookie', ['a=1; Path=/', 'b=2']).appendHeader('set-cookie', 'c=3'); response.end();",
  'flushes its headers first': "response.setHeader('X-Shelf', '3'); response.flushHeaders(); response.write('a'); response.end('b');",
  'sets a header too late':
    "response.write('a'); try { response.setHeader('X-Late', '1'); response.end('set'); } catch (error) { response.end(error.code); }",
  'writes a head twice': 'response.writeHead(200); try { response.writeHead(500); } catch (error) { response.end(error.code); }',
  'waits for what it writes':
    "response.write('a', () => response.write('b', 'utf8', () => response.end('c', () => globalThis.finished++)));",
  'listens after it has ended': "response.end('late'); response.on('finish', () => globalThis.finished++);",
  'counts what has finished': 'response.end(String(globalThis.finished > 0));',
  'writes other encodings': "response.write('c3bc', 'hex'); response.write('\\u00fc', 'latin1'); response.end('w7w=', 'base64');",
  'answers bytes without a type': 'response.end(Buffer.from([0, 255, 137, 10]));',
  'answers bytes that say they are text': "response.setHeader('content-type', 'text/csv'); response.end(Buffer.from([252, 10]));",
  'streams lines and umlauts in chunks':
    "response.setHeader('transfer-encoding', 'chunked'); Readable.from(['ü\\r\\n', Buffer.from('ö\\r\\n5\\r\\n'), 'ä']).pipe(response);",
  'streams much through a pipeline':
    "pipeline(Readable.from(Array.from({ length: 200 }, (_, index) => String(index).repeat(999))), response, (error) => { globalThis.piped = error?.message ?? 'whole'; });",
  'tells what became of the pipeline': 'response.end(String(globalThis.piped));',
  'limits the time of its connection':
    "request.setTimeout(5000); response.setTimeout(5000); request.socket.setKeepAlive(true).setNoDelay(true); response.end('in time');",
  'gives hints and a promise first': "response.writeContinue(); response.writeProcessing(); response.end('after all');",
  'reads what it was sent':
    "const parts = []; request.on('data', (part) => parts.push(part)).on('end', () => response.end([request.complete, request.httpVersionMajor, request.headers['content-length'], Buffer.concat(parts)].join(' ')));",
  'has nothing to say': 'response.statusCode = 204; response.end();',
  'knows itself unchanged': 'response.writeHead(304, { etag: \'"7"\' }).end();',
} as const;

const LISTENER = `
const handlers = [${Object.values(HANDLERS)
  .map((body) => `(request, response) => { ${body} }`)
  .join(',\n')}];
globalThis.finished = 0;
const listener = (request, response) => handlers[Number(new URL(request.url, 'http://shop').searchParams.get('handler'))](request, response);
`;

const FUNCTION = `
import { pipeline, Readable } from 'node:stream';
import { createHandler } from '../banyan/lambda';
${LISTENER}
export const handler = createHandler(async () => listener);
`;

const seen = ({ status, headers, body }: { status: number; headers: Readonly<Record<string, unknown>>; body: Buffer }) => ({
  status,
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.includes(name))),
  body: body.toString('latin1'),
});
const OF_THE_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date'];

/** Asks every handler in turn, in a real function process and behind Node's own server. */
test('a function answers as Node does, whatever a handler does with its response', async () => {
  const { pool } = await startTestFunctions({ shop: FUNCTION }, {}, {}, GENERATED);
  const server = createServer(makeListener());
  const port = await listenOnLoopback(server, 0);
  onTestFinished(() => void server.close());

  const found: Record<string, unknown> = {};
  const expected: Record<string, unknown> = {};
  for (const [index, title] of Object.keys(HANDLERS).entries()) {
    for (const method of ['POST', 'HEAD']) {
      const url = `/books?handler=${index}`;
      const body = method === 'HEAD' ? Buffer.alloc(0) : Buffer.from('Emma');
      const match = { route: route(0, `${method} /books`, 'shop'), parameters: {} };
      const common = { protocol: 'HTTP/1.1', sourceIp: '203.0.113.9', requestId: 'one', at: new Date(0) };
      const event = toHttpApiEvent({ method, url, headers: [['host', 'shop.example']], body, match, ...common });
      const answer = toGatewayResponse(await pool.invoke('shop', event, { limitMs: 10_000, traceId: 'Root=1-0-0' }));
      found[`${title} (${method})`] = { ...seen({ ...answer, headers: grouped(answer) }), why: answer.failure?.reason };
      const direct = await ask(`http://127.0.0.1:${port}${url}`, { method, body });
      expected[`${title} (${method})`] = { ...seen({ ...direct, body: direct.bytes }), why: undefined };
    }
  }
  expect(found).toEqual(withGatewaysType(expected));
});

/** Node gives every header once and cookies as a list. */
function grouped({ headers }: Pick<ReturnType<typeof toGatewayResponse>, 'headers'>): Record<string, unknown> {
  const cookies = headers.flatMap(([name, value]) => (name === 'set-cookie' ? [value] : []));
  const others = headers.filter(([name]) => name !== 'set-cookie');
  return { ...Object.fromEntries(others), ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}) };
}

/** An HTTP API gives a body without a type one. */
function withGatewaysType(answers: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(answers).map(([title, answer]) => {
      const { headers, body } = answer as ReturnType<typeof seen>;
      const isTyped = 'content-type' in headers || body === '';
      return [title, isTyped ? answer : { ...(answer as object), headers: { ...headers, 'content-type': 'text/plain;charset=UTF-8' } }];
    }),
  );
}

function makeListener(): RequestListener {
  const { pipeline, Readable } = createRequire(import.meta.url)('node:stream') as object as Record<string, unknown>;
  return new Function('pipeline', 'Readable', `${LISTENER}\nreturn listener;`)(pipeline, Readable) as RequestListener;
}

test.each<[string, string, string, string]>([
  ['a path with a space', '/books/the%20sea', '', '/books/the%20sea'],
  ['a path with letters of other scripts', '/books/caf%C3%A9', '', '/books/caf%C3%A9'],
  ['a path with a percent sign', '/books/100%25', '', '/books/100%25'],
  ['a path with a question mark', '/books/why%3F', '?page=2', '/books/why%3F?page=2'],
])('a function is asked for %s as a server is', async (_title, path, query, expected) => {
  const source = `import { createHandler } from '../banyan/lambda';
export const handler = createHandler(async () => (request, response) => response.end([request.url, request.socket.remoteAddress, request.headers.cookie].join(' ')));`;
  const { pool } = await startTestFunctions({ shop: source }, {}, {}, GENERATED);
  const event = toHttpApiEvent({
    ...{ method: 'GET', url: path + query, headers: [['cookie', 'a=1; b=2']], body: Buffer.alloc(0), protocol: 'HTTP/1.1' },
    ...{
      sourceIp: '203.0.113.9',
      match: { route: route(0, 'GET /books/{id}', 'shop'), parameters: {} },
      requestId: 'one',
      at: new Date(0),
    },
  });
  const answer = toGatewayResponse(await pool.invoke('shop', event, { limitMs: 10_000, traceId: 'Root=1-0-0' }));
  expect(answer.body.toString()).toBe(`${expected} 203.0.113.9 a=1; b=2`);
});

test('an application that forbids requests to the outside is still asked', async () => {
  const source = `import http from 'node:http';
import { createHandler } from '../banyan/lambda';
export const handler = createHandler(async () => {
  http.request = () => { throw new Error('nobody goes out'); };
  return (_request, response) => response.end('here');
});`;
  const { pool } = await startTestFunctions({ shop: source }, {}, {}, GENERATED);
  const event = { rawPath: '/', headers: {}, requestContext: { http: { method: 'GET' } } };
  expect(toGatewayResponse(await pool.invoke('shop', event, { limitMs: 5_000, traceId: 'Root=1-0-0' })).body.toString()).toBe('here');
});

test('an application that hangs up fails its invocation at once', async () => {
  const source = `import { createHandler } from '../banyan/lambda';
export const handler = createHandler(async () => (request, response) => { response.write('half'); setTimeout(() => request.socket.destroy(), 20); });`;
  const { pool } = await startTestFunctions({ shop: source }, {}, {}, GENERATED);
  const event = { rawPath: '/', headers: {}, requestContext: { http: { method: 'GET' } } };
  expect(await pool.invoke('shop', event, { limitMs: 5_000, traceId: 'Root=1-0-0' })).toMatchObject({
    kind: 'handler-error',
    message: expect.stringMatching(/closed the connection before its answer was whole/),
  });
});
