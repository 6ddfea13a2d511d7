import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyzers } from '../analyzers/analyzers.ts';
import { libraryModels } from '../analyzers/library-models.ts';
import { generators } from '../generators/generators.ts';
import { chooseSlices } from './cli/choose-slices.ts';
import type { CliIo } from './cli/io.ts';
import { runCli } from './cli/run-cli.ts';
import { readConfiguration } from './config/read-configuration.ts';
import { readGatewayTable, readVerification, VERIFICATION_FILE } from './config/read-output.ts';
import { PLAN_FILE_NAME, readPlanFile } from './config/read-plan-file.ts';
import { updatePlanFile } from './config/update-plan-file.ts';
import { UserError } from './lib/errors.ts';
import { uniqueSorted } from './lib/sort.ts';
import type { Artifact, WriteResult } from './model/artifact.ts';
import type {
  AnalyzeOptions,
  Commands,
  ExtractOptions,
  ExtractResult,
  PlanOptions,
  PlanResult,
  RunningGateway,
  ServeOptions,
  VerifyOptions,
  VerifyResult,
} from './model/commands.ts';
import type { GatewayTable } from './model/gateway-table.ts';
import type { ServiceId } from './model/ids.ts';
import { writeArtifacts } from './output/write-artifacts.ts';
import { writeWholeFile } from './output/write-whole-file.ts';
import { type Analysis, analyzeMonolith } from './pipeline/analyze-monolith.ts';
import { generateSlices } from './pipeline/generate-slices.ts';
import { type Proposal, proposeMigration } from './pipeline/propose-migration.ts';
import { verifySlices } from './pipeline/verify-slices.ts';
import { renderJson } from './report/json.ts';
import { renderMarkdown } from './report/markdown.ts';
import type { ReportInput } from './report/report-input.ts';
import { serve } from './serve/serve.ts';

