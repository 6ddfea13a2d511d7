import type { Decomposition } from '../model/decomposition.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { MigrationPlan } from '../model/migration-plan.ts';
import type { Monolith } from '../model/monolith.ts';
import type { Verification } from '../model/verification.ts';

/** What a report is made of; what was not run yet is absent. Every command's result fits. */
export interface ReportInput {
  readonly monolith: Monolith;
  readonly diagnostics: readonly Diagnostic[];
  readonly decomposition?: Decomposition;
  readonly plan?: MigrationPlan;
  readonly verification?: Verification;
}
