import type { EntryPointId, RouteId, TableId } from './ids.ts';

/**
 * What a span of a trace tells, in the words of OpenTelemetry's semantic conventions (HTTP, database and messaging spans,
 * stable names and those before them); all else is left out.
 */
export interface ObservedSpan {
  readonly trace: string;
  readonly id: string;
  readonly parent?: string;
  readonly milliseconds: number;
  readonly says:
    | { readonly kind: 'request'; readonly method: string; readonly route?: string; readonly path?: string; readonly status?: number }
    | { readonly kind: 'message'; readonly destination: string }
    | { readonly kind: 'database'; readonly sql?: string; readonly table?: string; readonly operation?: string }
    | { readonly kind: 'other' };
}

/** What recorded traces say of the monolith, joined to the static facts. */
export interface RuntimeEvidence {
  /** Spans read. */
  readonly spans: number;
  /** Entry points that were asked, sorted by id. */
  readonly entryPoints: readonly EntryPointTraffic[];
  /** Requests for which no route is known, by method and path; sorted. */
  readonly unknownRequests: readonly { readonly method: string; readonly path: string; readonly requests: number }[];
  /** Known routes that no request asked for; sorted. */
  readonly neverSeen: readonly RouteId[];
}

export interface EntryPointTraffic {
  readonly entryPoint: RouteId | EntryPointId;
  readonly requests: number;
  /** Of these, answers of status 500 and above. */
  readonly failures: number;
  /** Milliseconds, by the nearest-rank method. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number };
  /** Tables that database spans below its spans name; sorted. */
  readonly tables: readonly ObservedTable[];
}

export interface ObservedTable {
  readonly table: TableId;
  readonly statements: number;
  /** `both`: the static facts say so, too. `run-time`: only the traces do. */
  readonly seen: 'both' | 'run-time';
}
