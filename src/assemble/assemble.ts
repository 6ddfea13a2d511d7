import { sortedBy } from '../lib/sort.ts';
import type { BootTrace } from '../model/boot-trace.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Evolution } from '../model/evolution.ts';
import type { Fact } from '../model/fact.ts';
import type { Monolith } from '../model/monolith.ts';
import type { Outcome } from '../model/outcome.ts';
import type { ProgramQueries } from '../model/program.ts';
import type { ObservedSpan } from '../model/runtime-evidence.ts';
import type { SourceTree } from '../model/source-tree.ts';
import type { SqlParser } from '../model/sql.ts';
import { joinCallGraph } from './call-graph.ts';
import { confirmReadThrough } from './confirm-read-through.ts';
import { entryPointReaches } from './entry-point-reach.ts';
import { findImportCycles } from './import-cycles.ts';
import { moduleDependencies, moduleSummaries } from './module-graph.ts';
import { findOrphanModules } from './orphan-modules.ts';
import { reconcileTraces } from './reconcile-traces.ts';
import { factsOf } from './sort-facts.ts';
import { startUpFillings } from './start-up-fillings.ts';
import { createSymbolReach } from './symbol-reach.ts';
import { completeTables } from './tables.ts';

export interface AssembleInput {
  /** Name of the monolith, as its manifest or folder says. */
  readonly name: string;
  readonly tree: SourceTree;
  readonly program: ProgramQueries;
  readonly trace: BootTrace;
  readonly facts: readonly Fact[];
  readonly evolution?: Evolution | undefined;
  /** Spans of recorded traces, and what reads the SQL in them. */
  readonly recorded?: { readonly spans: readonly ObservedSpan[]; readonly sql: SqlParser } | undefined;
}

/** Joins the facts by id: entry points, what they reach, tables, and the dependencies between modules. */
export async function assemble({ name, program, trace, facts, evolution, recorded }: AssembleInput): Promise<Outcome<Monolith>> {
  const modules = moduleSummaries(program.program);
  const dependencies = moduleDependencies(program.program);
  const { cycles, diagnostics: cycleDiagnostics } = findImportCycles(modules, dependencies);
  const calls = joinCallGraph(program.program, trace);
  const routes = factsOf(facts, 'route');
  const told = factsOf(facts, 'trigger');
  const accesses = factsOf(facts, 'table-access');
  const transactions = factsOf(facts, 'transaction');
  const reach = createSymbolReach({ program, calls, trace });
  const state = confirmReadThrough({ program, state: factsOf(facts, 'state'), accesses, reach });
  const triggers = sortedBy([...told, ...startUpFillings({ program, trace, calls, accesses, state })], ({ id }) => id);
  const reaches = entryPointReaches({ program, routes, triggers, accesses, transactions, state, reach });
  const runtime = recorded === undefined ? undefined : reconcileTraces({ ...recorded, routes, triggers, reach: reaches });
  const diagnostics: readonly Diagnostic[] = [...cycleDiagnostics, ...(runtime?.diagnostics ?? [])];
  return {
    value: {
      schemaVersion: 1,
      name,
      entries: trace.entries,
      modules,
      dependencies,
      ...(trace.loads === undefined ? {} : { loads: trace.loads }),
      routes,
      triggers,
      tables: completeTables(factsOf(facts, 'table'), accesses),
      accesses,
      transactions,
      state,
      environment: factsOf(facts, 'environment-read'),
      externalCalls: factsOf(facts, 'external-call'),
      workloads: factsOf(facts, 'workload'),
      calls,
      reach: reaches,
      cycles,
      orphans: findOrphanModules(modules, dependencies, trace),
      counts: program.program.counts,
      ...(evolution === undefined ? {} : { evolution }),
      ...(runtime === undefined ? {} : { runtime: runtime.value }),
    },
    diagnostics,
  };
}
