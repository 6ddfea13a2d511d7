import type { GatewayRoute } from '../../model/gateway-table.ts';
import type { Exchange } from '../../serve/exchange.ts';
import { type CredentialLabels, credentialLabels } from './credential-labels.ts';
import { normalisedUrls } from './learned-ids.ts';

/** Which exchange of one run is which of another. */
export interface PairedExchanges {
  /** In the order of the first run. */
  readonly pairs: readonly ExchangePair[];
  /** Exchanges of the first run that the second has not. */
  readonly unpaired: readonly Exchange[];
  /** Exchanges of the second run that the first has not. */
  readonly extra: readonly Exchange[];
}

export interface ExchangePair {
  readonly left: Exchange;
  readonly right: Exchange;
}

/**
 * Pairs the exchanges of two runs of one suite. First those with the very same request, then those that differ only in
 * ids and tokens that responses gave out, then by less and less: always in the order in which equal ones occurred.
 * Requests with credentials that both runs know from the same source are never paired with those of another.
 */
export function pairExchanges(left: readonly Exchange[], right: readonly Exchange[], routes: readonly GatewayRoute[]): PairedExchanges {
  const [waiting, offered] = withCredentials(toRequests(left, routes), toRequests(right, routes));
  const partners = new Map<Exchange, Exchange>();
  const taken = new Set<Exchange>();
  for (const key of KEYS) {
    const queues = new Map<string, Exchange[]>();
    for (const candidate of offered) {
      if (taken.has(candidate.exchange)) continue;
      const text = key(candidate);
      const queue = queues.get(text);
      if (queue === undefined) queues.set(text, [candidate.exchange]);
      else queue.push(candidate.exchange);
    }
    for (const request of waiting) {
      if (partners.has(request.exchange)) continue;
      const partner = queues.get(key(request))?.shift();
      if (partner === undefined) continue;
      partners.set(request.exchange, partner);
      taken.add(partner);
    }
  }
  return {
    pairs: waiting.flatMap(({ exchange }) => {
      const partner = partners.get(exchange);
      return partner === undefined ? [] : [{ left: exchange, right: partner }];
    }),
    unpaired: waiting.flatMap(({ exchange }) => (partners.has(exchange) ? [] : [exchange])),
    extra: offered.flatMap(({ exchange }) => (taken.has(exchange) ? [] : [exchange])),
  };
}

interface Request {
  readonly exchange: Exchange;
  /** With learned ids replaced. */
  readonly url: string;
}

function toRequests(exchanges: readonly Exchange[], routes: readonly GatewayRoute[]): readonly Request[] {
  const ordered = exchanges.toSorted((one, other) => one.index - other.index);
  const urls = normalisedUrls(ordered, routes);
  return ordered.map((exchange, index) => ({ exchange, url: urls[index] ?? exchange.url }));
}

type LabelledRequest = Request & CredentialLabels;

function withCredentials(
  left: readonly Request[],
  right: readonly Request[],
): readonly [readonly LabelledRequest[], readonly LabelledRequest[]] {
  const [before, after] = credentialLabels(left, right);
  const none = { exact: '', ordinal: '', loose: '' };
  return [
    left.map((request, index) => ({ ...request, ...(before[index] ?? none) })),
    right.map((request, index) => ({ ...request, ...(after[index] ?? none) })),
  ];
}

/** From what is surely the same request to what is probably the same. */
const KEYS: readonly ((request: LabelledRequest) => string)[] = [
  ({ exchange }) => [exchange.method, exchange.url, exchange.requestBody, ...exchange.credentials].join(' '),
  ...(['exact', 'ordinal', 'loose'] as const).flatMap((credentials) => [
    (request: LabelledRequest) => [request.exchange.method, request.url, request.exchange.requestBody, request[credentials]].join(' '),
    (request: LabelledRequest) => [request.exchange.method, request.url, request[credentials]].join(' '),
    (request: LabelledRequest) => [request.exchange.method, request.exchange.route ?? request.url, request[credentials]].join(' '),
  ]),
];
