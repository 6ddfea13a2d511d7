import { basename } from 'node:path';
import type { Analyzer, AssetText } from '../analyze/analyzer.ts';
import { runAnalyzers } from '../analyze/run-analyzers.ts';
import { assemble } from '../assemble/assemble.ts';
import { boot } from '../boot/boot.ts';
import { type CachePlace, openCache } from '../cache/open-cache.ts';
import { createSqlParser } from '../lib/sql/sql-parser.ts';
import { linkWithTypes } from '../link/checker/link-with-types.ts';
import { openTypeScriptSeven } from '../link/checker/typescript-seven.ts';
import { createModuleResolver } from '../link/module-resolver.ts';
import type { BootTrace, LibraryModel } from '../model/boot-trace.ts';
import type { Configuration } from '../model/configuration.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { EventPort } from '../model/events.ts';
import type { ModuleId } from '../model/ids.ts';
import type { Monolith } from '../model/monolith.ts';
import type { ProgramQueries } from '../model/program.ts';
import type { SourceTree } from '../model/source-tree.ts';
import { chooseNativeParse } from '../parse/oxc/choose-native-parse.ts';
import { parseAll } from '../parse/parse-all.ts';
import { createSyntaxTrees } from '../parse/syntax-trees.ts';
import { startHistory } from '../scan/evolution/start-history.ts';
import { createFolderLister } from '../scan/folder-lister.ts';
import { createIgnoredFiles } from '../scan/ignored-files.ts';
import { scan } from '../scan/scan.ts';
import { createSourceReader, type SourceReader } from '../scan/source-reader.ts';
import { readTraceFiles } from '../scan/traces/read-trace-files.ts';
import { boundHeap } from './bound-heap.ts';
import { dropFollowedImports } from './drop-followed-imports.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';
import { createStageRunner } from './stage-runner.ts';

export interface AnalysisRequest {
  /** Absolute path of the analysed root. */
  readonly root: string;
  readonly configuration: Configuration;
  readonly analyzers: readonly Analyzer[];
  readonly models: readonly LibraryModel[];
  /** Where earlier runs left what they extracted; absent: it is extracted anew. */
  readonly cache?: CachePlace | undefined;
  readonly events: EventPort;
  readonly signal: AbortSignal;
}

/** Everything the stages after analysis read. */
export interface Analysis {
  readonly tree: SourceTree;
  readonly program: ProgramQueries;
  readonly trace: BootTrace;
  readonly monolith: Monolith;
  readonly sources: SourceReader;
  readonly listFiles: (folder: string) => readonly ModuleId[];
  readonly isIgnored: (path: ModuleId) => boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** directory → scan → parse → link → boot → analyze → assemble. */
export async function analyzeMonolith(request: AnalysisRequest): Promise<Analysis> {
  const { root, configuration, events, signal } = request;
  const stages = createStageRunner(events, signal);
  const readHistory = configuration.history === 'read' ? startHistory(root) : undefined;

  const tree = await stages.run(
    'scan',
    () => scan(root, { exclude: configuration.exclude, conventions: request.models.flatMap(({ conventions = [] }) => conventions) }),
    (value) => `${value.files.length} files`,
  );
  boundHeap(tree);
  const sources = createSourceReader(root);
  const listFiles = createFolderLister(root);
  const syntaxTrees = createSyntaxTrees(sources.text, { parse: await chooseNativeParse(tree) });
  const resolver = createModuleResolver(root, tree);
  const cache = request.cache === undefined ? undefined : openCache(request.cache, root, sources.text);
  const syntaxes = await stages.run(
    'parse',
    () => parseAll({ tree, readSource: sources.text, trees: syntaxTrees, known: cache?.syntax, events, resolve: resolver.resolve }),
    (value) => `${value.length} modules`,
  );
  cache?.save();
  const program = await stages.run(
    'link',
    () => linkWithTypes({ tree, syntaxes, resolver, root, types: configuration.types, openChecker: openTypeScriptSeven }),
    ({ program: { counts } }) => `${counts.imports} imports, ${counts.internal} internal calls, ${counts.unresolved} unresolved`,
  );
  const trace = await stages.run(
    'boot',
    () =>
      boot({
        program,
        tree,
        models: request.models,
        syntaxTrees,
        configuredEntries: configuration.entries,
        listFiles,
        readText: sources.text,
      }),
    (value) => `${value.entries.length} entry modules, ${value.effects.length} registrations`,
  );
  syntaxTrees.forget();
  const sql = await createSqlParser();
  const assets = readAssets(tree, sources);
  const facts = await stages.run(
    'analyze',
    () => runAnalyzers(request.analyzers, { program, trace, assets, packages: tree.packages, sql }),
    (value) => `${value.length} facts`,
  );
  const name = tree.packages.find((manifest) => manifest.directory === '.')?.name ?? basename(root);
  const recorded = configuration.traces.length === 0 ? undefined : { spans: readTraceFiles(root, configuration.traces), sql };
  const history = await readHistory?.(tree.files.filter(({ role }) => role === 'source').map(({ path }) => path));
  const monolith = await stages.run(
    'assemble',
    () => assemble({ name, tree, program, trace, facts, evolution: history?.value, recorded }),
    (value) => `${value.routes.length} routes, ${value.tables.length} tables`,
  );
  return {
    tree,
    program,
    trace,
    monolith,
    sources,
    listFiles,
    isIgnored: createIgnoredFiles(root),
    diagnostics: sortDiagnostics([...dropFollowedImports(stages.diagnostics(), trace), ...(history?.diagnostics ?? [])]),
  };
}

function readAssets(tree: SourceTree, sources: SourceReader): ReadonlyMap<ModuleId, AssetText> {
  const assets = new Map<ModuleId, AssetText>();
  for (const { path, kind } of tree.assets) {
    const text = sources.text(path);
    if (text !== undefined) assets.set(path, { kind, text });
  }
  return assets;
}
