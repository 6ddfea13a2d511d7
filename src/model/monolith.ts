import type { BootEntry, BootLoad } from './boot-trace.ts';
import type { Evolution } from './evolution.ts';
import type {
  EnvironmentReadFact,
  ExternalCallFact,
  RouteFact,
  StateFact,
  TableAccessFact,
  TableFact,
  TransactionFact,
  TriggerFact,
  WorkloadFact,
} from './fact.ts';
import type { EntryPointId, ModuleId, RouteId, SymbolId, TableId } from './ids.ts';
import type { SourceLocation } from './location.ts';
import type { CallEdge, LinkCounts } from './program.ts';
import type { RuntimeEvidence } from './runtime-evidence.ts';

/** The facts of one monolith joined by id: what `analyze --json` prints (see `docs/schema`). Everything sorted. */
export interface Monolith {
  readonly schemaVersion: 1;
  readonly name: string;
  readonly entries: readonly BootEntry[];
  readonly modules: readonly ModuleSummary[];
  readonly dependencies: readonly ModuleDependency[];
  /** Modules that start-up loads by names it computes; absent where there are none. */
  readonly loads?: readonly BootLoad[];
  readonly routes: readonly RouteFact[];
  readonly triggers: readonly TriggerFact[];
  readonly tables: readonly TableFact[];
  readonly accesses: readonly TableAccessFact[];
  readonly transactions: readonly TransactionFact[];
  readonly state: readonly StateFact[];
  readonly environment: readonly EnvironmentReadFact[];
  readonly externalCalls: readonly ExternalCallFact[];
  readonly workloads: readonly WorkloadFact[];
  /** The symbol-level call graph, boot edges included. */
  readonly calls: readonly CallEdge[];
  /** What each entry point reaches. */
  readonly reach: readonly EntryPointReach[];
  /** Strongly connected components of value imports with more than one module, from madge. */
  readonly cycles: readonly (readonly ModuleId[])[];
  /** Modules nothing imports and that are no entry, from madge. */
  readonly orphans: readonly ModuleId[];
  readonly counts: LinkCounts;
  /** What the repository's history says; absent outside a repository, or where it was not to be read. */
  readonly evolution?: Evolution;
  /** What recorded traces say; absent where none were given. */
  readonly runtime?: RuntimeEvidence;
}

export interface ModuleSummary {
  readonly id: ModuleId;
  readonly lines: number;
  readonly role: 'source' | 'test' | 'declaration';
  /** Packages it imports at run time. */
  readonly packages: readonly string[];
}

export interface ModuleDependency {
  readonly from: ModuleId;
  readonly to: ModuleId;
  /** `value` when at least one import of the pair exists at run time. */
  readonly kind: 'value' | 'type';
  readonly at: SourceLocation;
}

export interface EntryPointReach {
  readonly entryPoint: EntryPointId | RouteId;
  readonly modules: readonly ModuleId[];
  readonly symbols: readonly SymbolId[];
  /** Of `symbols`, those that its handler and the middleware of its own run; absent when no shared middleware adds any. */
  readonly own?: readonly SymbolId[];
  /** Subclasses whose instances it works with, where it runs methods that serve another table for each; else absent. */
  readonly receivers?: readonly SymbolId[];
  readonly reads: readonly TableId[];
  readonly writes: readonly TableId[];
  readonly transactions: readonly string[];
  readonly state: readonly SymbolId[];
}

/** Whether an access counts for an entry point: one that holds for a subclass only where that is worked with. */
export const isServed = ({ receiver }: TableAccessFact, receivers: readonly SymbolId[] = []): boolean =>
  receiver === undefined || receivers.includes(receiver);
