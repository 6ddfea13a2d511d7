import type { EntryPointId, ModuleId, RouteId, ServiceId, SymbolId, TableId } from './ids.ts';
import type { SourceLocation } from './location.ts';

/** Where the monolith could be cut, and why. Each module and table has one owner; shared code has a verdict. */
export interface Decomposition {
  readonly services: readonly ServiceCandidate[];
  readonly shared: readonly SharedModule[];
  readonly cuts: readonly CutDependency[];
  readonly measures: DecompositionMeasures;
  readonly alternatives: readonly DecompositionAlternative[];
}

export interface Reason {
  /** Closed vocabulary of rules, e.g. `owns-table`, `exclusive-reach`, `shared-by-services`, `pinned-by-plan`. */
  readonly rule: string;
  /** Plain sentence with figures. */
  readonly text: string;
  readonly at?: SourceLocation;
}

export interface ServiceCandidate {
  readonly id: ServiceId;
  readonly title: string;
  readonly modules: readonly ModuleId[];
  readonly tables: readonly TableId[];
  readonly routes: readonly RouteId[];
  readonly triggers: readonly EntryPointId[];
  readonly reasons: readonly Reason[];
  /** 0 to 1: share of its modules and tables that no other service contests. Method in `docs/decomposition.md`. */
  readonly confidence: number;
}

export interface SharedModule {
  readonly module: ModuleId;
  readonly verdict: 'copy' | 'library' | 'contract' | 'own-service' | 'monolith';
  readonly usedBy: readonly ServiceId[];
  readonly reason: Reason;
}

export type CutKind = 'call' | 'event' | 'shared-table' | 'transaction' | 'foreign-key' | 'type-only' | 'state';

export interface CutDependency {
  readonly from: ServiceId;
  readonly to: ServiceId;
  readonly kind: CutKind;
  readonly fromSymbol?: SymbolId;
  readonly toSymbol?: SymbolId;
  readonly table?: TableId;
  /** One concrete way out until phase 6, and one after. */
  readonly remedy: 'copy' | 'library' | 'contract' | 'api-call' | 'read-model' | 'event' | 'move-query' | 'saga' | 'shared-database';
  readonly text: string;
  readonly at: SourceLocation;
}

export interface DecompositionMeasures {
  readonly services: number;
  /** Share of the source modules that stand in the largest service. */
  readonly largestShare: number;
  /** Share of source modules placed in a service or given a verdict. */
  readonly coverage: number;
  /** Tables written by more than one service. */
  readonly tablesWithSeveralWriters: number;
  /** Entry points that write tables of more than one service. */
  readonly entryPointsWritingAcross: number;
  /** Share of transactions whose tables stay in one service; 1 when there are none. */
  readonly transactionalPurity: number;
  readonly crossServiceCalls: number;
}

export interface DecompositionAlternative {
  readonly granularity: 'coarser' | 'finer';
  readonly services: readonly { readonly id: ServiceId; readonly modules: readonly ModuleId[] }[];
  readonly measures: DecompositionMeasures;
}