/** Runs Banyan with a command line and a process, and returns the exit code. Ctrl-C aborts whatever runs. */
export async function run(argv: readonly string[], host: NodeJS.Process): Promise<number> {
  const abort = new AbortController();
  const interrupt = () => abort.abort();
  host.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const io: CliIo = { stdout: host.stdout, stderr: host.stderr, env: host.env, cwd: host.cwd() };
  try {
    return await runCli(argv, readVersion(), io, createCommands(host.env), abort.signal);
  } finally {
    host.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

/** Everything Banyan can do, over the real disk and the given environment. */
function createCommands(environment: NodeJS.ProcessEnv): Commands {
  return {
    analyze: async (options) => {
      const { monolith, diagnostics } = await analyze(options);
      return { monolith, diagnostics };
    },
    plan: async (options) => (await plan(options)).result,
    extract,
    verify: (options) => verify(options, environment),
    serve: (options) => startServing(options, environment),
    lastVerification: readVerification,
  };
}

async function analyze({ root, events, signal }: AnalyzeOptions): Promise<Analysis> {
  const configuration = await readConfiguration(root);
  return analyzeMonolith({ root, configuration, analyzers, models: libraryModels, events, signal });
}

interface Planned {
  readonly analysis: Analysis;
  readonly proposal: Proposal;
  readonly result: PlanResult;
}

async function plan(options: PlanOptions, granularity: ExtractOptions['granularity'] = 'service'): Promise<Planned> {
  // A broken plan file is told before the long work begins.
  const before = await readPlanFile(options.root);
  const analysis = await analyze(options);
  const proposal = await proposeMigration(analysis, { ...options, planFile: before?.file, granularity });
  const text = updatePlanFile(before?.text, proposal.plan);
  const action = before === undefined ? 'created' : before.text === text ? 'unchanged' : 'updated';
  const path = join(options.root, PLAN_FILE_NAME);
  if (!options.dryRun && action !== 'unchanged') await writeWholeFile(path, text);
  const { monolith } = analysis;
  return { analysis, proposal, result: { monolith, ...proposal, planFile: { path: PLAN_FILE_NAME, action } } };
}

async function extract(options: ExtractOptions): Promise<ExtractResult> {
  const { out, dryRun, events, signal } = options;
  const planned = await plan(options, options.granularity);
  const slices = chooseSlices(planned.proposal.plan, options.slices, extractedSlices(await readGatewayTable(out)));
  const { artifacts, diagnostics } = await generateSlices(planned.analysis, planned.proposal, { ...options, slices, generators });
  signal.throwIfAborted();
  events({ type: 'stage-started', stage: 'write' });
  // A proof holds for the tree it was made on: the report keeps it only while nothing changes.
  const verification = (await findChanges(out, artifacts)).length === 0 ? await readVerification(out) : undefined;
  const report = reportArtifacts({ ...planned.result, diagnostics, ...(verification === undefined ? {} : { verification }) });
  const { results, diff } = await writeArtifacts({ out, artifacts: [...artifacts, ...report], dryRun, scope: 'everything' });
  events({ type: 'stage-finished', stage: 'write', summary: `${results.filter(({ action }) => action !== 'unchanged').length} changed` });
  return { ...planned.result, diagnostics, files: results, ...(diff === undefined ? {} : { diff }) };
}

/** Generated files that the disk does not hold as they would be written now; files that a person edited are not among them. */
async function findChanges(out: string, artifacts: readonly Artifact[]): Promise<readonly WriteResult[]> {
  const { results } = await writeArtifacts({ out, artifacts, dryRun: true, scope: ['services/', 'gateway/', 'infrastructure/'] });
  return results.filter(({ action }) => action === 'created' || action === 'updated' || action === 'removed');
}

function reportArtifacts(content: ReportInput): readonly Artifact[] {
  const origin = { generator: 'report' };
  return [
    { path: 'migration-report.json', content: renderJson(content), origin },
    { path: 'migration-report.md', content: renderMarkdown(content), origin },
  ];
}

async function verify(options: VerifyOptions, environment: NodeJS.ProcessEnv): Promise<VerifyResult> {
  const { root, out } = options;
  const table = await requireGatewayTable(out);
  refuseUnextracted(options.slices, table);
  const configuration = (await readConfiguration(root)).verify;
  const granularity = table.functions.length > extractedSlices(table).length ? 'route' : 'service';
  const { analysis, proposal, result } = await plan({ ...options, dryRun: true }, granularity);
  const slices = extractedSlices(table);
  const { artifacts, diagnostics } = await generateSlices(analysis, proposal, { ...options, slices, generators, granularity });
  const stale = (await findChanges(out, artifacts)).map(({ path }) => path);
  const asked = options.slices.length === 0 ? slices : options.slices;
  const services = proposal.plan.services.filter(({ id }) => asked.some((name) => name === id));
  const packages = options.install ? 'own' : 'monolith';
  const verification = await verifySlices({ ...options, table, services, packages, configuration, stale, environment });
  await writeWholeFile(join(out, VERIFICATION_FILE), `${JSON.stringify(verification, undefined, 2)}\n`);
  const report = reportArtifacts({ ...result, diagnostics, verification });
  await writeArtifacts({ out, artifacts: report, dryRun: false, scope: [] });
  return { ...result, diagnostics, verification };
}

async function startServing(options: ServeOptions, environment: NodeJS.ProcessEnv): Promise<RunningGateway> {
  const { root, out, events, signal } = options;
  const table = await requireGatewayTable(out);
  const configuration = (await readConfiguration(root)).verify;
  const known = extractedSlices(table);
  const slices = options.slices.length === 0 ? known : known.filter((slice) => options.slices.includes(slice));
  refuseUnextracted(options.slices, table);
  const port = options.port ?? configuration.port;
  const attempt = await serve({ table, slices, configuration, root, out, port, environment, events, signal });
  if (attempt.kind === 'done') return attempt.value;
  const { what, nextStep, details } = attempt.failure;
  throw new UserError('cannot-serve', [what, ...details].join('\n  '), nextStep);
}

const extractedSlices = (table: GatewayTable | undefined): readonly ServiceId[] =>
  uniqueSorted((table?.functions ?? []).map(({ service }) => service));

async function requireGatewayTable(out: string): Promise<GatewayTable> {
  const table = await readGatewayTable(out);
  if (table !== undefined) return table;
  throw new UserError('nothing-extracted', `${out} holds no extracted slice`, 'Run "banyan extract" first, or name the folder with --out.');
}

function refuseUnextracted(slices: readonly string[], table: GatewayTable): void {
  const known = extractedSlices(table);
  const missing = slices.filter((slice) => !known.some((id) => id === slice));
  if (missing.length === 0) return;
  throw new UserError(
    'slice-not-extracted',
    `${missing.join(', ')} is not extracted; extracted are: ${known.join(', ')}`,
    `Run "banyan extract ${missing.join(' ')}" first.`,
  );
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isManifest ? String(manifest.version) : 'unknown';
}
