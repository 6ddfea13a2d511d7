import { addTo } from '../lib/add-to.ts';
import { groupBy } from '../lib/group.ts';
import { compareText, sortedBy, uniqueSorted } from '../lib/sort.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { RouteFact, TriggerFact } from '../model/fact.ts';
import { type EntryPointId, type RouteId, type TableId, toTableId } from '../model/ids.ts';
import type { EntryPointReach } from '../model/monolith.ts';
import type { Outcome } from '../model/outcome.ts';
import type { EntryPointTraffic, ObservedSpan, ObservedTable, RuntimeEvidence } from '../model/runtime-evidence.ts';
import type { SqlParser } from '../model/sql.ts';
import { createRequestMatcher } from './match-request.ts';

export interface TraceInput {
  readonly spans: readonly ObservedSpan[];
  readonly routes: readonly RouteFact[];
  readonly triggers: readonly TriggerFact[];
  readonly reach: readonly EntryPointReach[];
  readonly sql: SqlParser;
}

/** Joins what ran to what the code says: traffic of entry points, and what only one of the two has seen. */
export function reconcileTraces({ spans, routes, triggers, reach, sql }: TraceInput): Outcome<RuntimeEvidence> {
  const entryPointOf = createEntryPointFinder(routes, triggers);
  const asked = groupBy(
    spans.filter((span) => entryPointOf(span) !== undefined),
    (span) => entryPointOf(span) ?? '',
  );
  const touched = tablesBelow(spans, entryPointOf, sql);
  const known = new Map(reach.map((one) => [one.entryPoint as string, new Set<TableId>([...one.reads, ...one.writes])]));
  const entryPoints = [...asked.keys()]
    .sort(compareText)
    .map((id) => trafficOf(id as RouteId | EntryPointId, asked.get(id) ?? [], touched.get(id) ?? new Map(), known.get(id)));
  const unknownRequests = countUnknown(spans, entryPointOf);
  const neverSeen = uniqueSorted(routes.map(({ id }) => id).filter((id) => !asked.has(id)));
  return {
    value: { spans: spans.length, entryPoints, unknownRequests, neverSeen },
    diagnostics: [...findUnknownRequests(unknownRequests), ...findUnknownTables(entryPoints, routes, triggers)],
  };
}

type EntryPointFinder = (span: ObservedSpan) => string | undefined;

/** The route of a request, by its template first; the trigger that takes messages of a destination. */
function createEntryPointFinder(routes: readonly RouteFact[], triggers: readonly TriggerFact[]): EntryPointFinder {
  const match = createRequestMatcher(routes);
  const consumers = new Map(
    triggers
      .filter(({ trigger }) => trigger === 'queue' || trigger === 'event' || trigger === 'message')
      .map(({ detail, id }) => [detail, id]),
  );
  const found = new Map<ObservedSpan, string | undefined>();
  return (span) => {
    if (!found.has(span)) found.set(span, find(span));
    return found.get(span);
  };

  function find({ says }: ObservedSpan): string | undefined {
    if (says.kind === 'request') return match(says);
    return says.kind === 'message' ? consumers.get(says.destination) : undefined;
  }
}

/** Statements by entry point and table: those of database spans, counted for the nearest entry point above them. */
function tablesBelow(
  spans: readonly ObservedSpan[],
  entryPointOf: EntryPointFinder,
  sql: SqlParser,
): ReadonlyMap<string, ReadonlyMap<TableId, number>> {
  const byId = new Map(spans.map((span) => [`${span.trace} ${span.id}`, span]));
  const touched = new Map<string, Map<TableId, number>>();
  for (const span of spans) {
    if (span.says.kind !== 'database') continue;
    const owner = ownerOf(span, byId, entryPointOf);
    if (owner === undefined) continue;
    const counts = touched.get(owner) ?? new Map<TableId, number>();
    touched.set(owner, counts);
    for (const table of tablesOf(span.says, sql)) addTo(counts, table, 1);
  }
  return touched;
}

/** Traces may come damaged: a parent that is missing ends the way up, and so does a circle. */
function ownerOf(span: ObservedSpan, byId: ReadonlyMap<string, ObservedSpan>, entryPointOf: EntryPointFinder): string | undefined {
  const seen = new Set<ObservedSpan>();
  for (let current: ObservedSpan | undefined = span; current !== undefined && !seen.has(current); ) {
    const own = entryPointOf(current);
    if (own !== undefined) return own;
    seen.add(current);
    current = current.parent === undefined ? undefined : byId.get(`${current.trace} ${current.parent}`);
  }
  return undefined;
}

