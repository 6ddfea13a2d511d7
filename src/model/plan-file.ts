import type { PhaseNumber, Placement } from './migration-plan.ts';

/**
 * What `banyan.plan.yaml` says, validated. Assignments in it are authoritative: `plan` places only what is new
 * and reports what no longer exists. Comments and order survive every rewrite.
 */
export interface PlanFile {
  readonly version: 1;
  readonly services: Readonly<Record<string, PlanFileService>>;
  /** Modules that several services use, with the verdict a person or Banyan gave. */
  readonly shared: Readonly<Record<string, 'copy' | 'library' | 'contract' | 'own-service' | 'monolith'>>;
  /** Modules, tables and routes that remain in the monolith. */
  readonly stay: { readonly modules: readonly string[]; readonly routes: readonly string[] };
}

export interface PlanFileService {
  readonly title?: string;
  readonly modules: readonly string[];
  readonly tables: readonly string[];
  readonly routes: readonly string[];
  /** Ids of schedules, events, sockets and other work that is no route; absent when the service has none. */
  readonly triggers?: readonly string[];
  /** Overrides the proposed placement. */
  readonly placement?: Placement;
  readonly phase: PhaseNumber;
  /** 0 to 100. */
  readonly weight: number;
}
