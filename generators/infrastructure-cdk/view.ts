import { cloudFunctionName } from '../../src/generate/gateway/function-name.ts';
import type { GatewayRouting } from '../../src/generate/gateway/gateway-routes.ts';
import type { GeneratorInput } from '../../src/generate/generator.ts';
import { sliceVariables } from '../../src/generate/slice-variables.ts';
import { commentText } from '../../src/lib/comment-text.ts';
import { invariant } from '../../src/lib/errors.ts';
import { shortName } from '../../src/lib/short-name.ts';
import { toSlug } from '../../src/lib/slug.ts';
import { sortedBy } from '../../src/lib/sort.ts';
import { bundleFormats, bundleOptions } from '../../src/model/function-bundle.ts';
import type { ServiceId } from '../../src/model/ids.ts';
import type { PlannedFunction, PlannedService } from '../../src/model/migration-plan.ts';
import { databaseEngine } from './database-engine.ts';
import { type DatabaseEngine, toVariableViews, type VariableView } from './variables.ts';

/** What the files that know all slices print. */
export interface AppView {
  readonly name: string;
  readonly apiName: string;
  readonly description: string;
  readonly frontDoorStack: string;
  readonly networkStack: string;
  readonly databaseStack: string;
  readonly hasNetwork: boolean;
  readonly hasDatabase: boolean;
  readonly hasFunctions: boolean;
  readonly hasContainers: boolean;
  readonly hasSecrets: boolean;
  readonly engineName: string;
  readonly engine: string;
  readonly engineVersionClass: string;
  readonly engineVersion: string;
  /** In the order of the plan. */
  readonly slices: readonly SliceEntry[];
  readonly slicesByModule: readonly SliceEntry[];
}

export interface SliceEntry {
  readonly slice: ServiceId;
  readonly className: string;
  readonly module: string;
  readonly stack: string;
  readonly hasNetwork: boolean;
  readonly hasDatabase: boolean;
  readonly hasSecrets: boolean;
  readonly secretName: string;
  readonly weight: number;
}

/** What the stack of one slice prints. */
export interface SliceView extends SliceEntry {
  readonly template: 'slice-stack' | 'container-stack';
  readonly comment: string;
  readonly directory: string;
  readonly format: 'commonjs' | 'module';
  readonly namespace: string;
  readonly cpuArchitecture: 'ARM64' | 'X86_64';
  readonly functions: readonly FunctionView[];
  readonly variables: readonly VariableView[];
}

export interface FunctionView {
  readonly name: string;
  readonly cloudName: string;
  readonly description: string;
  readonly entry: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly runtime: string;
  readonly architecture: string;
  readonly assets: readonly string[];
  readonly hasPrisma: boolean;
  readonly prismaTarget: string;
}

/** Versions that scale to zero (Aurora user guide, "Scaling to zero ACUs"). */
const ENGINES: Readonly<
  Record<DatabaseEngine, { readonly name: string; readonly engine: string; readonly versionClass: string; readonly version: string }>
> = {
  postgres: { name: 'PostgreSQL', engine: 'auroraPostgres', versionClass: 'AuroraPostgresEngineVersion', version: 'VER_17_6' },
  mysql: { name: 'MySQL', engine: 'auroraMysql', versionClass: 'AuroraMysqlEngineVersion', version: 'VER_3_10_0' },
};

export function toAppView(input: GeneratorInput): AppView {
  const prefix = toSlug(input.plan.name);
  const stackPrefix = /^\d/.test(prefix) ? `app-${prefix}` : prefix;
  const services = slicesOf(input);
  const engine = databaseEngine(input);
  const hasContainers = services.some(({ placement }) => placement.kind === 'fargate');
  const hasNetwork = engine !== undefined || hasContainers;
  const { name, engine: method, versionClass, version } = ENGINES[engine ?? 'postgres'];
  const slices = services.map(
    (service): SliceEntry => ({
      slice: service.id,
      className: `Slice${toClassName(service.id)}Stack`,
      module: `../lib/slices/${service.id}-stack.ts`,
      stack: shortName(`${stackPrefix}-slice-${service.id}`, LONGEST_STACK_NAME),
      hasNetwork,
      hasDatabase: engine !== undefined,
      hasSecrets: toVariableViews(sliceVariables(input, service), engine).some(({ secret }) => secret),
      secretName: `${prefix}/${service.id}`,
      weight: service.weight,
    }),
  );
  return {
    name: input.plan.name,
    apiName: prefix,
    description: `Front door of ${input.plan.name}: moved routes to their slices, all others to the monolith`,
    frontDoorStack: shortName(`${stackPrefix}-front-door`, LONGEST_STACK_NAME),
    networkStack: shortName(`${stackPrefix}-network`, LONGEST_STACK_NAME),
    databaseStack: shortName(`${stackPrefix}-database`, LONGEST_STACK_NAME),
    hasNetwork,
    hasDatabase: engine !== undefined,
    hasFunctions: services.some(({ placement }) => placement.kind === 'lambda'),
    hasContainers,
    hasSecrets: slices.some(({ hasSecrets }) => hasSecrets),
    engineName: name,
    engine: method,
    engineVersionClass: versionClass,
    engineVersion: version,
    slices,
    slicesByModule: sortedBy(slices, ({ module }) => module),
  };
}

