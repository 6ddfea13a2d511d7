import { uniqueSorted } from '../../lib/sort.ts';
import type { Exchange } from '../../serve/exchange.ts';
import { compareExchanges } from './compare-exchanges.ts';
import type { FieldDifference } from './field-difference.ts';
import type { ExchangePair } from './pair-exchanges.ts';

/** What the monolith answers differently each time; learnt, never configured. */
export interface VolatileFields {
  /** Answers of the first run whose very status was another in the second: they prove nothing either way. */
  readonly unstable: ReadonlySet<Exchange>;
  /** Whether a difference in an answer to this request says nothing. */
  covers(exchange: Exchange, difference: FieldDifference): boolean;
  /** `GET /books/{id} body.updatedAt`, sorted. */
  readonly names: readonly string[];
}

/**
 * Learns from two runs against the monolith. A field whose value differed is not compared, but it must be there and
 * have the same type; one that was there only once, or with another type, is not compared at all.
 */
export function learnVolatileFields(pairs: readonly ExchangePair[]): VolatileFields {
  const learnt = new Map<string, FieldDifference['kind']>();
  const unstable = new Set(pairs.filter(({ left, right }) => left.status !== right.status).map(({ left }) => left));
  for (const { left, right } of pairs) {
    if (unstable.has(left)) continue;
    for (const difference of compareExchanges(left, right)) {
      const name = nameOf(left, difference);
      if (learnt.get(name) !== 'shape') learnt.set(name, difference.kind);
    }
  }
  return {
    unstable,
    covers: (exchange, difference) => {
      const known = learnt.get(nameOf(exchange, difference));
      return known === 'shape' || (known === 'value' && difference.kind === 'value');
    },
    names: uniqueSorted(learnt.keys()),
  };
}

const nameOf = ({ method, route, url }: Exchange, { pattern }: FieldDifference): string =>
  `${route ?? `${method} ${url.split('?', 1)[0]}`} ${pattern}`;
