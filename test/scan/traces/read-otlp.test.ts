import { expect, test } from 'vitest';
import { readOtlp } from '../../../src/scan/traces/read-otlp.ts';

const span = (fields: Record<string, unknown>, attributes: Record<string, string | number> = {}) => ({
  traceId: 't',
  spanId: 's',
  startTimeUnixNano: '1700000000000000000',
  endTimeUnixNano: '1700000000012500000',
  ...fields,
  attributes: Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? { stringValue: value } : { intValue: String(value) },
  })),
});
const exported = (...spans: unknown[]) => JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
const says = (text: string) => {
  const spans = readOtlp(text);
  return 'message' in spans ? spans : spans.map((one) => one.says);
};

test.each([
  [
    'a request by stable names',
    span(
      { kind: 2 },
      { 'http.request.method': 'GET', 'http.route': '/books/:id', 'url.path': '/books/7', 'http.response.status_code': 200 },
    ),
    { kind: 'request', method: 'GET', route: '/books/:id', path: '/books/7', status: 200 },
  ],
  [
    'a request by names before them',
    span({ kind: 'SPAN_KIND_SERVER' }, { 'http.method': 'post', 'http.target': '/books?x=1' }),
    { kind: 'request', method: 'POST', path: '/books' },
  ],
  ['a request that the program sends', span({ kind: 3 }, { 'http.request.method': 'GET' }), { kind: 'other' }],
  ['a message', span({ kind: 5 }, { 'messaging.destination.name': 'mails' }), { kind: 'message', destination: 'mails' }],
  ['a statement', span({ kind: 3 }, { 'db.query.text': 'select 1', 'db.system': 'postgresql' }), { kind: 'database', sql: 'select 1' }],
  [
    'a collection',
    span({ kind: 3 }, { 'db.collection.name': 'books', 'db.operation.name': 'find' }),
    { kind: 'database', table: 'books', operation: 'find' },
  ],
  ['middleware', span({ kind: 1 }, {}), { kind: 'other' }],
])('%s', (_title, one, expected) => expect(says(exported(one))).toEqual([expected]));

test('durations are milliseconds, parents are kept', () => {
  expect(readOtlp(exported(span({ kind: 1, parentSpanId: 'p' })))).toEqual([
    { trace: 't', id: 's', parent: 'p', milliseconds: 12.5, says: { kind: 'other' } },
  ]);
});

test('one document in each line, the last one cut', () => {
  const line = exported(span({ kind: 1 }));
  expect(says(`${line}\n${line}\n{"resourceSp`)).toEqual([{ kind: 'other' }, { kind: 'other' }]);
});

test.each([
  ['no JSON', 'hello\nworld', { message: 'line 1 is no JSON' }],
  ['other JSON', '{"data": []}', { message: 'it has no "resourceSpans"' }],
  ['spans that are none', JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [null, 7, { name: 'x' }] }] }] }), []],
])('%s', (_title, text, expected) => expect(says(text)).toEqual(expected));
