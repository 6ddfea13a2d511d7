import { Agent, type IncomingMessage, type RequestOptions, request, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { messageResponse } from './http-api-response.ts';
import { forwardedHeaders, type HeaderLine, headerLines, headerValues, withoutHopByHop } from './http-headers.ts';

/** Passes requests on to the monolith, both ways as streams, without limits of size or time. */
export interface MonolithProxy {
  forward(request: IncomingMessage, response: ServerResponse, observer: ForwardObserver): void;
  /** Passes an upgraded connection (a WebSocket) through; `head` are the bytes already read. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** Sees what passes; never changes it. */
export interface ForwardObserver {
  onRequestBytes(bytes: Buffer): void;
  onResponseBytes(bytes: Buffer): void;
  onEnd(answer: { readonly status: number; readonly headers: readonly HeaderLine[]; readonly complete: boolean }): void;
}

export function createMonolithProxy(monolithUrl: string, servedBy: HeaderLine): MonolithProxy {
  // A connection for each request: a kept one may be closed by the monolith just when the next request is sent.
  const agent = new Agent({ keepAlive: false });
  const target = new URL(monolithUrl);
  const optionsFor = (incoming: IncomingMessage, headers: readonly HeaderLine[]): RequestOptions => ({
    host: target.hostname.replace(/^\[|\]$/g, ''),
    port: target.port,
    method: incoming.method,
    path: incoming.url,
    headers: groupHeaders(headers),
    setHost: false,
    agent,
  });
  return {
    forward: (incoming, response, observer) => {
      const lines = headerLines(incoming.rawHeaders);
      const outgoing = request(optionsFor(incoming, forwardedLines(incoming, withoutHopByHop(lines))));
      outgoing.on('response', (answer) => passBack(answer, response, servedBy, observer));
      outgoing.on('error', () => refuse(response, servedBy, observer));
      response.on('close', () => outgoing.destroy());
      incoming.on('data', (bytes: Buffer) => observer.onRequestBytes(bytes));
      if (hasBody(lines)) incoming.pipe(outgoing);
      else outgoing.end();
    },
    upgrade: (incoming, socket, head) => {
      const lines = forwardedLines(incoming, headerLines(incoming.rawHeaders));
      const outgoing = request(optionsFor(incoming, lines));
      socket.on('error', () => outgoing.destroy());
      socket.on('close', () => outgoing.destroy());
      outgoing.on('upgrade', (answer, upstream, upstreamHead) => {
        socket.write(statusAndHeaders(answer, headerLines(answer.rawHeaders)));
        socket.write(upstreamHead);
        upstream.write(head);
        upstream.on('error', () => socket.destroy());
        upstream.on('close', () => socket.destroy());
        socket.on('close', () => upstream.destroy());
        upstream.pipe(socket).pipe(upstream);
      });
      outgoing.on('response', (answer) => {
        socket.write(statusAndHeaders(answer, [...withoutHopByHop(headerLines(answer.rawHeaders)), ['connection', 'close']]));
        answer.pipe(socket);
      });
      outgoing.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'));
      outgoing.end();
    },
    close: () => agent.destroy(),
  };
}

function forwardedLines(incoming: IncomingMessage, lines: readonly HeaderLine[]): readonly HeaderLine[] {
  const forwarded = forwardedHeaders(lines, clientAddress(incoming), incoming.socket.localPort ?? 0);
  const chunked = incoming.headers['transfer-encoding'] !== undefined;
  return chunked && incoming.headers.upgrade === undefined ? [...forwarded, ['transfer-encoding', 'chunked']] : forwarded;
}

/** Address of the client, IPv4 in its plain form. */
export function clientAddress(incoming: IncomingMessage): string {
  return (incoming.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
}

const hasBody = (lines: readonly HeaderLine[]): boolean =>
  headerValues(lines, 'content-length').length > 0 || headerValues(lines, 'transfer-encoding').length > 0;

function groupHeaders(lines: readonly HeaderLine[]): Record<string, string | string[]> {
  const grouped: Record<string, string | string[]> = {};
  for (const [name, value] of lines) {
    const key = Object.keys(grouped).find((known) => known.toLowerCase() === name.toLowerCase()) ?? name;
    const known = grouped[key];
    grouped[key] = known === undefined ? value : [known, value].flat();
  }
  return grouped;
}

function passBack(answer: IncomingMessage, response: ServerResponse, servedBy: HeaderLine, observer: ForwardObserver): void {
  const status = answer.statusCode ?? 502;
  const headers = withoutHopByHop(headerLines(answer.rawHeaders));
  const end = once((complete: boolean) => observer.onEnd({ status, headers, complete }));
  response.writeHead(status, answer.statusMessage, [...headers, servedBy].flat());
  answer.on('data', (bytes: Buffer) => observer.onResponseBytes(bytes));
  answer.on('close', () => {
    end(answer.complete);
    if (!answer.complete) response.destroy();
  });
  response.on('finish', () => end(true));
  answer.pipe(response);
}

function refuse(response: ServerResponse, servedBy: HeaderLine, observer: ForwardObserver): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const { status, headers, body } = messageResponse(502, 'Bad Gateway');
  response.writeHead(status, [...headers, servedBy].flat());
  response.end(body);
  observer.onResponseBytes(body);
  observer.onEnd({ status, headers, complete: true });
}

function once<T>(call: (value: T) => void): (value: T) => void {
  let called = false;
  return (value) => {
    if (called) return;
    called = true;
    call(value);
  };
}

function statusAndHeaders(answer: IncomingMessage, lines: readonly HeaderLine[]): string {
  const text = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n${text}\r\n`;
}
