import { decompose } from '../decompose/decompose.ts';
import type { Decomposition } from '../model/decomposition.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { EventPort } from '../model/events.ts';
import type { MigrationPlan } from '../model/migration-plan.ts';
import type { PlanFile } from '../model/plan-file.ts';
import { planMigration } from '../plan/plan-migration.ts';
import type { Analysis } from './analyze-monolith.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';
import { createStageRunner } from './stage-runner.ts';

export interface ProposalRequest {
  /** What a person fixed; undefined when there is no plan file. */
  readonly planFile: PlanFile | undefined;
  readonly granularity: 'service' | 'route';
  readonly events: EventPort;
  readonly signal: AbortSignal;
}

export interface Proposal {
  readonly decomposition: Decomposition;
  readonly plan: MigrationPlan;
  /** Those of the analysis included. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Monolith → decompose → plan, around what the plan file fixes. */
export async function proposeMigration(analysis: Analysis, { planFile, granularity, events, signal }: ProposalRequest): Promise<Proposal> {
  const { monolith } = analysis;
  const stages = createStageRunner(events, signal, analysis.diagnostics);
  const decomposition = await stages.run(
    'decompose',
    () => decompose(monolith, planFile),
    (value) => `${value.services.length} services, ${value.cuts.length} cut dependencies`,
  );
  const plan = await stages.run(
    'plan',
    () => planMigration({ monolith, decomposition, planFile, granularity }),
    (value) => `${value.services.filter(({ placement }) => placement.kind !== 'stay').length} can move`,
  );
  return { decomposition, plan, diagnostics: sortDiagnostics(stages.diagnostics()) };
}
