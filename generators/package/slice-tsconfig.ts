import { posix } from 'node:path';
import { z } from 'zod';
import type { GeneratorInput } from '../../src/generate/generator.ts';
import { parseJsonWithComments } from '../../src/lib/json-with-comments.ts';
import { type ModuleId, toModuleId } from '../../src/model/ids.ts';

type Options = Readonly<Record<string, unknown>>;
type ReadSource = GeneratorInput['readSource'];

/** The slice's `tsconfig.json`: the options of the monolith that decide what its code means, and those that a bundled package needs. */
export function sliceTsconfig(options: Options, types: readonly string[]): object {
  const kept = Object.fromEntries(KEPT.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]));
  return {
    compilerOptions: {
      ...kept,
      target: targetOf(options),
      lib: libOf(options),
      types,
      module: 'preserve',
      moduleResolution: 'bundler',
      // Without `exports` the monolith found its packages, so the slice must.
      ...(resolvesLikeNode10(options) && { resolvePackageJsonExports: false, resolvePackageJsonImports: false }),
      allowImportingTsExtensions: true,
      esModuleInterop: options.esModuleInterop ?? false,
      // Bundlers give a CommonJS module a default export in any case; generated code relies on it.
      allowSyntheticDefaultImports: true,
      resolveJsonModule: true,
      skipLibCheck: true,
      noEmit: true,
    },
    include: ['src'],
  };
}

/** The effective options that govern a module: the nearest `tsconfig.json` above it, `extends` and the first project reference followed. */
export function effectiveOptions(module: ModuleId, tsconfigs: readonly ModuleId[], readSource: ReadSource): Options {
  const nearest = tsconfigs
    .filter((path) => posix.basename(path) === 'tsconfig.json' && isAbove(posix.dirname(path), module))
    .toSorted((left, right) => right.length - left.length)[0];
  return nearest === undefined ? {} : optionsOf(projectFor(nearest, readSource), readSource, []);
}

/** Options that change the meaning or the checking of code; places of files and emit are the slice's own. */
const KEPT = [
  'allowJs',
  'allowUnreachableCode',
  'allowUnusedLabels',
  'alwaysStrict',
  'emitDecoratorMetadata',
  'erasableSyntaxOnly',
  'exactOptionalPropertyTypes',
  'experimentalDecorators',
  'forceConsistentCasingInFileNames',
  'isolatedModules',
  'jsx',
  'jsxFactory',
  'jsxFragmentFactory',
  'jsxImportSource',
  'keyofStringsOnly',
  'moduleDetection',
  'moduleSuffixes',
  'noFallthroughCasesInSwitch',
  'noImplicitAny',
  'noImplicitOverride',
  'noImplicitReturns',
  'noImplicitThis',
  'noPropertyAccessFromIndexSignature',
  'noStrictGenericChecks',
  'noUncheckedIndexedAccess',
  'strict',
  'strictBindCallApply',
  'strictBuiltinIteratorReturn',
  'strictFunctionTypes',
  'strictNullChecks',
  'strictPropertyInitialization',
  'suppressImplicitAnyIndexErrors',
  'useDefineForClassFields',
  'useUnknownInCatchVariables',
  'verbatimModuleSyntax',
] as const;

const textOf = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '');

/** ES3 and ES5 are gone from current compilers; above that the monolith's target stands, because class fields depend on it. */
const targetOf = (options: Options): string => (['', 'es3', 'es5'].includes(textOf(options.target)) ? 'es2015' : textOf(options.target));

/** At least ES2022, which the generated code uses and every Lambda runtime has; the DOM where the monolith had it by default. */
function libOf({ lib }: Options): readonly string[] {
  const names = Array.isArray(lib)
    ? lib.filter((name) => typeof name === 'string').map((name) => name.toLowerCase())
    : ['dom', 'dom.iterable'];
  return names.some((name) => /^(?:esnext|es202[2-9])$/.test(name))
    ? names
    : ['es2022', ...names.filter((name) => !/^es(?:\d+)$/.test(name))];
}

function resolvesLikeNode10({ module, moduleResolution }: Options): boolean {
  if (moduleResolution !== undefined) return ['node', 'node10', 'classic'].includes(textOf(moduleResolution));
  return !/^node|^preserve$/.test(textOf(module));
}

const isAbove = (directory: string, module: ModuleId): boolean => directory === '.' || module.startsWith(`${directory}/`);

const configSchema = z.object({
  extends: z.union([z.string(), z.array(z.string())]).optional(),
  files: z.array(z.string()).optional(),
  include: z.array(z.string()).optional(),
  references: z.array(z.object({ path: z.string() })).optional(),
  compilerOptions: z.record(z.string(), z.unknown()).optional(),
});

/** A solution file compiles nothing itself: the first project it references that is not for tests does. */
function projectFor(path: ModuleId, readSource: ReadSource): ModuleId {
  const config = readConfig(path, readSource);
  if (config?.references === undefined || config.files?.length !== 0) return path;
  const projects = config.references
    .map((reference) => resolveConfig(path, reference.path, '/tsconfig.json'))
    .filter((project) => readSource(project) !== undefined);
  return projects.find((project) => !/spec|test|e2e/.test(posix.basename(project))) ?? path;
}

function optionsOf(path: ModuleId, readSource: ReadSource, seen: readonly ModuleId[]): Options {
  const config = seen.includes(path) ? undefined : readConfig(path, readSource);
  if (config === undefined) return {};
  const bases = typeof config.extends === 'string' ? [config.extends] : (config.extends ?? []);
  const inherited = bases.map((base) => optionsOf(findBase(path, base, readSource), readSource, [...seen, path]));
  return Object.assign({}, ...inherited, config.compilerOptions);
}

/** A relative path, or a package (`@tsconfig/node20/tsconfig.json`) when it is installed below the root. */
function findBase(from: ModuleId, base: string, readSource: ReadSource): ModuleId {
  if (base.startsWith('.')) return resolveConfig(from, base, '.json');
  const candidates = [base, `${base}.json`, `${base}/tsconfig.json`].map((path) => toModuleId(`node_modules/${path}`));
  return candidates.find((path) => readSource(path) !== undefined) ?? toModuleId(`node_modules/${base}`);
}

function resolveConfig(from: ModuleId, path: string, missing: '.json' | '/tsconfig.json'): ModuleId {
  const joined = posix.join(posix.dirname(from), path);
  return toModuleId(joined.endsWith('.json') ? joined : `${joined}${missing}`);
}

function readConfig(path: ModuleId, readSource: ReadSource): z.infer<typeof configSchema> | undefined {
  const text = readSource(path);
  return text === undefined ? undefined : configSchema.safeParse(parseJsonWithComments(text)).data;
}
