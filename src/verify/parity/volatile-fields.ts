import { uniqueSorted } from '../../lib/sort.ts';
import type { Exchange } from '../../serve/exchange.ts';
import { widenedBytes } from './compare-bytes.ts';
import { compareExchanges } from './compare-exchanges.ts';
import { type Span, widened } from './compare-text.ts';
import type { FieldDifference, Pieces } from './field-difference.ts';
import type { ExchangePair } from './pair-exchanges.ts';

/** What the monolith answers differently each time; learnt, never configured. */
export interface VolatileFields {
  /** Answers of the first run whose very status was another in the second: they prove nothing either way. */
  readonly unstable: ReadonlySet<Exchange>;
  /** Whether a difference in an answer to this request says nothing. */
  covers(exchange: Exchange, difference: FieldDifference): boolean;
  /** The pieces of an answer's text or bytes that are not compared. */
  spans(exchange: Exchange): readonly Span[];
  /** `GET /books/{id} body.updatedAt`, sorted. */
  readonly names: readonly string[];
}

/**
 * Learns from two runs against the monolith. A field whose value differed is not compared, but it must be there and
 * have the same type; one that was there only once, or with another type, is not compared at all. Of text bodies, bytes
 * and addresses only the pieces are left out that differed in this very answer.
 */
export function learnVolatileFields(pairs: readonly ExchangePair[]): VolatileFields {
  const learnt = new Map<string, FieldDifference['kind']>();
  const pieces = new Map<Exchange, Map<string, Span[]>>();
  const places = new Set<string>();
  const unstable = new Set(pairs.filter(({ left, right }) => left.status !== right.status).map(({ left }) => left));
  for (const { left, right } of pairs) {
    if (unstable.has(left)) continue;
    const own = new Map<string, Span[]>();
    pieces.set(left, own);
    for (const difference of compareExchanges(left, right)) {
      const name = nameOf(left, difference);
      if (learnt.get(name) !== 'shape') learnt.set(name, difference.kind);
      if (difference.pieces === undefined) continue;
      const key = keyOf(difference);
      own.set(key, [...(own.get(key) ?? []), ...volatileSpans(difference.pieces)]);
      for (const { place } of difference.pieces.spans) if (place !== '') places.add(`${name} ${place}`);
    }
  }
  return {
    unstable,
    covers: (exchange, difference) => {
      const name = nameOf(exchange, difference);
      const known = learnt.get(name);
      if (difference.pieces === undefined) return known === 'shape' || (known === 'value' && difference.kind === 'value');
      const own = pieces.get(exchange)?.get(keyOf(difference));
      // What is equal by chance in this answer of the monolith's two differs at the same place of others.
      return difference.pieces.spans.every((span) => isWithin(span, own ?? []) || places.has(`${name} ${span.place}`));
    },
    spans: (exchange) => pieces.get(exchange)?.get('body') ?? [],
    names: uniqueSorted(learnt.keys()),
  };
}

/** The place of an element is its own; lines shift. */
const keyOf = ({ field, pieces }: FieldDifference): string => (pieces?.of === 'address' ? field : 'body');

function volatileSpans({ of, text, length, spans }: Pieces): readonly Span[] {
  if (of === 'address') return spans;
  return of === 'bytes' ? widenedBytes(spans, length) : spans.map((span) => widened(text, span));
}

/** Inside what differed between the monolith's own answers, and not changed more than that was. */
const isWithin = (span: Span, own: readonly Span[]): boolean =>
  own.some(({ start, end, kind }) => start <= span.start && span.end <= end && RANKS[span.kind] <= RANKS[kind]);

const RANKS: Readonly<Record<Span['kind'], number>> = { value: 0, shape: 1, missing: 2 };

const nameOf = ({ method, route, url }: Exchange, { pattern }: FieldDifference): string =>
  `${route ?? `${method} ${url.split('?', 1)[0]}`} ${pattern}`;
