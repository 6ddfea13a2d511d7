import { link } from '../../src/link/link.ts';
import { createMemoryResolver } from '../../src/link/memory-resolver.ts';
import { toModuleId } from '../../src/model/ids.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import type { ProgramQueries } from '../../src/model/program.ts';
import type { PackageManifest, SourceTree } from '../../src/model/source-tree.ts';
import { parseFile } from '../../src/parse/parse-file.ts';
import { createSyntaxTrees, type SyntaxTrees } from '../../src/parse/syntax-trees.ts';

export interface ProgramOptions {
  /** Import prefixes and the folders they stand for: `{ '@/': 'src' }`. */
  readonly aliases?: Readonly<Record<string, string>>;
  readonly packages?: readonly PackageManifest[];
}

/** Paths and their sources. */
export type Sources = Readonly<Record<string, string>>;

/** Parses and links sources in memory. */
export const programOf = (sources: Sources, options: ProgramOptions = {}): ProgramQueries => linkSources(sources, options).value;

/** The same with the linker's diagnostics. */
export function linkSources(sources: Sources, options: ProgramOptions = {}): Outcome<ProgramQueries> {
  const tree = sourceTreeOf(sources, options.packages);
  const syntaxes = Object.entries(sources).map(([path, text]) => parseFile(toModuleId(path), text).syntax);
  const resolver = createMemoryResolver(Object.keys(sources).map(toModuleId), options.aliases);
  return link({ tree, syntaxes, resolver });
}

/** A source tree of files that need not exist on disk. */
export function sourceTreeOf(sources: Sources, packages: readonly PackageManifest[] = []): SourceTree {
  const files = Object.entries(sources).map(([path, text]) => ({
    path: toModuleId(path),
    role: path.endsWith('.d.ts') ? ('declaration' as const) : path.includes('.test.') ? ('test' as const) : ('source' as const),
    size: text.length,
  }));
  return { files: files.sort((left, right) => (left.path < right.path ? -1 : 1)), assets: [], packages, tsconfigs: [] };
}

/** The trees port over sources in memory. */
export const treesOf = (sources: Sources): SyntaxTrees => createSyntaxTrees((path) => sources[path]);
