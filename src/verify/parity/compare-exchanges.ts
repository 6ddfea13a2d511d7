import { uniqueSorted } from '../../lib/sort.ts';
import type { Exchange } from '../../serve/exchange.ts';
import { type HeaderLine, headerValues } from '../../serve/http-headers.ts';
import { type ComparableBody, readBody } from './comparable-body.ts';
import { compareJson } from './compare-json.ts';
import { ABSENT, describeValue, type FieldDifference } from './field-difference.ts';

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
    if (before !== after) yield headerDifference(`header ${name}`, before, after);
  }
  const [cookiesBefore, cookiesAfter] = [readCookies(left), readCookies(right)];
  for (const name of uniqueSorted([...cookiesBefore.keys(), ...cookiesAfter.keys()])) {
    const [before, after] = [cookiesBefore.get(name), cookiesAfter.get(name)];
    if (before !== after) yield headerDifference(`header set-cookie ${name}`, before, after);
  }
}

function headerDifference(field: string, left: string | undefined, right: string | undefined): FieldDifference {
  const kind = left === undefined || right === undefined ? 'shape' : 'value';
  return { field, pattern: field, kind, left: describeValue(left), right: describeValue(right) };
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

/** Cookies by name, with their attributes; values and expiry times are not compared. */
function readCookies(lines: readonly HeaderLine[]): ReadonlyMap<string, string> {
  return new Map(
    headerValues(lines, 'set-cookie').map((line) => {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const kept = attributes.map((attribute) => attribute.replace(/^(expires)=.*$/i, '$1').toLowerCase());
      return [pair.split('=', 1)[0] ?? '', kept.sort().join('; ')] as const;
    }),
  );
}

function* compareBodies(left: ComparableBody, right: ComparableBody): Generator<FieldDifference> {
  if (left.kind === 'json' && right.kind === 'json') yield* compareJson(left.value, right.value);
  else if (left.kind === 'text' && right.kind === 'text') yield* compareLines(left.lines, right.lines);
  else if (left.kind === 'bytes' && right.kind === 'bytes') {
    if (!left.bytes.equals(right.bytes)) yield bodyDifference('value', `${left.bytes.length} bytes`, `${right.bytes.length} other bytes`);
  } else yield bodyDifference('shape', left.kind, right.kind);
}

const bodyDifference = (kind: FieldDifference['kind'], left: string, right: string): FieldDifference => ({
  field: 'body',
  pattern: 'body',
  kind,
  left,
  right,
});

function* compareLines(left: readonly string[], right: readonly string[]): Generator<FieldDifference> {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [before, after] = [left[index], right[index]];
    if (before === after) continue;
    const field = `body line ${index + 1}`;
    const kind = before === undefined || after === undefined ? 'shape' : 'value';
    yield { field, pattern: field, kind, left: describeValue(before ?? ABSENT), right: describeValue(after ?? ABSENT) };
  }
}
