import type { Analyzer, AssetText } from '../../src/analyze/analyzer.ts';
import { compareText } from '../../src/lib/sort.ts';
import { createSqlParser } from '../../src/lib/sql/sql-parser.ts';
import type { BootTrace } from '../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { Fact } from '../../src/model/fact.ts';
import { type ModuleId, nameOf, toModuleId } from '../../src/model/ids.ts';
import type { PackageManifest } from '../../src/model/source-tree.ts';
import { programOf, type Sources } from './program.ts';

/** A trace of start-up code that registers nothing. */
export const emptyTrace: BootTrace = { entries: [], evaluated: [], objects: [], effects: [], calls: [], bindings: [] };

/** What an analyzer finds in sources in memory; `.prisma` and `.sql` files among them are assets. One line each, sorted. */
export async function findingsOf(
  analyzer: Analyzer,
  sources: Sources,
  options: {
    readonly dependencies?: readonly string[];
    readonly trace?: BootTrace;
    /** Import prefixes and the folders they stand for. */
    readonly aliases?: Readonly<Record<string, string>>;
  } = {},
): Promise<readonly string[]> {
  const isAsset = ([path]: readonly [string, string]): boolean => /\.(?:prisma|sql)$/.test(path);
  const entries = Object.entries(sources);
  const program = programOf(Object.fromEntries(entries.filter((entry) => !isAsset(entry))), {
    ...(options.aliases === undefined ? {} : { aliases: options.aliases }),
  });
  const assets = new Map<ModuleId, AssetText>(
    entries.filter(isAsset).map(([path, text]) => [toModuleId(path), { kind: path.endsWith('.sql') ? 'sql' : 'prisma', text }]),
  );
  const found = analyzer.analyze({
    program,
    trace: options.trace ?? emptyTrace,
    assets,
    packages: [manifestOf('.', options.dependencies ?? [])],
    sql: await createSqlParser(),
  });
  return [...new Set(Array.from(found, describe))].sort(compareText);
}

/** A manifest as `scan` reads it. */
export const manifestOf = (directory: string, dependencies: readonly string[] = []): PackageManifest => ({
  path: toModuleId(directory === '.' ? 'package.json' : `${directory}/package.json`),
  directory,
  type: 'module',
  scripts: {},
  dependencies: Object.fromEntries(dependencies.map((name) => [name, '*'])),
  devDependencies: {},
  workspaces: [],
  private: true,
});

function describe(finding: Fact | Diagnostic): string {
  if ('code' in finding) return `! ${finding.code}: ${Object.values(finding.data).join(', ')}`;
  switch (finding.kind) {
    case 'table-access': {
      const transaction = finding.transaction === undefined ? '' : ` in ${nameOf(finding.transaction as never)}`;
      return `${nameOf(finding.symbol)} ${finding.operation} ${finding.table}${transaction}`;
    }
    case 'transaction':
      return `transaction ${finding.form} ${nameOf(finding.id as never)}`;
    case 'table':
      return [`table ${finding.id} (${finding.columns.join(' ')})`, ...finding.references.map(({ table }) => table)].join(' -> ');
    case 'state':
      return `${finding.state} ${nameOf(finding.symbol)}: ${finding.summary}`;
    case 'environment-read':
      return `environment ${finding.variable}${finding.default === undefined ? '' : ` = ${finding.default}`} in ${nameOf(finding.symbol)}`;
    case 'external-call':
      return `${nameOf(finding.symbol)} asks ${finding.to ?? 'unknown'} (${finding.library})`;
    case 'workload':
      return `${nameOf(finding.symbol)} ${finding.workload}: ${finding.summary}`;
    default:
      return `${finding.kind} ${finding.id}`;
  }
}
