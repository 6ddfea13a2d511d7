import { uniqueSorted } from '../../lib/sort.ts';
import type { Exchange } from '../../serve/exchange.ts';
import { compareExchanges } from './compare-exchanges.ts';
import type { Span } from './compare-text.ts';
import type { FieldDifference, Pieces } from './field-difference.ts';
import { emptied, findLearnt, learnSpans } from './learnt-spans.ts';
import type { ExchangePair } from './pair-exchanges.ts';
import { isClockDrift } from './relative-time.ts';

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
 * and addresses only the pieces are left out that differed in this very answer; none may be empty that never was.
 */
export function learnVolatileFields(pairs: readonly ExchangePair[]): VolatileFields {
  const learnt = new Map<string, FieldDifference['kind']>();
  const pieces = new Map<Exchange, ReadonlyMap<string, readonly Span[]>>();
  const places = new Map<string, Set<string>>();
  const mayBeEmpty = new Set<Span>();
  const unstable = new Set(pairs.filter(({ left, right }) => left.status !== right.status).map(({ left }) => left));
  for (const { left, right } of pairs) {
    if (unstable.has(left)) continue;
    const own = new Map<string, Found>();
    for (const difference of compareExchanges(left, right)) {
      const name = nameOf(left, difference);
      if (learnt.get(name) !== 'shape') learnt.set(name, difference.kind);
      if (difference.pieces === undefined) continue;
      addPieces(own, keyOf(difference), difference.pieces);
      const known = places.get(name) ?? new Set();
      places.set(name, known);
      for (const { place } of difference.pieces.spans) if (place !== '') known.add(place);
    }
    pieces.set(left, new Map(Array.from(own, ([key, found]) => [key, learnSpans(found)])));
    for (const { of, text, spans } of own.values()) {
      if (of === 'text') for (const span of emptied(text, spans, pieces.get(left)?.get('body') ?? [])) mayBeEmpty.add(span);
    }
  }
  return {
    unstable,
    covers: (exchange, difference) => {
      const name = nameOf(exchange, difference);
      const known = learnt.get(name);
      if (difference.pieces === undefined) {
        const isLearnt = known === 'shape' || (known === 'value' && difference.kind === 'value');
        return isLearnt || isClockDrift(difference.left, difference.right);
      }
      const own = pieces.get(exchange)?.get(keyOf(difference)) ?? [];
      const { of, text, spans } = difference.pieces;
      if (of === 'text' && emptied(text, spans, own).some((span) => !mayBeEmpty.has(span))) return false;
      // What is equal by chance in this answer of the monolith's two differs at the same place of others.
      const same = new Set([...new Set(spans.map(({ place }) => place))].filter((place) => places.get(name)?.has(place)));
      return spans.every((span) => findLearnt(span, own) !== undefined || same.has(span.place) || isDrift(text, span));
    },
    spans: (exchange) => pieces.get(exchange)?.get('body') ?? [],
    names: uniqueSorted(learnt.keys()),
  };
}

const isDrift = (text: string, { start, end, right }: Span): boolean => isClockDrift(text.slice(start, end), right);

/** What differed in one value, line by line. */
type Found = Omit<Pieces, 'spans'> & { readonly spans: Span[] };

function addPieces(own: Map<string, Found>, key: string, pieces: Pieces): void {
  const found = own.get(key) ?? { ...pieces, spans: [] };
  own.set(key, found);
  for (const span of pieces.spans) found.spans.push(span);
}

/** The place of an element is its own; lines shift. */
const keyOf = ({ field, pieces }: FieldDifference): string => (pieces?.of === 'address' ? field : 'body');

const nameOf = ({ method, route, url }: Exchange, { pattern }: FieldDifference): string =>
  `${route ?? `${method} ${url.split('?', 1)[0]}`} ${pattern}`;
