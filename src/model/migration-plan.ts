import type { CutDependency, DecompositionMeasures, Reason, SharedModule } from './decomposition.ts';
import type { EntryPointId, ModuleId, RouteId, ServiceId, TableId } from './ids.ts';
import type { SourceLocation } from './location.ts';

/** The strangler plan: every name in it is final; generators decide nothing. */
export interface MigrationPlan {
  readonly name: string;
  /** In the order in which they should be cut out. */
  readonly services: readonly PlannedService[];
  readonly shared: readonly SharedModule[];
  readonly cuts: readonly CutDependency[];
  readonly measures: DecompositionMeasures;
  /** Routes that stay in the monolith, with the reason. */
  readonly staying: readonly { readonly route: RouteId; readonly reason: Reason }[];
}

export type Placement = 'lambda' | 'fargate' | 'stay';

export interface PlannedService {
  readonly id: ServiceId;
  readonly title: string;
  readonly modules: readonly ModuleId[];
  readonly tables: readonly TableId[];
  readonly routes: readonly PlannedRoute[];
  readonly triggers: readonly EntryPointId[];
  readonly placement: { readonly kind: Placement; readonly reasons: readonly Reason[] };
  readonly functions: readonly PlannedFunction[];
  readonly environment: readonly PlannedVariable[];
  /** Current phase, from the plan file; 0 when nothing has begun. */
  readonly phase: PhaseNumber;
  readonly phases: readonly PlannedPhase[];
  /** Share of the traffic the slice takes, 0 to 100. */
  readonly weight: number;
  /** Position in the order, and the figures behind it. */
  readonly score: { readonly benefit: number; readonly risk: number; readonly reasons: readonly Reason[] };
  readonly dependsOn: readonly ServiceId[];
  readonly reasons: readonly Reason[];
  readonly confidence: number;
}

/** A route of a service; `blocked` ones keep answering from the monolith and are never counted as extracted. */
export interface PlannedRoute {
  readonly id: RouteId;
  readonly method: string;
  readonly path: string;
  readonly localPath: string;
  readonly function: string;
  readonly blockedBy?: { readonly text: string; readonly at: SourceLocation };
}

export interface PlannedFunction {
  /** Kebab-case, unique in the plan: `catalogue-api`. */
  readonly name: string;
  readonly routes: readonly RouteId[];
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly runtime: 'nodejs22.x' | 'nodejs24.x';
  readonly architecture: 'arm64' | 'x86_64';
}

export interface PlannedVariable {
  readonly name: string;
  readonly default?: string;
  /** Secrets come from Secrets Manager, never as plain text. */
  readonly secret: boolean;
  readonly at: SourceLocation;
}

export type PhaseNumber = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

export interface PlannedPhase {
  readonly number: PhaseNumber;
  readonly title: string;
  readonly entryCheck: string;
  readonly exitMeasure: string;
  readonly rollback: string;
  readonly rollbackLoses: string;
}