function tablesOf({ sql: text, table }: Extract<ObservedSpan['says'], { kind: 'database' }>, sql: SqlParser): readonly TableId[] {
  const reading = text === undefined ? undefined : sql(text);
  const named = reading?.kind === 'statements' ? uniqueSorted(reading.accesses.map((access) => access.table)) : [];
  if (named.length > 0) return named.map(toTableId);
  return table === undefined ? [] : [toTableId(table.replace(/^public\./, ''))];
}

function trafficOf(
  entryPoint: RouteId | EntryPointId,
  spans: readonly ObservedSpan[],
  touched: ReadonlyMap<TableId, number>,
  known: ReadonlySet<TableId> | undefined,
): EntryPointTraffic {
  const durations = spans.map(({ milliseconds }) => milliseconds).sort((left, right) => left - right);
  const rank = (share: number): number => Math.round((durations[Math.max(0, Math.ceil(share * durations.length) - 1)] ?? 0) * 1000) / 1000;
  const tables = sortedBy(touched, ([table]) => table).map(
    ([table, statements]): ObservedTable => ({ table, statements, seen: known?.has(table) === true ? 'both' : 'run-time' }),
  );
  return {
    entryPoint,
    requests: spans.length,
    failures: spans.filter(({ says }) => says.kind === 'request' && (says.status ?? 0) >= 500).length,
    latency: { p50: rank(0.5), p95: rank(0.95), p99: rank(0.99) },
    tables,
  };
}

function countUnknown(spans: readonly ObservedSpan[], entryPointOf: EntryPointFinder): RuntimeEvidence['unknownRequests'] {
  const counts = new Map<string, { method: string; path: string; requests: number }>();
  for (const span of spans) {
    const { says } = span;
    // An answer of 404 to a path that no router names is none of the monolith's.
    if (says.kind !== 'request' || entryPointOf(span) !== undefined || (says.route === undefined && says.status === 404)) continue;
    const path = says.route ?? withoutIds(says.path ?? '');
    const key = `${says.method} ${path}`;
    const known = counts.get(key) ?? { method: says.method, path, requests: 0 };
    counts.set(key, { ...known, requests: known.requests + 1 });
  }
  return sortedBy(counts, ([key]) => key).map(([, counted]) => counted);
}

/** Paths that differ in numbers or other ids only are one path: `/books/17` and `/books/18`. */
const withoutIds = (path: string): string =>
  path
    .split('/')
    .map((segment) => (/^(?:\d+|[\da-f]{8,}|[\da-f]{8}-[\da-f-]{27})$/i.test(segment) ? '{id}' : segment))
    .join('/');

/** Requests without a route are told up to this number; the others together. */
const MOST_REQUESTS = 50;

/** The most frequent ones, in the order of their names, and how many more there are. */
function findUnknownRequests(requests: RuntimeEvidence['unknownRequests']): readonly Diagnostic[] {
  const frequent = new Set(requests.toSorted((left, right) => right.requests - left.requests).slice(0, MOST_REQUESTS));
  const others = requests.filter((one) => !frequent.has(one));
  const told = requests.filter((one) => frequent.has(one));
  const count = others.reduce((sum, one) => sum + one.requests, 0);
  return [
    ...told.map((one) => withoutRoute(`${one.method} ${one.path}`, one.requests)),
    ...(others.length === 0 ? [] : [withoutRoute(`${others.length} other ${others.length === 1 ? 'path' : 'paths'}`, count)]),
  ];
}

const withoutRoute = (request: string, count: number): Diagnostic => ({ code: 'request-without-route', data: { request, count } });

function findUnknownTables(
  entryPoints: readonly EntryPointTraffic[],
  routes: readonly RouteFact[],
  triggers: readonly TriggerFact[],
): readonly Diagnostic[] {
  const places = new Map([...routes, ...triggers].map(({ id, at }) => [id as string, at]));
  return entryPoints.flatMap(({ entryPoint, tables }) => {
    const at = places.get(entryPoint);
    return tables
      .filter(({ seen }) => seen === 'run-time')
      .map(
        ({ table, statements }): Diagnostic => ({
          code: 'table-seen-at-run-time',
          data: { entryPoint, table, statements },
          ...(at === undefined ? {} : { at }),
        }),
      );
  });
}