export function toSliceView(input: GeneratorInput, app: AppView, index: number): SliceView {
  const entry = app.slices[index];
  const service = slicesOf(input)[index];
  invariant(entry !== undefined && service !== undefined, `no slice ${index}`);
  const variables = toVariableViews(sliceVariables(input, service), databaseEngine(input));
  return {
    ...entry,
    template: service.placement.kind === 'fargate' ? 'container-stack' : 'slice-stack',
    comment: commentText(`${service.title}: ${service.routes.length} routes of the monolith.`),
    directory: `../../../services/${service.id}/`,
    format: moduleFormat(input, service.id),
    namespace: `${shortName(`${app.apiName}-${service.id}`, LONGEST_LABEL)}.internal`,
    cpuArchitecture: service.functions[0]?.architecture === 'x86_64' ? 'X86_64' : 'ARM64',
    functions: service.functions.map((one) => toFunctionView(input, service, one)),
    variables,
  };
}

/** How functions are bundled, as `slice-function.ts` prints it. */
export const bundlingView = () => ({
  keepNames: bundleOptions.keepNames,
  loaders: Object.entries(bundleOptions.loader).map(([ending, loader]) => ({ ending, loader })),
  formats: Object.entries(bundleFormats).map(([system, { format, banner, define }]) => ({
    system,
    format: { cjs: 'CJS', esm: 'ESM' }[format],
    banner,
    define: Object.entries(define).map(([name, value]) => ({ name, value })),
  })),
});

/** The routes as `routes.ts` prints them. */
export const toRoutesView = ({ entries }: GatewayRouting) => ({
  routes: entries.map(({ method, path, target }) => ({
    method,
    path,
    isMoved: target.kind === 'function',
    target: target.kind === 'function' ? target.function : '',
  })),
});

function toFunctionView(input: GeneratorInput, service: PlannedService, one: PlannedFunction): FunctionView {
  const closure = input.closures.get(service.id);
  const isArm = one.architecture === 'arm64';
  return {
    name: one.name,
    cloudName: cloudFunctionName(input.plan, one.name),
    description: `${service.title}, cut out of ${input.plan.name}`.slice(0, 256),
    entry: `src/functions/${one.name}.ts`,
    memoryMb: one.memoryMb,
    timeoutSeconds: one.timeoutSeconds,
    runtime: { 'nodejs22.x': 'NODEJS_22_X', 'nodejs24.x': 'NODEJS_24_X' }[one.runtime],
    architecture: isArm ? 'ARM_64' : 'X86_64',
    assets: (closure?.assets ?? []).filter(({ use }) => use === 'runtime').map(({ path }) => path),
    hasPrisma: closure?.packages.some(({ name }) => name === '@prisma/client') ?? false,
    prismaTarget: isArm ? 'linux-arm64-openssl-3.0.x' : 'rhel-openssl-3.0.x',
  };
}

/** In the plan's order, as far as asked for. */
const slicesOf = ({ plan, slices }: GeneratorInput): readonly PlannedService[] => plan.services.filter(({ id }) => slices.includes(id));

/** CloudFormation's limit, and that of a label in a domain name. */
const LONGEST_STACK_NAME = 128;
const LONGEST_LABEL = 63;

/**
 * `order-history` is `OrderHistory`. Two ids never give one name: a capital letter begins each word after the first, and
 * where a digit cannot be one, `_` stands before it (`order-2` is `Order_2`, `order2` is `Order2`).
 */
const toClassName = (id: string): string =>
  id
    .split('-')
    .map((word, index) => (index > 0 && /^\d/.test(word) ? `_${word}` : word.slice(0, 1).toUpperCase() + word.slice(1)))
    .join('');

/** The moved code keeps the module system its own package has. */
function moduleFormat({ tree, closures }: GeneratorInput, slice: ServiceId): 'commonjs' | 'module' {
  const entry = closures.get(slice)?.entry.module ?? '';
  const above = tree.packages.filter(({ directory }) => directory === '.' || entry.startsWith(`${directory}/`));
  return above.toSorted((left, right) => right.directory.length - left.directory.length)[0]?.type ?? 'commonjs';
}
