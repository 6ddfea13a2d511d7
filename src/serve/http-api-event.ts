import { isUtf8 } from 'node:buffer';
import { type HeaderLine, headerValues, withoutHopByHop } from './http-headers.ts';
import type { RouteMatch } from './route-matching.ts';

/** An HTTP API event, payload format 2.0. */
export interface HttpApiEvent {
  readonly version: '2.0';
  readonly routeKey: string;
  /** URL-decoded, as HTTP APIs deliver it. */
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: readonly string[];
  /** Names in lower case; duplicates joined with commas; cookies are in `cookies`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly requestContext: HttpApiRequestContext;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

export interface HttpApiRequestContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly domainName: string;
  readonly domainPrefix: string;
  readonly http: {
    readonly method: string;
    readonly path: string;
    readonly protocol: string;
    readonly sourceIp: string;
    readonly userAgent: string;
  };
  readonly requestId: string;
  readonly routeKey: string;
  readonly stage: '$default';
  /** `12/Mar/2020:19:03:58 +0000`. */
  readonly time: string;
  readonly timeEpoch: number;
}

export interface EventSource {
  readonly method: string;
  /** Path and query as they stand in the request line. */
  readonly url: string;
  /** `HTTP/1.1`. */
  readonly protocol: string;
  readonly headers: readonly HeaderLine[];
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly match: RouteMatch;
  readonly requestId: string;
  readonly at: Date;
}

/** Builds the event that an HTTP API would send for a request. */
export function toHttpApiEvent(source: EventSource): HttpApiEvent {
  const { match, method, body } = source;
  const { path, query } = splitUrl(source.url);
  const rawPath = decodePath(path);
  const routeKey = `${match.route.method === 'ALL' ? 'ANY' : match.route.method} ${match.route.path}`;
  const headers = joinHeaders(source.headers);
  const cookies = headerValues(source.headers, 'cookie').flatMap((line) => line.split(/;\s*/).filter((cookie) => cookie !== ''));
  const isBase64Encoded = body.length > 0 && !isText(headers, body);
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: query,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers,
    ...(query === '' ? {} : { queryStringParameters: joinQuery(query) }),
    ...(Object.keys(match.parameters).length > 0 ? { pathParameters: match.parameters } : {}),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers.host ?? 'localhost',
      domainPrefix: (headers.host ?? 'localhost').split(/[.:]/, 1)[0] ?? 'localhost',
      http: { method, path: rawPath, protocol: source.protocol, sourceIp: source.sourceIp, userAgent: headers['user-agent'] ?? '' },
      requestId: source.requestId,
      routeKey,
      stage: '$default',
      time: commonLogTime(source.at),
      timeEpoch: source.at.getTime(),
    },
    ...(body.length > 0 ? { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') } : {}),
    isBase64Encoded,
  };
}

/** Splits a request target at its first question mark. */
export function splitUrl(url: string): { readonly path: string; readonly query: string } {
  const at = url.indexOf('?');
  return at < 0 ? { path: url, query: '' } : { path: url.slice(0, at), query: url.slice(at + 1) };
}

function joinHeaders(lines: readonly HeaderLine[]): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of withoutHopByHop(lines)) {
    const key = name.toLowerCase();
    if (key === 'cookie') continue;
    joined[key] = joined[key] === undefined ? value : `${joined[key]},${value}`;
  }
  return joined;
}

function joinQuery(query: string): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    joined[name] = joined[name] === undefined ? value : `${joined[name]},${value}`;
  }
  return joined;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** HTTP APIs pass text and JSON as it is and everything else, forms included, in base64. */
function isText(headers: Readonly<Record<string, string>>, body: Buffer): boolean {
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') return false;
  return TEXT_TYPE.test(headers['content-type'] ?? '') && isUtf8(body);
}

const TEXT_TYPE = /^(text\/|application\/(json|javascript|xml|[^;]+\+json|[^;]+\+xml)\s*(;|$))/i;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function commonLogTime(at: Date): string {
  const day = String(at.getUTCDate()).padStart(2, '0');
  return `${day}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}:${at.toISOString().slice(11, 19)} +0000`;
}
