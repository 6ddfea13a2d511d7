import { posix } from 'node:path';
import { z } from 'zod';
import { parseJsonWithComments } from '../lib/json-with-comments.ts';
import { type ModuleId, toModuleId } from '../model/ids.ts';

/** `compilerOptions` as written, merged; values are not validated. */
export type CompilerOptions = Readonly<Record<string, unknown>>;

type ReadSource = (path: ModuleId) => string | undefined;

/** The effective options that govern a module: the nearest `tsconfig.json` above it, `extends` and the first project reference followed. */
export function effectiveOptions(module: ModuleId, tsconfigs: readonly ModuleId[], readSource: ReadSource): CompilerOptions {
  const nearest = tsconfigs
    .filter((path) => posix.basename(path) === 'tsconfig.json' && isAbove(posix.dirname(path), module))
    .toSorted((left, right) => right.length - left.length)[0];
  return nearest === undefined ? {} : optionsOf(projectFor(nearest, readSource), readSource, []);
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

function optionsOf(path: ModuleId, readSource: ReadSource, seen: readonly ModuleId[]): CompilerOptions {
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
