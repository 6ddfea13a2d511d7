import type { Exchange } from '../../serve/exchange.ts';
import { readBody } from './comparable-body.ts';
import { countValues } from './compare-json.ts';
import type { Span } from './compare-text.ts';
import type { FieldDifference } from './field-difference.ts';

/** The part of a body that a comparison says something about, from 0 to 1, given the differences and pieces left out. */
export function comparedShare(exchange: Exchange, differences: readonly FieldDifference[], leftOut: readonly Span[]): number {
  const body = readBody(exchange);
  if (body.kind === 'json') {
    const values = countValues(body.value);
    const differing = differences.filter(({ field }) => field.startsWith('body')).length;
    return values === 0 ? 1 : Math.max(0, 1 - differing / values);
  }
  const length = body.kind === 'text' ? body.text.length : body.bytes.length;
  const found = differences.flatMap(({ pieces }) => (pieces === undefined || pieces.of === 'address' ? [] : pieces.spans));
  return length === 0 ? 1 : 1 - covered([...leftOut, ...found]) / length;
}

/** Length of the union of spans. */
function covered(spans: readonly Span[]): number {
  let [sum, reached] = [0, 0];
  for (const { start, end } of spans.toSorted((left, right) => left.start - right.start)) {
    sum += Math.max(0, end - Math.max(start, reached));
    reached = Math.max(reached, end);
  }
  return sum;
}
