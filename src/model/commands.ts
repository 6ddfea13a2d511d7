import type { UserError } from '../lib/errors.ts';
import type { WriteResult } from './artifact.ts';
import type { HistoryMode, TypesMode } from './configuration.ts';
import type { Decomposition } from './decomposition.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { EventPort } from './events.ts';
import type { ModuleId, ServiceId } from './ids.ts';
import type { MigrationPlan } from './migration-plan.ts';
import type { Monolith } from './monolith.ts';
import type { Verification } from './verification.ts';

/**
 * Everything the command line and the terminal UI can do; built by `main.ts`, the one place that sees all stages.
 * Options are complete: defaults were applied by whoever parsed them. Paths are absolute.
 */
export interface Commands {
  analyze(options: AnalyzeOptions): Promise<AnalyzeResult>;
  /** The same, and again after each change of the files, until it is aborted. */
  watch(options: AnalyzeOptions): AsyncIterable<WatchState>;
  plan(options: PlanOptions): Promise<PlanResult>;
  extract(options: ExtractOptions): Promise<ExtractResult>;
  verify(options: VerifyOptions): Promise<VerifyResult>;
  serve(options: ServeOptions): Promise<RunningGateway>;
  /** The result that `verify` last kept in an output folder; undefined when there is none. */
  lastVerification(out: string): Promise<Verification | undefined>;
}

export interface AnalyzeOptions {
  readonly root: string;
  /** Overrides the configuration's own. */
  readonly types?: TypesMode;
  readonly history?: HistoryMode;
  /** Files with recorded traces, relative to the root or absolute. */
  readonly traces?: readonly string[];
  /** Absent: nothing is kept from one run to the next. */
  readonly cache?: CacheUse;
  readonly events: EventPort;
  readonly signal: AbortSignal;
}
/** Where what was read of unchanged files is kept. */
export interface CacheUse {
  /** Absolute path; absent: among the packages installed in the root, where there are any. */
  readonly folder?: string;
  /** Whether a file that looks the same from outside is taken for the same, or its text is compared, too. */
  readonly trusts: 'stamps' | 'content';
}

export interface AnalyzeResult {
  readonly monolith: Monolith;
  readonly diagnostics: readonly Diagnostic[];
}

/** What is known after a change: the facts, or why there are none now. */
export type WatchState =
  | { readonly kind: 'analyzed'; readonly result: AnalyzeResult }
  | { readonly kind: 'failed'; readonly error: UserError };

export interface PlanOptions extends AnalyzeOptions {
  readonly dryRun: boolean;
}
export interface PlanResult extends AnalyzeResult {
  readonly decomposition: Decomposition;
  readonly plan: MigrationPlan;
  readonly planFile: PlanFileResult;
}

/** What became of the plan file. */
export interface PlanFileResult {
  readonly path: string;
  readonly action: 'created' | 'updated' | 'unchanged';
  /** False on a dry run, and when `held` says why: the action was not taken. */
  readonly written: boolean;
  /** Files whose code could not be read: a plan made without them would keep what they hold in the monolith for good. */
  readonly held?: readonly ModuleId[];
}

export interface ExtractOptions extends AnalyzeOptions {
  /** Names of slices; empty for all that can move. */
  readonly slices: readonly string[];
  readonly out: string;
  readonly target: 'cdk';
  readonly granularity: 'service' | 'route';
  readonly dryRun: boolean;
}
export interface ExtractResult extends PlanResult {
  /** The slices generated: those asked for, and those extracted before. */
  readonly slices: readonly ServiceId[];
  readonly files: readonly WriteResult[];
  /** Unified diff of what would change, for `--dry-run`. */
  readonly diff?: string;
}

export interface VerifyOptions extends AnalyzeOptions {
  readonly slices: readonly string[];
  readonly out: string;
  /** Runs `npm ci` in the slices first; without it the monolith's installed packages are used. */
  readonly install: boolean;
  /** Static checks only, nothing is started. */
  readonly staticOnly: boolean;
  /** `tested` runs the suite once more with two instances of each function in turn, so that state kept in memory shows. */
  readonly statelessness: 'tested' | 'assumed';
}
export interface VerifyResult extends PlanResult {
  readonly verification: Verification;
}

export interface ServeOptions extends AnalyzeOptions {
  readonly slices: readonly string[];
  readonly out: string;
  /** Absent: `verify.port` of the configuration. 0: any free port. */
  readonly port?: number;
}
export interface RunningGateway {
  readonly url: string;
  /** Stops gateway, functions and, when Banyan started it, the monolith. */
  stop(): Promise<void>;
}
