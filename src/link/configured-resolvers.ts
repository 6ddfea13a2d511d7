import { existsSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { type NapiResolveOptions, ResolverFactory } from 'oxc-resolver';
import { remember } from '../lib/remember.ts';
import type { SourceTree } from '../model/source-tree.ts';
import { hasBaseUrl, readPathPatterns, readReferences } from './path-patterns.ts';

/** What is asked of a resolver: the file that a specifier names from a folder, absolute. */
type Resolver = Pick<ResolverFactory, 'sync'>;

/** Resolvers by the tsconfig that governs a folder. */
export interface ConfiguredResolvers {
  /** Knows no tsconfig: for relative specifiers. */
  readonly plain: Resolver;
  forDirectory(directory: string): Resolver;
  /** The folder around this one from which a name leads where it leads from here: the nearest with packages or settings. */
  homeOf(directory: string, specifier: string): string;
  /** Whether the folder's tsconfig maps the specifier, found or not: then it is no package. */
  isAlias(directory: string, specifier: string): boolean;
}

const options: NapiResolveOptions = {
  extensions: ['.ts', '.tsx', '.mts', '.cts', '.d.ts', '.js', '.jsx', '.mjs', '.cjs', '.json', '.node'],
  extensionAlias: {
    '.js': ['.ts', '.tsx', '.d.ts', '.js', '.jsx'],
    '.jsx': ['.tsx', '.jsx'],
    '.mjs': ['.mts', '.d.mts', '.mjs'],
    '.cjs': ['.cts', '.d.cts', '.cjs'],
  },
  conditionNames: ['types', 'import', 'require', 'node', 'default'],
  mainFields: ['types', 'module', 'main'],
  nodePath: false,
};

interface Governed {
  readonly resolver: Resolver;
  readonly patterns: readonly string[];
  /** Whether it may depend on the project that a file belongs to where a name leads. */
  readonly mayDiffer: (specifier: string) => boolean;
}

export function createConfiguredResolvers(root: string, tree: SourceTree): ConfiguredResolvers {
  const plain = new ResolverFactory(options);
  const configs = new Set<string>(tree.tsconfigs);
  const outer = outerConfig(root);
  const byConfig = new Map<string | undefined, Governed>();
  const byDirectory = new Map<string, Governed>();

  const govern = (directory: string): Governed => {
    const inner = nearestConfig(directory, configs);
    const config = inner === undefined ? outer : join(root, inner);
    const known = byConfig.get(config);
    if (known !== undefined) return known;
    const governed = config === undefined ? { resolver: plain, patterns: [], mayDiffer: () => false } : configuredBy(config);
    byConfig.set(config, governed);
    return governed;
  };
  const manifests = new Set(tree.packages.map(({ directory }) => directory));
  const isHome = (directory: string): boolean =>
    directory === '.' ||
    manifests.has(directory) ||
    names.some((name) => configs.has(posix.join(directory, name))) ||
    existsSync(join(root, directory, 'node_modules'));
  const nearestHome = remember((directory: string): string => (isHome(directory) ? directory : nearestHome(posix.dirname(directory))));
  const governed = (directory: string): Governed => {
    const known = byDirectory.get(directory) ?? govern(directory);
    byDirectory.set(directory, known);
    return known;
  };

  return {
    plain,
    forDirectory: (directory) => governed(directory).resolver,
    homeOf: (directory, specifier) => (governed(directory).mayDiffer(specifier) ? directory : nearestHome(directory)),
    isAlias: (directory, specifier) => governed(directory).patterns.some((pattern) => matches(pattern, specifier)),
  };
}

/** Each configuration has a resolver of its own: a shared cache would mix their paths. */
function configuredBy(configFile: string): Governed {
  const paths = readPathPatterns(configFile);
  const patterns = Object.keys(paths);
  const resolver = firstFound([
    () => new ResolverFactory({ ...options, tsconfig: { configFile, references: 'auto' } }),
    // With references a file may be given to a referenced project that does not include it, and lose its paths.
    () => new ResolverFactory({ ...options, tsconfig: { configFile } }),
    // A configuration that extends one of a package that is not installed cannot be read; its own paths hold all the same.
    ...(patterns.length === 0 ? [] : [() => new ResolverFactory({ ...options, alias: paths })]),
  ]);
  return { resolver, patterns, mayDiffer: differsByProject(configFile, patterns) };
}

/** Names that no project maps lead to packages, whoever asks. */
function differsByProject(configFile: string, patterns: readonly string[]): (specifier: string) => boolean {
  const projects = readReferences(configFile);
  if (projects.length === 0) return () => false;
  if ([configFile, ...projects].some((project) => hasBaseUrl(project))) return () => true;
  const mapped = new Set([...patterns, ...projects.flatMap((project) => Object.keys(readPathPatterns(project)))]);
  return (specifier) => [...mapped].some((pattern) => pattern.startsWith('*') || matches(pattern, specifier));
}

/** The answer of the first that finds something; the others are made when they are needed. */
function firstFound(makers: readonly (() => Resolver)[]): Resolver {
  const made: Resolver[] = [];
  return {
    sync(directory, specifier) {
      let result: ReturnType<Resolver['sync']> = { error: 'nothing to ask' };
      for (const [index, make] of makers.entries()) {
        const resolver = made[index] ?? make();
        made[index] = resolver;
        result = resolver.sync(directory, specifier);
        if (result.error === undefined) break;
      }
      return result;
    },
  };
}

const names = ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json'];

function nearestConfig(directory: string, configs: ReadonlySet<string>): string | undefined {
  for (let current = directory; ; current = posix.dirname(current)) {
    const found = names.map((name) => posix.join(current, name)).find((path) => configs.has(path));
    if (found !== undefined || current === '.') return found;
  }
}

/** The tsconfig of the project a root lies in, when the root is one of its folders: looked for up to its manifest. */
function outerConfig(root: string): string | undefined {
  let current = root;
  while (!existsSync(join(current, 'package.json')) && !existsSync(join(current, '.git'))) {
    const parent = dirname(current);
    if (parent === current) return undefined;
    current = parent;
    const found = names.map((name) => join(current, name)).find((path) => existsSync(path));
    if (found !== undefined) return found;
  }
  return undefined;
}

function matches(pattern: string, specifier: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === specifier;
  // A bare `*` is a search path, no alias.
  return star > 0 && specifier.startsWith(pattern.slice(0, star)) && specifier.endsWith(pattern.slice(star + 1));
}
