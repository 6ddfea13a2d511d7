import { libraryModels } from '../../analyzers/library-models.ts';
import type { Analyzer, AnalyzerInput } from '../../src/analyze/analyzer.ts';
import { runAnalyzers } from '../../src/analyze/run-analyzers.ts';
import { type BootInput, boot } from '../../src/boot/boot.ts';
import type { BootTrace, LibraryModel } from '../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { Fact } from '../../src/model/fact.ts';
import { toModuleId } from '../../src/model/ids.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import type { ProgramQueries } from '../../src/model/program.ts';
import type { PackageManifest } from '../../src/model/source-tree.ts';
import { type ProgramOptions, programOf, type Sources, sourceTreeOf, treesOf } from './program.ts';

export interface TraceOptions extends ProgramOptions {
  readonly entries?: readonly string[];
  /** Besides those of the product. */
  readonly models?: readonly LibraryModel[];
  readonly limits?: NonNullable<BootInput['limits']>;
}

export interface TracedProgram {
  readonly trace: BootTrace;
  readonly program: ProgramQueries;
  readonly diagnostics: readonly Diagnostic[];
}

/** Evaluates the start-up code of sources in memory; without `entries` they are found as in a real project. */
export function traceOf({ files: all }: { readonly files: Sources }, options: TraceOptions = {}): TracedProgram {
  const files = Object.fromEntries(Object.entries(all).filter(([path]) => !path.endsWith('.json')));
  const program = programOf(files, options);
  const { value, diagnostics } = boot({
    program,
    tree: { ...sourceTreeOf(files, options.packages), tsconfigs: Object.keys(all).filter(isTsconfig).map(toModuleId) },
    models: [...libraryModels, ...(options.models ?? [])],
    syntaxTrees: treesOf(files),
    configuredEntries: options.entries ?? [],
    listFiles: () => [],
    readText: (path) => all[path],
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  return { trace: value, program, diagnostics };
}

const isTsconfig = (path: string): boolean => /(^|\/)tsconfig[^/]*\.json$/.test(path);

/** Runs analyzers over a traced program that needs neither assets nor SQL. */
export function analyzeTraced(
  traced: TracedProgram,
  analyzers: readonly Analyzer[],
  packages: readonly PackageManifest[] = [],
): Outcome<readonly Fact[]> {
  const input: AnalyzerInput = {
    program: traced.program,
    trace: traced.trace,
    assets: new Map(),
    packages,
    sql: () => ({ kind: 'error', message: 'no SQL parser in this test' }),
  };
  return runAnalyzers(analyzers, input);
}
