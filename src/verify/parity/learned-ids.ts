import type { GatewayRoute } from '../../model/gateway-table.ts';
import type { RouteId } from '../../model/ids.ts';
import type { Exchange } from '../../serve/exchange.ts';
import { splitUrl } from '../../serve/http-api-event.ts';
import { readBody } from './comparable-body.ts';

/**
 * The URL of each exchange with every value that an earlier response of the same run had given out (an id, a slug, a
 * token) replaced by `{}`: the same request of two runs then has the same text, whatever ids the databases gave.
 */
export function normalisedUrls(exchanges: readonly Exchange[], routes: readonly GatewayRoute[]): readonly string[] {
  const known = new Set<string>();
  const patterns = new Map<RouteId, readonly string[]>(routes.map((route) => [route.id, route.path.split('/')]));
  return exchanges.map((exchange) => {
    const pattern = exchange.route === undefined ? undefined : patterns.get(exchange.route);
    const { path, query } = splitUrl(exchange.url);
    const segments = path.split('/').map((segment, index) => {
      // Constant segments of a route stay, even if a response happened to contain the word.
      const isConstant = pattern?.[index] !== undefined && !pattern[index].includes('{');
      return !isConstant && known.has(decode(segment)) ? '{}' : segment;
    });
    const parameters = Array.from(new URLSearchParams(query), ([name, value]) => `${name}=${known.has(value) ? '{}' : value}`);
    for (const value of givenOut(exchange)) known.add(value);
    return [segments.join('/'), ...parameters].join('&');
  });
}

const LONGEST_ID = 512;

/** Every scalar of a JSON response that could stand in a URL. */
function* givenOut(exchange: Exchange): Generator<string> {
  const body = readBody(exchange);
  if (body.kind !== 'json') return;
  for (const value of scalars(body.value)) if (value !== '' && value.length <= LONGEST_ID) yield value;
}

/** Every text and number in a JSON value. */
export function* scalars(value: unknown): Generator<string> {
  if (typeof value === 'number') yield String(value);
  else if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* scalars(inner);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
