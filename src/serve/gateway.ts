import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GatewayTable } from '../model/gateway-table.ts';
import { credentialsOf } from './credentials.ts';
import { createDigest, type Exchange, type ExchangeListener } from './exchange.ts';
import type { FunctionPool } from './function-runtime/function-pool.ts';
import { splitUrl, toHttpApiEvent } from './http-api-event.ts';
import { type GatewayResponse, messageResponse, toGatewayResponse } from './http-api-response.ts';
import { forwardedHeaders, type HeaderLine, headerLines } from './http-headers.ts';
import { listenOnLoopback } from './loopback.ts';
import { clientAddress, createMonolithProxy } from './monolith-proxy.ts';
import { createRouteMatcher, type RouteMatch } from './route-matching.ts';
import { createTrafficSplit } from './slice-table.ts';

export interface GatewayOptions {
  readonly table: GatewayTable;
  /** 0 takes any free port. */
  readonly port: number;
  readonly monolithUrl: string;
  readonly functions: FunctionPool;
  /** `monolith` sends everything there, to observe it; `slices` follows the table's weights. */
  readonly mode: 'monolith' | 'slices';
  readonly observe?: ExchangeListener;
}

export interface StranglerGateway {
  readonly url: string;
  readonly port: number;
  /** Closes every connection; resolves when the port is free. Functions and monolith belong to the caller. */
  close(): Promise<void>;
}

/**
 * The strangler gateway on loopback: extracted routes are answered by functions through HTTP API events, all others by
 * the monolith. Each response names who gave it in `x-banyan-served-by`. Rejects when the port is taken.
 */
export async function startGateway(options: GatewayOptions): Promise<StranglerGateway> {
  const match = createRouteMatcher(options.table.routes);
  const split = createTrafficSplit();
  const proxy = createMonolithProxy(options.monolithUrl, servedByLine('monolith'));
  let arrivals = 0;

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const index = arrivals++;
    const { path } = splitUrl(request.url ?? '/');
    const found = match(request.method ?? 'GET', path);
    const report = (answer: Answer): void => options.observe?.(toExchange(index, request, found, answer));
    if (found?.route.target !== undefined && options.mode === 'slices' && split(found.route) === 'slice') {
      void answerFromFunction(request, response, { match: found, functions: options.functions, report });
    } else {
      answerFromMonolith(request, response, proxy.forward, report);
    }
  };

  const sockets = new Set<Duplex>();
  const listen = async (host: '127.0.0.1' | '::1', port: number): Promise<{ readonly server: Server; readonly port: number }> => {
    const server = createServer({ requestTimeout: 0, keepAliveTimeout: KEEP_ALIVE_MS }, handle);
    server.on('upgrade', (request, socket, head) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      proxy.upgrade(request, socket, head);
    });
    return { server, port: await listenOnLoopback(server, port, host) };
  };
  const first = await listen('127.0.0.1', options.port);
  // `localhost` may mean either family; a machine without IPv6 has only the first.
  const second = await listen('::1', first.port).catch(() => undefined);

  return {
    url: `http://127.0.0.1:${first.port}`,
    port: first.port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all([closeServer(first.server), second === undefined ? undefined : closeServer(second.server)]);
      proxy.close();
    },
  };
}

/** The part of an {@link Exchange} that the answering side knows. */
type Answer = Pick<Exchange, 'servedBy' | 'handler' | 'failure' | 'requestBody' | 'status' | 'headers' | 'body' | 'complete'>;

const SERVED_BY_HEADER = 'x-banyan-served-by';
const servedByLine = (name: string): HeaderLine => [SERVED_BY_HEADER, name];

/** Limits of an HTTP API (AWS documentation, read 2026-11); they do not apply to what the monolith answers here. */
const REQUEST_LIMIT_BYTES = 10 * 1024 * 1024;
const INTEGRATION_TIMEOUT_MS = 30_000;
/** Longer than any client keeps an idle connection, so that none is closed under a request just sent. */
const KEEP_ALIVE_MS = 65_000;
const TRACE_HEADER = 'x-amzn-trace-id';

function answerFromMonolith(
  request: IncomingMessage,
  response: ServerResponse,
  forward: ReturnType<typeof createMonolithProxy>['forward'],
  report: (answer: Answer) => void,
): void {
  const digest = createDigest();
  const parts: Buffer[] = [];
  forward(request, response, {
    onRequestBytes: (bytes) => digest.add(bytes),
    onResponseBytes: (bytes) => void parts.push(bytes),
    onEnd: (answer) => report({ ...answer, servedBy: 'monolith', requestBody: digest.end(), body: Buffer.concat(parts) }),
  });
}

async function answerFromFunction(
  request: IncomingMessage,
  response: ServerResponse,
  by: { readonly match: RouteMatch; readonly functions: FunctionPool; readonly report: (answer: Answer) => void },
): Promise<void> {
  const servedBy = by.match.route.target?.function ?? 'monolith';
  const digest = createDigest();
  const answer = await readBody(request).then(
    (body) => {
      if (body === 'too-large') return messageResponse(413, 'Request Entity Too Large');
      digest.add(body);
      return invoke(request, body, by.match, by.functions, servedBy);
    },
    () => undefined,
  );
  if (answer === undefined) {
    response.destroy();
    return;
  }
  const headers = [...withLength(answer, request.method ?? 'GET'), servedByLine(servedBy)];
  response.writeHead(answer.status, headers.flat());
  response.end(answer.body);
  by.report({ ...answer, servedBy, requestBody: digest.end(), complete: true });
}

async function invoke(request: IncomingMessage, body: Buffer, match: RouteMatch, functions: FunctionPool, name: string) {
  const requestId = randomUUID();
  const at = new Date();
  const traceId = `Root=1-${Math.floor(at.getTime() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;
  const sourceIp = clientAddress(request);
  const lines = forwardedHeaders(headerLines(request.rawHeaders), sourceIp, request.socket.localPort ?? 0);
  const event = toHttpApiEvent({
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    protocol: `HTTP/${request.httpVersion}`,
    headers: [...lines.filter(([header]) => header.toLowerCase() !== TRACE_HEADER), [TRACE_HEADER, traceId]],
    body,
    sourceIp,
    match,
    requestId,
    at,
  });
  return toGatewayResponse(await functions.invoke(name, event, { limitMs: INTEGRATION_TIMEOUT_MS, traceId }));
}

/** The gateway counts the body itself; only an answer to `HEAD` keeps the length of the body it leaves out. */
function withLength(answer: GatewayResponse, method: string): HeaderLine[] {
  if (method === 'HEAD' || answer.status === 304) return [...answer.headers];
  const headers = answer.headers.filter(([name]) => name !== 'content-length');
  return answer.status === 204 ? headers : [...headers, ['content-length', String(answer.body.length)]];
}

async function readBody(request: IncomingMessage): Promise<Buffer | 'too-large'> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    // The rest is read and dropped, so that the client gets to see the answer.
    if (length <= REQUEST_LIMIT_BYTES) parts.push(part);
  }
  return length > REQUEST_LIMIT_BYTES ? 'too-large' : Buffer.concat(parts);
}

function toExchange(index: number, request: IncomingMessage, match: RouteMatch | undefined, answer: Answer): Exchange {
  return {
    ...answer,
    index,
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    ...(match === undefined ? {} : { route: match.route.id }),
    credentials: credentialsOf(request.headers),
  };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
