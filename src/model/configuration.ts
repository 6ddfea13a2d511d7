/** `banyan.config.yaml` (or `.json`), validated and completed with defaults. Data, never code. */
export interface Configuration {
  /** Entry modules relative to the root; empty: found by Banyan. */
  readonly entries: readonly string[];
  /** Globs left out beside the built-in ones. */
  readonly exclude: readonly string[];
  /** When a type checker is asked about the calls that names and declared types leave undecided. */
  readonly types: TypesMode;
  /** Whether the repository's history is read: what changes together, how often, and who owns it. */
  readonly history: HistoryMode;
  /** Files with recorded traces (OTLP as JSON), relative to the root. */
  readonly traces: readonly string[];
  /** How the running monolith is started and asked, for `serve` and `verify`. */
  readonly verify: VerifyConfiguration;
}

/** `auto`: when packages are installed and enough calls are undecided to be worth the time. */
export type TypesMode = 'auto' | 'never' | 'always';

export type HistoryMode = 'read' | 'ignore';

export interface VerifyConfiguration {
  /** Command that starts the monolith; `{port}` is replaced. Absent: parity cannot run, and `verify` says so. */
  readonly start?: string;
  /** Path asked until it answers with any status. */
  readonly ready: string;
  readonly readyTimeoutSeconds: number;
  /** Port on which the test-suite expects the application; the gateway takes it, the monolith another. */
  readonly port: number;
  /** Environment of monolith and functions, beside the caller's own. */
  readonly environment: Readonly<Record<string, string>>;
  /** Run before each pass of the suite, to restore the database. */
  readonly reset?: string;
  /** After that a reset is ended. */
  readonly resetTimeoutSeconds: number;
  /** After that one run of the suite is ended. */
  readonly testTimeoutSeconds: number;
  readonly test?: { readonly command: string; readonly results: string; readonly format: TestResultFormat };
}

export type TestResultFormat = 'jest-json' | 'junit-xml' | 'newman-json';
