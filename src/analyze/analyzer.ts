import type { BootTrace } from '../model/boot-trace.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { FactKind, FactOf } from '../model/fact.ts';
import type { ModuleId } from '../model/ids.ts';
import type { ProgramQueries } from '../model/program.ts';
import type { PackageManifest } from '../model/source-tree.ts';
import type { SqlParser } from '../model/sql.ts';

/** What every analyzer is given. */
export interface AnalyzerInput {
  readonly program: ProgramQueries;
  readonly trace: BootTrace;
  /** Contents of the asset files of the tree, by path. */
  readonly assets: ReadonlyMap<ModuleId, AssetText>;
  readonly packages: readonly PackageManifest[];
  /** Parses SQL with the database's own grammar. */
  readonly sql: SqlParser;
}

export interface AssetText {
  readonly kind: 'prisma' | 'sql' | 'graphql' | 'json';
  readonly text: string;
}

/** Finds facts of declared kinds; yields a diagnostic for what it could not read, never silence. Order must not matter. */
export interface Analyzer<K extends FactKind = FactKind> {
  readonly name: string;
  readonly produces: readonly K[];
  analyze(input: AnalyzerInput): Iterable<FactOf<K> | Diagnostic>;
}

/** Types the yield of an analyzer by the kinds it declares. */
export function defineAnalyzer<const K extends FactKind>(analyzer: {
  readonly name: string;
  readonly produces: readonly K[];
  analyze(input: AnalyzerInput): Iterable<FactOf<NoInfer<K>> | Diagnostic>;
}): Analyzer<K> {
  return analyzer as Analyzer<K>;
}
