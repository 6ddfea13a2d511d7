import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CachePlace } from './cache/open-cache.ts';
import { chooseSlices } from './cli/choose-slices.ts';
import { createIo } from './cli/io.ts';
import { runCli } from './cli/run-cli.ts';
import { readConfiguration } from './config/read-configuration.ts';
import { requireRoot } from './config/require-root.ts';
import { UserError } from './lib/errors.ts';
import { uniqueSorted } from './lib/sort.ts';
import type { Artifact, WriteResult } from './model/artifact.ts';
import type {
  AnalyzeOptions,
  CacheUse,
  Commands,
  ExtractOptions,
  ExtractResult,
  PlanOptions,
  PlanResult,
  RunningGateway,
  ServeOptions,
  VerifyOptions,
  VerifyResult,
  WatchState,
} from './model/commands.ts';
import type { Diagnostic } from './model/diagnostic.ts';
import type { GatewayTable } from './model/gateway-table.ts';
import type { ModuleId, ServiceId } from './model/ids.ts';
import type { Verification } from './model/verification.ts';
import type { Analysis } from './pipeline/analyze-monolith.ts';
import type { GeneratedSlices } from './pipeline/generate-slices.ts';
import type { Proposal } from './pipeline/propose-migration.ts';
import type { ReportInput } from './report/report-input.ts';

