import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '../loopback.ts';
import { type InvocationResult, PAYLOAD_LIMIT_BYTES } from './invocation-result.ts';

/** The HTTP interface between one function process and its runner (`/2018-06-01/runtime`), on loopback. */
export interface RuntimeApi {
  /** `host:port`, for `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Hands an invocation to the waiting function, which must be idle, and resolves with its answer. */
  dispatch(invocation: Invocation): Promise<InvocationResult>;
  close(): void;
}

export interface Invocation {
  readonly requestId: string;
  readonly traceId: string;
  /** JSON text. */
  readonly payload: string;
  /** Milliseconds since the epoch. */
  readonly deadlineMs: number;
}

export interface RuntimeApiListener {
  /** The function asks for work: initialised, and idle until the next dispatch. */
  onIdle(): void;
  onInitError(message: string): void;
}

export async function startRuntimeApi(functionArn: string, listener: RuntimeApiListener): Promise<RuntimeApi> {
  let waiting: ServerResponse | undefined;
  let current: { readonly requestId: string; readonly settle: (result: InvocationResult) => void } | undefined;

  const settle = (requestId: string, result: InvocationResult): void => {
    if (current?.requestId !== requestId) return;
    const { settle: resolve } = current;
    current = undefined;
    resolve(result);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').replace(/^\/2018-06-01\/runtime/, '');
    if (request.method === 'GET' && path === '/invocation/next') {
      waiting = response;
      listener.onIdle();
      return;
    }
    const body = await readText(request);
    const [, requestId, what] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    if (path === '/init/error') listener.onInitError(errorMessage(body));
    else if (requestId === undefined) return void response.writeHead(404).end();
    else if (what === 'error') settle(requestId, { kind: 'handler-error', message: errorMessage(body) });
    else settle(requestId, sizedResult(body));
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  // A function may wait for its next invocation for as long as the gateway runs.
  server.requestTimeout = 0;
  const port = await listenOnLoopback(server, 0);

  return {
    address: `127.0.0.1:${port}`,
    dispatch: (invocation) =>
      new Promise((resolve) => {
        current = { requestId: invocation.requestId, settle: resolve };
        waiting?.writeHead(200, {
          'content-type': 'application/json',
          'lambda-runtime-aws-request-id': invocation.requestId,
          'lambda-runtime-deadline-ms': String(invocation.deadlineMs),
          'lambda-runtime-invoked-function-arn': functionArn,
          'lambda-runtime-trace-id': invocation.traceId,
        });
        waiting?.end(invocation.payload);
        waiting = undefined;
      }),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function sizedResult(body: string): InvocationResult {
  const bytes = Buffer.byteLength(body);
  return bytes > PAYLOAD_LIMIT_BYTES ? { kind: 'response-too-large', bytes } : { kind: 'success', payload: body };
}

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

function errorMessage(body: string): string {
  try {
    const { errorType, errorMessage, trace } = JSON.parse(body) as Record<string, unknown>;
    const stack = Array.isArray(trace) ? trace.filter((line) => typeof line === 'string').join('\n') : '';
    return stack === '' ? `${errorType}: ${errorMessage}` : stack;
  } catch {
    return body;
  }
}
