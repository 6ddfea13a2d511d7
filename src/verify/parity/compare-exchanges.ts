import { uniqueSorted } from '../../lib/sort.ts';
import type { Exchange } from '../../serve/exchange.ts';
import { type HeaderLine, headerValues } from '../../serve/http-headers.ts';
import { type ComparableBody, readBody } from './comparable-body.ts';
import { compareBytes, describeBytes } from './compare-bytes.ts';
import { compareCookies } from './compare-cookies.ts';
import { compareJson, compareStrings } from './compare-json.ts';
import { comparePages } from './compare-pages.ts';
import { describeValue, type FieldDifference } from './field-difference.ts';

/** Everything in which two responses to the same request differ: status, then headers, then body. */
export function compareExchanges(left: Exchange, right: Exchange): readonly FieldDifference[] {
  const bodies = [...compareBodies(readBody(left), readBody(right))];
  // An entity tag is a digest: bodies that are equal but for what is not compared have different ones.
  const isSameButForBytes = bodies.length === 0 && !left.body.equals(right.body);
  const headers = [...compareHeaders(left.headers, right.headers)].filter(
    ({ field, kind }) => !(isSameButForBytes && field === 'header etag' && kind === 'value'),
  );
  return [...compareStatus(left, right), ...headers, ...bodies];
}

function* compareStatus(left: Exchange, right: Exchange): Generator<FieldDifference> {
  const [before, after] = [left, right].map(({ status, complete }) => (complete ? String(status) : `${status}, broken off`));
  if (before !== after) yield { field: 'status', pattern: 'status', kind: 'value', left: before ?? '', right: after ?? '' };
}

/** Headers of the connection, of the clock, of gateways, and the length, which the body tells better. */
const NOT_COMPARED = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date', 'server', 'via', 'age']);

function* compareHeaders(left: readonly HeaderLine[], right: readonly HeaderLine[]): Generator<FieldDifference> {
  const names = uniqueSorted([...left, ...right].map(([name]) => name.toLowerCase()));
  for (const name of names) {
    if (NOT_COMPARED.has(name) || name === 'set-cookie' || name.startsWith('x-banyan-')) continue;
    const [before, after] = [left, right].map((lines) => headerText(lines, name));
    const field = `header ${name}`;
    if (before !== undefined && after !== undefined) yield* compareStrings(before, after, { field, pattern: field });
    else if (before !== after) {
      yield { field, pattern: field, kind: 'shape', left: describeValue(before, field), right: describeValue(after, field) };
    }
  }
  yield* compareCookies(left, right);
}

/** Several lines of one header mean the same as one with commas; spaces and case of a media type do not matter. */
function headerText(lines: readonly HeaderLine[], name: string): string | undefined {
  const values = headerValues(lines, name);
  if (values.length === 0) return undefined;
  const text = values
    .join(',')
    .replace(/\s*([,;])\s*/g, '$1 ')
    .trim();
  return name === 'content-type' ? text.toLowerCase() : text;
}

function* compareBodies(left: ComparableBody, right: ComparableBody): Generator<FieldDifference> {
  if (left.kind === 'json' && right.kind === 'json') yield* compareJson(left.value, right.value);
  else if (left.kind === 'text' && right.kind === 'text') yield* comparePages(left.text, right.text);
  else if (left.kind === 'bytes' && right.kind === 'bytes') yield* compareFiles(left.bytes, right.bytes);
  else yield { field: 'body', pattern: 'body', kind: 'shape', left: left.kind, right: right.kind };
}

function* compareFiles(left: Buffer, right: Buffer): Generator<FieldDifference> {
  const spans = compareBytes(left, right);
  if (spans.length === 0) return;
  yield {
    field: 'body',
    pattern: 'body',
    kind: spans.every(({ kind }) => kind === 'value') ? 'value' : 'shape',
    left: describeBytes(left),
    right: `${right.length} other bytes`,
    pieces: { of: 'bytes', text: '', length: left.length, spans },
  };
}
