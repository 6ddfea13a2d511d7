import { generate } from '../generate/generate.ts';
import type { Generator } from '../generate/generator.ts';
import type { Artifact } from '../model/artifact.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { EventPort } from '../model/events.ts';
import type { ServiceId } from '../model/ids.ts';
import type { Analysis } from './analyze-monolith.ts';
import type { Proposal } from './propose-migration.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';
import { createStageRunner } from './stage-runner.ts';

export interface GenerationRequest {
  readonly slices: readonly ServiceId[];
  readonly generators: readonly Generator[];
  readonly granularity: 'service' | 'route';
  readonly events: EventPort;
  readonly signal: AbortSignal;
}

export interface GeneratedSlices {
  readonly artifacts: readonly Artifact[];
  /** Those of analysis and plan included. */
  readonly diagnostics: readonly Diagnostic[];
}

/** MigrationPlan → generate → Artifact[]. */
export async function generateSlices(analysis: Analysis, proposal: Proposal, request: GenerationRequest): Promise<GeneratedSlices> {
  const { monolith, program, trace, tree, sources, listFiles, isIgnored } = analysis;
  const { slices, generators, granularity, events, signal } = request;
  const stages = createStageRunner(events, signal, proposal.diagnostics);
  const artifacts = await stages.run(
    'generate',
    () =>
      generate(generators, {
        plan: proposal.plan,
        slices,
        monolith,
        program,
        trace,
        tree,
        readSource: sources.text,
        readBytes: sources.bytes,
        listFiles,
        isIgnored,
        granularity,
      }),
    (value) => `${value.length} files`,
  );
  return { artifacts, diagnostics: sortDiagnostics(stages.diagnostics()) };
}
