import type { RouteId, ServiceId } from './ids.ts';

/** The result of `banyan verify`. */
export interface Verification {
  readonly checks: readonly CheckResult[];
  readonly routes: readonly RouteVerdict[];
  readonly suite?: SuiteComparison;
}

export interface CheckResult {
  readonly name: string;
  /** Slice it concerns; absent for the whole output. */
  readonly service?: ServiceId;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** One line: figures when passed, the first error when failed, the reason when skipped. */
  readonly summary: string;
  /** Full messages, one each. */
  readonly details: readonly string[];
}

export interface RouteVerdict {
  readonly id: RouteId;
  readonly service: ServiceId;
  /** `proven`: every comparison equal, answered by the moved handler, at least one success where the monolith gave one. */
  readonly verdict: 'proven' | 'different' | 'unproven';
  readonly comparisons: number;
  /** Responses by who gave them: a function name, or `monolith`. */
  readonly servedBy: Readonly<Record<string, number>>;
  /** Responses the moved handler itself gave (not middleware in front of it, not another route). */
  readonly handledByMovedHandler: number;
  readonly successes: { readonly monolith: number; readonly slice: number };
  readonly firstDifference?: ExchangeDifference;
  /** Bodies of which something differs between the monolith's own runs; absent when all were compared whole. */
  readonly partly?: PartlyCompared;
  /** What is missing when `unproven`. */
  readonly missing?: string;
}

export interface PartlyCompared {
  /** Comparisons in which a part of the body was left out. */
  readonly bodies: number;
  /** The smallest part of a body that was compared, from 0 to 1: of its values (JSON), characters or bytes. */
  readonly leastShare: number;
}

export interface ExchangeDifference {
  readonly request: string;
  /** What differs: `status`, `header content-type`, `body.items[0].price`. */
  readonly field: string;
  readonly monolith: string;
  readonly slice: string;
  /** Why the function gave no answer of its own: `bookshop-api could not start: Error: …`. */
  readonly cause?: string;
}

export interface SuiteComparison {
  readonly command: string;
  readonly direct: { readonly passed: number; readonly failed: number };
  readonly gateway: { readonly passed: number; readonly failed: number };
  /** Tests whose result differs between the two runs. */
  readonly differences: readonly { readonly test: string; readonly direct: string; readonly gateway: string }[];
  /** JSON paths or headers that differed between two monolith runs and are not compared. */
  readonly volatile: readonly string[];
}
