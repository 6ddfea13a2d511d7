import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { GeneratorInput } from '../../src/generate/generator.ts';
import type { SliceClosure } from '../../src/generate/slice-closure.ts';
import type { RouteFact } from '../../src/model/fact.ts';
import { toModuleId, toRouteId, toServiceId } from '../../src/model/ids.ts';
import type { MigrationPlan, PlannedService } from '../../src/model/migration-plan.ts';
import type { Monolith } from '../../src/model/monolith.ts';
import type { ProgramQueries } from '../../src/model/program.ts';
import type { PackageManifest, SourceTree } from '../../src/model/source-tree.ts';

/** `case.json` of a case: only what the case is about; the rest is filled in here. */
interface CaseFile {
  readonly name: string;
  readonly services: readonly (Partial<PlannedService> & { readonly id: string })[];
  /** `GET /books/{id}`, with `!` before one behind authentication, in the order of registration. */
  readonly routes?: readonly string[];
  readonly tables?: readonly string[];
  readonly closures?: Readonly<Record<string, Partial<SliceClosure>>>;
  readonly slices?: readonly string[];
}

/** A generator's input made by hand from `folder`: `case.json`, and the monolith's files in `source/`. */
export function handMadeInput(folder: string, render: GeneratorInput['render']): GeneratorInput {
  const file = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as CaseFile;
  const sources = new Map(filesBelow(join(folder, 'source')).map((path) => [path, join(folder, 'source', path)]));
  const read = (path: string) => (sources.has(path) ? readFileSync(sources.get(path) ?? '') : undefined);
  const services = file.services.map(completeService);
  return {
    plan: { name: file.name, services, shared: [], cuts: [], measures: emptyMeasures, staying: [] },
    slices: (file.slices ?? services.map(({ id }) => id)).map(toServiceId),
    monolith: {
      ...emptyMonolith(file.name),
      routes: (file.routes ?? []).map((written, order) => ({ ...toRoute(written), order })),
      tables: (file.tables ?? []).map(toTable),
    },
    program: { program: { modules: [], imports: [], calls: [], counts: emptyCounts } } as unknown as ProgramQueries,
    trace: { entries: [], evaluated: [], objects: [], effects: [], calls: [], bindings: [] },
    tree: toTree([...sources.keys()], (path) => read(path)?.toString('utf8') ?? ''),
    readSource: (path) => read(path)?.toString('utf8'),
    readBytes: (path) => read(path),
    listFiles: (directory) => [...sources.keys()].filter((path) => path.startsWith(`${directory}/`)).map(toModuleId),
    isIgnored: () => false,
    closures: new Map(services.map(({ id }) => [id, completeClosure(id, file.closures?.[id] ?? {})])),
    render,
    granularity: 'service',
  };
}

const at = { file: toModuleId('src/app.ts'), line: 1, column: 1 };

const completeService = ({ id, ...service }: CaseFile['services'][number]): PlannedService => ({
  id: toServiceId(id),
  title: id,
  modules: [],
  tables: [],
  triggers: [],
  placement: { kind: 'lambda', reasons: [] },
  phase: 0,
  phases: [],
  weight: 100,
  score: { benefit: 0, risk: 0, reasons: [] },
  dependsOn: [],
  reasons: [],
  confidence: 1,
  functions: [{ name: `${id}-api`, routes: [], memoryMb: 1024, timeoutSeconds: 29, runtime: 'nodejs22.x', architecture: 'arm64' }],
  ...service,
  routes: (service.routes ?? []).map((route) => ({ ...toPlanned(route.id, `${id}-api`), ...route })),
  environment: (service.environment ?? []).map((variable) => ({ ...variable, at })),
});

function toPlanned(id: string, name: string) {
  const [method = '', path = ''] = id.split(' ');
  return { id: toRouteId(method, path), method, path, localPath: path.replace(/\{(\w+)\}/g, ':$1'), function: name };
}

const completeClosure = (id: string, closure: Partial<SliceClosure>): SliceClosure => ({
  service: toServiceId(id),
  base: '',
  entry: { kind: 'provided', module: toModuleId('src/app.ts'), path: 'src/app.ts' },
  files: [],
  assets: [],
  packages: [],
  builtins: [],
  modulePlaces: [],
  requestScoped: [],
  environment: [],
  listing: { pruned: [], startUpKept: [], startUpDropped: [], notes: [] },
  ...closure,
});

function toRoute(written: string): RouteFact {
  const [method = '', path = ''] = written.replace('!', '').split(' ');
  const symbol = `src/app.ts#${written}` as RouteFact['handler']['symbol'];
  return {
    kind: 'route',
    id: toRouteId(method, path),
    method,
    path,
    localPath: path,
    framework: 'express',
    handler: { module: at.file, symbol },
    chain: written.startsWith('!') ? [{ role: 'authentication', name: 'requireMember', scope: 'application', at }] : [],
    guards: [],
    statements: [],
    at,
  };
}

const toTable = (name: string): Monolith['tables'][number] => ({
  kind: 'table',
  id: name as Monolith['tables'][number]['id'],
  columns: [],
  references: [],
  at,
});

const emptyMeasures: MigrationPlan['measures'] = {
  services: 0,
  largestShare: 0,
  coverage: 1,
  tablesWithSeveralWriters: 0,
  entryPointsWritingAcross: 0,
  transactionalPurity: 1,
  crossServiceCalls: 0,
};

const emptyCounts = { calls: 0, internal: 0, external: 0, unresolved: 0, imports: 0, unresolvedImports: 0 };

/** A monolith in which nothing was found. */
export const emptyMonolith = (name: string): Monolith => ({
  schemaVersion: 1,
  name,
  entries: [],
  modules: [],
  dependencies: [],
  routes: [],
  triggers: [],
  tables: [],
  accesses: [],
  transactions: [],
  state: [],
  environment: [],
  externalCalls: [],
  workloads: [],
  calls: [],
  reach: [],
  cycles: [],
  orphans: [],
  counts: emptyCounts,
});

function toTree(paths: readonly string[], read: (path: string) => string): SourceTree {
  const kinds = { 'package-lock.json': 'npm', 'yarn.lock': 'yarn', 'pnpm-lock.yaml': 'pnpm' } as const;
  const [lock] = Object.entries(kinds).filter(([name]) => paths.includes(name));
  return {
    files: [],
    assets: paths
      .filter((path) => path.endsWith('.prisma'))
      .map((path) => ({ path: toModuleId(path), kind: 'prisma', size: read(path).length })),
    packages: paths.filter((path) => path.endsWith('package.json')).map((path) => toManifest(path, read(path))),
    tsconfigs: paths.filter((path) => /tsconfig[^/]*\.json$/.test(path)).map(toModuleId),
    ...(lock === undefined ? {} : { lockfile: { path: toModuleId(lock[0]), kind: lock[1] } }),
  };
}

function toManifest(path: string, text: string): PackageManifest {
  const manifest = JSON.parse(text) as Partial<PackageManifest>;
  return {
    path: toModuleId(path),
    directory: path.replace(/\/?package\.json$/, '') || '.',
    type: manifest.type ?? 'commonjs',
    scripts: {},
    dependencies: manifest.dependencies ?? {},
    devDependencies: manifest.devDependencies ?? {},
    workspaces: [],
    private: true,
  };
}

function filesBelow(folder: string, prefix = ''): readonly string[] {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(join(folder, entry.name), `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`],
    )
    .sort();
}
