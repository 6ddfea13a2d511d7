import type { ObservedSpan } from '../../model/runtime-evidence.ts';

/** Why a text is no export of spans. */
export interface NotOtlp {
  readonly message: string;
}

/**
 * Spans of OTLP in its JSON encoding (opentelemetry-proto, `ExportTraceServiceRequest`): one document, or one in each line
 * as the collector's file exporter writes them.
 */
export function readOtlp(text: string): readonly ObservedSpan[] | NotOtlp {
  const whole = parse(text);
  const documents = whole === undefined ? parseLines(text) : [whole];
  if ('message' in documents) return documents;
  const groups = documents.map((document) => listOf(document, 'resourceSpans', 'resource_spans'));
  if (groups.every((group) => group === undefined)) return { message: 'it has no "resourceSpans"' };
  return groups
    .flatMap((group) => group ?? [])
    .flatMap((group) => listOf(group, 'scopeSpans', 'scope_spans', 'instrumentationLibrarySpans') ?? [])
    .flatMap((group) => listOf(group, 'spans') ?? [])
    .flatMap(toSpan);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseLines(text: string): readonly unknown[] | NotOtlp {
  const lines = text.split('\n').map((line) => line.trim());
  const documents: unknown[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const document = parse(line);
    // The last line of a file that is still written may be cut.
    if (document === undefined && index < lines.length - 1) return { message: `line ${index + 1} is no JSON` };
    if (document !== undefined) documents.push(document);
  }
  return documents;
}

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

function listOf(value: unknown, ...names: readonly string[]): readonly unknown[] | undefined {
  const fields = fieldsOf(value);
  return names.map((name) => fields[name]).find((list): list is readonly unknown[] => Array.isArray(list));
}

function toSpan(value: unknown): readonly ObservedSpan[] {
  const { traceId, spanId, parentSpanId, kind, startTimeUnixNano, endTimeUnixNano } = fieldsOf(value);
  if (typeof traceId !== 'string' || typeof spanId !== 'string') return [];
  const attributes = attributesOf(value);
  return [
    {
      trace: traceId,
      id: spanId,
      ...(typeof parentSpanId === 'string' && parentSpanId !== '' ? { parent: parentSpanId } : {}),
      milliseconds: Math.max(0, milliseconds(endTimeUnixNano) - milliseconds(startTimeUnixNano)),
      says: meaningOf(String(kind), attributes),
    },
  ];
}

/** Nanoseconds stand as text, because they do not fit a number. */
const milliseconds = (nanoseconds: unknown): number => {
  const text = String(nanoseconds ?? 0);
  return /^\d+$/.test(text) ? Number(BigInt(text) / 1000n) / 1000 : 0;
};

function attributesOf(span: unknown): ReadonlyMap<string, string> {
  return new Map(
    (listOf(span, 'attributes') ?? []).flatMap((attribute): readonly (readonly [string, string])[] => {
      const { key, value } = fieldsOf(attribute);
      const text = Object.values(fieldsOf(value)).find((one) => ['string', 'number', 'boolean'].includes(typeof one));
      return typeof key === 'string' && text !== undefined ? [[key, String(text)]] : [];
    }),
  );
}

const SERVER: ReadonlySet<string> = new Set(['2', 'SPAN_KIND_SERVER']);
const CONSUMER: ReadonlySet<string> = new Set(['5', 'SPAN_KIND_CONSUMER']);

function meaningOf(kind: string, attributes: ReadonlyMap<string, string>): ObservedSpan['says'] {
  const first = (...names: readonly string[]): string | undefined =>
    names.map((name) => attributes.get(name)).find((text) => text !== undefined);
  const method = first('http.request.method', 'http.method');
  if (SERVER.has(kind) && method !== undefined) {
    const status = Number(first('http.response.status_code', 'http.status_code'));
    const path = first('url.path', 'http.target')?.replace(/[?#].*$/, '');
    const route = attributes.get('http.route');
    return {
      kind: 'request',
      method: method.toUpperCase(),
      ...(route === undefined ? {} : { route }),
      ...(path === undefined ? {} : { path }),
      ...(Number.isNaN(status) ? {} : { status }),
    };
  }
  const destination = first('messaging.destination.name', 'messaging.destination');
  if (CONSUMER.has(kind) && destination !== undefined) return { kind: 'message', destination };
  const sql = first('db.query.text', 'db.statement');
  const table = first('db.collection.name', 'db.sql.table', 'db.mongodb.collection');
  const operation = first('db.operation.name', 'db.operation');
  if (sql === undefined && table === undefined) return { kind: 'other' };
  return {
    kind: 'database',
    ...(sql === undefined ? {} : { sql }),
    ...(table === undefined ? {} : { table }),
    ...(operation === undefined ? {} : { operation }),
  };
}