/** Runs Banyan with a command line and a process, and returns the exit code. Ctrl-C aborts whatever runs. */
export async function run(argv: readonly string[], host: NodeJS.Process): Promise<number> {
  const abort = new AbortController();
  const interrupt = () => abort.abort();
  host.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    return await runCli(argv, readVersion(), createIo(host), createCommands(host.env), abort.signal);
  } finally {
    host.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

/**
 * Everything Banyan can do, over the real disk and the given environment. Each command imports its stages when it runs:
 * loading all of them (ts-morph, esbuild, zod) costs more CPU than analyzing a small monolith.
 */
function createCommands(environment: NodeJS.ProcessEnv): Commands {
  return {
    analyze: async (options) => {
      const { monolith, diagnostics } = await analyze(options);
      return { monolith, diagnostics };
    },
    watch: watchFiles,
    plan,
    extract,
    verify: (options) => verify(options, environment),
    serve: (options) => startServing(options, environment),
    lastVerification: readVerification,
  };
}

async function analyze({ root, types, history, traces, cache, events, signal }: AnalyzeOptions): Promise<Analysis> {
  await requireRoot(root);
  const written = await readConfiguration(root);
  const configuration = {
    ...written,
    types: types ?? written.types,
    history: history ?? written.history,
    traces: traces ?? written.traces,
  };
  const { analyzeMonolith } = await import('./pipeline/analyze-monolith.ts');
  const { analyzers } = await import('../analyzers/analyzers.ts');
  const { libraryModels } = await import('../analyzers/library-models.ts');
  return analyzeMonolith({ root, configuration, analyzers, models: libraryModels, cache: cachePlace(root, cache), events, signal });
}

/** Without installed packages there is no place in a root that everybody expects caches in. */
function cachePlace(root: string, cache: CacheUse | undefined): CachePlace | undefined {
  const packages = join(root, 'node_modules');
  const folder = cache?.folder ?? (existsSync(packages) ? join(packages, '.cache', 'banyan') : undefined);
  return cache === undefined || folder === undefined ? undefined : { folder, trusts: cache.trusts, version: readBuild() };
}

/** Without a place for a cache one is made for the time of watching: each state is then found from the one before. */
async function* watchFiles(options: AnalyzeOptions): AsyncIterable<WatchState> {
  const { watchMonolith } = await import('./pipeline/watch-monolith.ts');
  const isKept = options.cache === undefined || cachePlace(options.root, options.cache) !== undefined;
  const folder = isKept ? undefined : await mkdtemp(join(tmpdir(), 'banyan-watch-'));
  const kept = folder === undefined ? options : { ...options, cache: { trusts: 'stamps' as const, folder } };
  try {
    yield* watchMonolith(options.root, () => analyze(kept), options.signal);
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

interface Planned {
  readonly analysis: Analysis;
  readonly proposal: Proposal;
  readonly result: PlanResult;
  /** Writes the plan file when something is new, and tells so. */
  readonly save: () => Promise<PlanResult['planFile']>;
}

async function plan(options: PlanOptions): Promise<PlanResult> {
  const { result, save } = await propose(options, 'service');
  return options.dryRun ? result : { ...result, planFile: await save() };
}

async function propose(options: AnalyzeOptions, granularity: ExtractOptions['granularity']): Promise<Planned> {
  const { PLAN_FILE_NAME, readPlanFile } = await import('./config/read-plan-file.ts');
  const { updatePlanFile } = await import('./config/update-plan-file.ts');
  const { proposeMigration } = await import('./pipeline/propose-migration.ts');
  await requireRoot(options.root);
  // A broken plan file is told before the long work begins.
  const before = await readPlanFile(options.root);
  const analysis = await analyze(options);
  const proposal = await proposeMigration(analysis, { ...options, planFile: before?.file, granularity });
  const text = updatePlanFile(before?.text, proposal.plan);
  const action = before === undefined ? 'created' : before.text === text ? 'unchanged' : 'updated';
  const held = unreadFiles(analysis.diagnostics);
  const planFile = {
    path: PLAN_FILE_NAME,
    action,
    written: false,
    ...(held.length > 0 && action !== 'unchanged' ? { held } : {}),
  } as const;
  const save = async (): Promise<PlanResult['planFile']> => {
    options.signal.throwIfAborted();
    if (action === 'unchanged' || held.length > 0) return planFile;
    if ((await readPlanFile(options.root))?.text !== before?.text) throw changedMeanwhile(PLAN_FILE_NAME);
    await writeWhole(join(options.root, PLAN_FILE_NAME), text);
    return { ...planFile, written: true };
  };
  const { monolith } = analysis;
  return { analysis, proposal, result: { monolith, ...proposal, planFile }, save };
}

const unreadFiles = (diagnostics: readonly Diagnostic[]): readonly ModuleId[] =>
  uniqueSorted(diagnostics.flatMap(({ code, at }) => (at !== undefined && UNREAD.has(code) ? [at.file] : [])));

const UNREAD: ReadonlySet<Diagnostic['code']> = new Set(['syntax-error', 'unreadable-file']);

async function extract(options: ExtractOptions): Promise<ExtractResult> {
  const { root, out, dryRun, events, signal } = options;
  const { checkOutputFolder, refuseAmongSources } = await import('./output/check-output-folder.ts');
  await requireRoot(root);
  await checkOutputFolder(root, out);
  const planned = await propose(options, options.granularity);
  const sources = planned.analysis.tree.files.map(({ path }) => path);
  await refuseAmongSources(root, out, sources);
  const slices = chooseSlices(planned.proposal.plan, options.slices, extractedSlices(await readGatewayTable(out)));
  const { artifacts, diagnostics } = await generate(planned, slices, options);
  signal.throwIfAborted();
  events({ type: 'stage-started', stage: 'write' });
  // A proof holds for the tree it was made on: the report keeps it only while nothing changes.
  const verification = (await findChanges(out, artifacts)).length === 0 ? await readVerification(out) : undefined;
  const report = await reportArtifacts({ ...planned.result, diagnostics, ...(verification === undefined ? {} : { verification }) });
  // Nothing is written before all of it is known.
  const planFile = dryRun ? planned.result.planFile : await planned.save();
  if (!dryRun && verification === undefined) await dropVerification(out);
  const { writeArtifacts } = await import('./output/write-artifacts.ts');
  const { results, diff } = await writeArtifacts({ out, artifacts: [...artifacts, ...report], dryRun, scope: 'everything' });
  events({ type: 'stage-finished', stage: 'write', summary: `${results.filter(({ action }) => action !== 'unchanged').length} changed` });
  return { ...planned.result, planFile, diagnostics, slices, files: results, ...(diff === undefined ? {} : { diff }) };
}

async function generate(
  { analysis, proposal }: Planned,
  slices: readonly ServiceId[],
  options: Pick<ExtractOptions, 'granularity' | 'events' | 'signal'>,
): Promise<GeneratedSlices> {
  const { generateSlices } = await import('./pipeline/generate-slices.ts');
  const { generators } = await import('../generators/generators.ts');
  return generateSlices(analysis, proposal, { ...options, slices, generators });
}

/** Generated files that the disk does not hold as they would be written now; files that a person edited are not among them. */
async function findChanges(out: string, artifacts: readonly Artifact[]): Promise<readonly WriteResult[]> {
  const { writeArtifacts } = await import('./output/write-artifacts.ts');
  const { results } = await writeArtifacts({ out, artifacts, dryRun: true, scope: ['services/', 'gateway/', 'infrastructure/'] });
  return results.filter(({ action }) => action === 'created' || action === 'updated' || action === 'removed');
}

async function reportArtifacts(content: ReportInput): Promise<readonly Artifact[]> {
  const { renderJson } = await import('./report/json.ts');
  const { renderMarkdown } = await import('./report/markdown.ts');
  const origin = { generator: 'report' };
  return [
    { path: 'migration-report.json', content: renderJson(content), origin },
    { path: 'migration-report.md', content: renderMarkdown(content), origin },
  ];
}

async function verify(options: VerifyOptions, environment: NodeJS.ProcessEnv): Promise<VerifyResult> {
  const { root, out } = options;
  await requireRoot(root);
  const table = await requireGatewayTable(out);
  refuseUnextracted(options.slices, table);
  const configuration = (await readConfiguration(root)).verify;
  const { granularity } = table;
  const planned = await propose(options, granularity);
  const slices = extractedSlices(table);
  const { artifacts, diagnostics } = await generate(planned, slices, { ...options, granularity });
  const stale = (await findChanges(out, artifacts)).map(({ path }) => path);
  const asked = options.slices.length === 0 ? slices : options.slices;
  const services = planned.proposal.plan.services.filter(({ id }) => asked.some((name) => name === id));
  const packages = options.install ? 'own' : 'monolith';
  const { verifySlices } = await import('./pipeline/verify-slices.ts');
  const verification = await verifySlices({ ...options, table, services, packages, configuration, stale, environment });
  const { VERIFICATION_FILE } = await import('./config/read-output.ts');
  await writeWhole(join(out, VERIFICATION_FILE), `${JSON.stringify(verification, undefined, 2)}\n`);
  const report = await reportArtifacts({ ...planned.result, diagnostics, verification });
  const { writeArtifacts } = await import('./output/write-artifacts.ts');
  await writeArtifacts({ out, artifacts: report, dryRun: false, scope: [] });
  return { ...planned.result, diagnostics, verification };
}

async function startServing(options: ServeOptions, environment: NodeJS.ProcessEnv): Promise<RunningGateway> {
  const { root, out, events, signal } = options;
  await requireRoot(root);
  const table = await requireGatewayTable(out);
  const configuration = (await readConfiguration(root)).verify;
  const known = extractedSlices(table);
  const slices = options.slices.length === 0 ? known : known.filter((slice) => options.slices.includes(slice));
  refuseUnextracted(options.slices, table);
  const port = options.port ?? configuration.port;
  const { serve } = await import('./serve/serve.ts');
  const attempt = await serve({ table, slices, configuration, root, out, port, environment, events, signal });
  if (attempt.kind === 'done') return attempt.value;
  const { what, nextStep, details } = attempt.failure;
  throw new UserError('cannot-serve', [what, ...details].join('\n  '), nextStep);
}

const changedMeanwhile = (name: string): UserError =>
  new UserError('changed-meanwhile', `${name} was changed while Banyan worked`, 'Run the command again; nothing was changed.');

const extractedSlices = (table: GatewayTable | undefined): readonly ServiceId[] =>
  uniqueSorted((table?.functions ?? []).map(({ service }) => service));

async function readGatewayTable(out: string): Promise<GatewayTable | undefined> {
  return (await import('./config/read-output.ts')).readGatewayTable(out);
}

async function readVerification(out: string): Promise<Verification | undefined> {
  return (await import('./config/read-output.ts')).readVerification(out);
}

async function dropVerification(out: string): Promise<void> {
  await rm(join(out, (await import('./config/read-output.ts')).VERIFICATION_FILE), { force: true });
}

async function writeWhole(path: string, text: string): Promise<void> {
  const { writeWholeFile } = await import('./output/write-whole-file.ts');
  await writeWholeFile(path, text);
}

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

/** Tells builds of one version apart. */
function readBuild(): string {
  const { mtimeMs, size } = statSync(fileURLToPath(import.meta.url));
  return `${readVersion()} ${mtimeMs} ${size}`;
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isManifest ? String(manifest.version) : 'unknown';
}
