import type { GatewayRoute } from '../../model/gateway-table.ts';
import type { ExchangeDifference, RouteVerdict } from '../../model/verification.ts';
import type { Exchange } from '../../serve/exchange.ts';
import { compareExchanges } from './compare-exchanges.ts';
import { comparedShare } from './compared-share.ts';
import type { FieldDifference } from './field-difference.ts';
import { keptRequest } from './kept-value.ts';
import type { ExchangePair } from './pair-exchanges.ts';
import type { VolatileFields } from './volatile-fields.ts';

export interface RouteEvidence {
  /** Monolith left, gateway with slices right; only of this route. */
  readonly pairs: readonly ExchangePair[];
  /** Requests that every monolith run had and the run with slices has not. */
  readonly lost: number;
  /** Requests that only the run with slices had: tried again, or asked for until something came. */
  readonly extra: readonly Exchange[];
  /** Requests that the monolith itself answered with another status the second time; not among the pairs. */
  readonly unstable: number;
  readonly volatile: VolatileFields;
}

/** A route that has moved. */
export type MovedRoute = GatewayRoute & Required<Pick<GatewayRoute, 'target'>>;

/** Judges one moved route by its exchanges. */
export function judgeRoute(route: MovedRoute, evidence: RouteEvidence): RouteVerdict {
  const { pairs, volatile } = evidence;
  const compared = pairs.map((pair) => ({ ...pair, differences: compareExchanges(pair.left, pair.right) }));
  const shares = compared.map(({ left, differences }) => {
    const leftOut = differences.filter((difference) => volatile.covers(left, difference));
    return comparedShare(left, leftOut, volatile.spans(left));
  });
  const partly = shares.filter((share) => share < 1);
  const handled = pairs.filter(({ right }) => isHandledBy(route, right));
  const counted = {
    id: route.id,
    service: route.target.service,
    comparisons: pairs.length,
    servedBy: countServers(pairs),
    handledByMovedHandler: handled.length,
    successes: {
      monolith: pairs.filter(({ left }) => isSuccess(left)).length,
      slice: handled.filter(({ right }) => isSuccess(right)).length,
    },
    ...(partly.length === 0 ? {} : { partly: { bodies: partly.length, leastShare: roundDown(Math.min(...partly)) } }),
  };
  const firstDifference = findDifference(compared, evidence);
  if (firstDifference !== undefined) return { ...counted, verdict: 'different', firstDifference };
  const missing = findMissing(route, counted, evidence) ?? findFailures(handled, evidence) ?? findUnseen(pairs, shares, route);
  return missing === undefined ? { ...counted, verdict: 'proven' } : { ...counted, verdict: 'unproven', missing };
}

/** The function that the table names answered, and in it the handler that moved: not middleware, not another route. */
function isHandledBy({ method, target }: MovedRoute, { servedBy, handler }: Exchange): boolean {
  if (servedBy !== target.function || handler === undefined) return false;
  const at = handler.indexOf(' ');
  const [said, path] = [handler.slice(0, at), handler.slice(at + 1)];
  // The router answers HEAD with the GET handler, and an ALL handler with any method.
  const isMethod = method === 'ALL' || said === method || said === 'ALL' || (method === 'GET' && said === 'HEAD');
  // A route registered for several paths names them all.
  return isMethod && (path === target.localPath || path.split(',').includes(target.localPath));
}

const isSuccess = ({ status }: Exchange): boolean => status >= 200 && status < 400 && status !== 304;

function countServers(pairs: readonly ExchangePair[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { right } of pairs) counts.set(right.servedBy, (counts.get(right.servedBy) ?? 0) + 1);
  return Object.fromEntries([...counts].sort());
}

type Compared = ExchangePair & { readonly differences: readonly FieldDifference[] };

function findDifference(compared: readonly Compared[], { volatile }: RouteEvidence): ExchangeDifference | undefined {
  for (const { left, right, differences } of compared) {
    const difference = differences.find((one) => !volatile.covers(left, one));
    if (difference === undefined) continue;
    const { failure, servedBy } = right;
    return {
      request: keptRequest(right.method, right.url),
      field: difference.field,
      monolith: difference.left,
      slice: difference.right,
      ...(failure === undefined ? {} : { cause: `${servedBy} ${failure.reason}` }),
    };
  }
  return undefined;
}

/** Server errors are no answers: where there are no others something that both sides need was missing. */
function findFailures(handled: readonly ExchangePair[], { pairs, extra }: RouteEvidence): string | undefined {
  const known = new Set(pairs.map(({ left }) => left.status));
  const failed = extra.find(({ status }) => isServerError(status) && !known.has(status));
  if (failed !== undefined) {
    return `the run with slices had ${extra.length} more of its requests, and one of them was answered with status ${failed.status}`;
  }
  const isAll = handled.every(({ right }) => isServerError(right.status));
  return isAll ? 'the monolith and the moved handler answered with server errors only' : undefined;
}

const isServerError = (status: number): boolean => status >= 500;

/** A route all of whose successes differ as a whole each time has shown nothing of them. */
function findUnseen(pairs: readonly ExchangePair[], shares: readonly number[], route: MovedRoute): string | undefined {
  const successes = shares.filter((_share, index) => {
    const right = pairs[index]?.right;
    return right !== undefined && isHandledBy(route, right) && isSuccess(right);
  });
  const isAll = successes.length > 0 && successes.every((share) => share === 0);
  return isAll ? 'its bodies differ as a whole each time the monolith answers: nothing in them could be compared' : undefined;
}

/** Never says that more was compared than was. */
const roundDown = (share: number): number => Math.floor(share * 100) / 100;

type Counted = Pick<RouteVerdict, 'comparisons' | 'handledByMovedHandler' | 'successes'>;

function findMissing(route: MovedRoute, { comparisons, handledByMovedHandler, successes }: Counted, evidence: RouteEvidence) {
  const { lost, unstable } = evidence;
  if (comparisons === 0 && lost === 0 && unstable === 0) return 'no request of the test suite reaches it';
  if (comparisons === 0 && unstable > 0) return 'the monolith itself answered its requests with different statuses in two runs';
  if (lost > 0) return `${lost} of its requests did not come again in the run with slices`;
  if (handledByMovedHandler === 0) return `the moved handler (${route.method} ${route.target.localPath}) gave none of the answers`;
  if (unstable > 0 && successes.slice === 0)
    return 'the monolith answered some requests with different statuses in two runs, and no success is left to compare';
  if (successes.monolith > 0 && successes.slice === 0) return 'no success came from the moved handler';
  return undefined;
}
