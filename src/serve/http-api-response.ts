import { type FunctionFailure, failureOf, type InvocationResult } from './function-runtime/invocation-result.ts';
import { type HeaderLine, withoutHopByHop } from './http-headers.ts';

/** A whole response, ready to be sent. */
export interface GatewayResponse {
  readonly status: number;
  /** Names in lower case; `set-cookie` once per cookie. */
  readonly headers: readonly HeaderLine[];
  readonly body: Buffer;
  /** What the function itself said about who answered (`GET /:id`); only in proof mode. */
  readonly handler?: string;
  /** Why the function gave no answer of its own. */
  readonly failure?: FunctionFailure;
}

/**
 * Turns what a function gave into the response an HTTP API sends. Failures follow the API's own answers, except that a
 * crash is 502 and a timeout 504 (an HTTP API says 500 and 503 for both), to tell them apart in a comparison.
 */
export function toGatewayResponse(result: InvocationResult): GatewayResponse {
  const failure = failureOf(result);
  return failure === undefined ? toResponse(result) : { ...toResponse(result), failure };
}

function toResponse(result: InvocationResult): GatewayResponse {
  switch (result.kind) {
    case 'success':
      return fromPayload(result.payload);
    case 'handler-error':
    case 'response-too-large':
      return messageResponse(500, 'Internal Server Error');
    case 'init-error':
    case 'crashed':
      return messageResponse(502, 'Bad Gateway');
    case 'timeout':
      return messageResponse(504, 'Endpoint request timed out');
    case 'request-too-large':
      return messageResponse(413, 'Request Entity Too Large');
    case 'stopped':
      return messageResponse(503, 'Service Unavailable');
  }
}

/** An answer of the gateway itself. */
export function messageResponse(status: number, message: string): GatewayResponse {
  const body = Buffer.from(JSON.stringify({ message }));
  return { status, headers: [['content-type', 'application/json']], body };
}

const PROOF_HEADER = 'x-banyan-handler';

function fromPayload(payload: string): GatewayResponse {
  const value: unknown = JSON.parse(payload);
  if (!isRecord(value) || !('statusCode' in value)) return inferred(value);
  const status = Number(value.statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599 || !isOptionalText(value.body)) {
    return messageResponse(500, 'Internal Server Error');
  }
  const body = Buffer.from(value.body ?? '', value.isBase64Encoded === true ? 'base64' : 'utf8');
  const lines = withoutHopByHop(linesOf(value.headers, value.cookies));
  const handler = lines.find(([name]) => name === PROOF_HEADER)?.[1];
  const headers = lines.filter(([name]) => name !== PROOF_HEADER);
  if (body.length > 0 && !headers.some(([name]) => name === 'content-type')) headers.push(['content-type', 'text/plain;charset=UTF-8']);
  return { status, headers, body, ...(handler === undefined ? {} : { handler }) };
}

/** A value without a status code is a JSON body; a string stands for itself. */
function inferred(value: unknown): GatewayResponse {
  const body = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  return { status: 200, headers: [['content-type', 'application/json']], body };
}

function linesOf(headers: unknown, cookies: unknown): HeaderLine[] {
  const lines = Object.entries(isRecord(headers) ? headers : {}).map(
    ([name, value]): HeaderLine => [name.toLowerCase(), Array.isArray(value) ? value.join(',') : String(value)],
  );
  for (const cookie of Array.isArray(cookies) ? cookies : []) lines.push(['set-cookie', String(cookie)]);
  return lines;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isOptionalText = (value: unknown): value is string | null | undefined =>
  typeof value === 'string' || value === undefined || value === null;
