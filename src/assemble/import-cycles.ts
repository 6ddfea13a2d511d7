import { createRequire } from 'node:module';
import { stronglyConnected } from '../lib/graph/strongly-connected.ts';
import { compareText, sortedBy } from '../lib/sort.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ModuleId } from '../model/ids.ts';
import type { ModuleDependency, ModuleSummary } from '../model/monolith.ts';

/**
 * madge's search for circular paths over a predefined tree. Taken from its own file: the package's main file loads a
 * TypeScript compiler first, which costs half a second and is not needed when the tree is given.
 */
const circularPaths = createRequire(import.meta.url)('madge/lib/cyclic.js') as (
  tree: Readonly<Record<string, readonly string[]>>,
) => readonly (readonly ModuleId[])[];

export interface ImportCycles {
  /** Strongly connected components of the value imports between source modules. */
  readonly cycles: readonly (readonly ModuleId[])[];
  /** The shortest of madge's circular paths in each component. */
  readonly diagnostics: readonly Diagnostic[];
}

export function findImportCycles(modules: readonly ModuleSummary[], dependencies: readonly ModuleDependency[]): ImportCycles {
  const graph = valueGraph(modules, dependencies);
  const components = stronglyConnected(graph).map((component) => [...component].sort(compareText));
  const cycles = sortedBy(components, (component) => component.join('\u0000'));
  if (cycles.length === 0) return { cycles, diagnostics: [] };
  const paths = madgePaths(graph) ?? cycles.map((cycle) => circleFrom(graph, cycle));
  return { cycles, diagnostics: cycles.flatMap((cycle) => cycleDiagnostic(cycle, paths, dependencies)) };
}

/** `undefined` where modules import each other in a row of thousands: madge calls itself for each. */
function madgePaths(graph: ReadonlyMap<ModuleId, readonly ModuleId[]>): readonly (readonly ModuleId[])[] | undefined {
  try {
    return circularPaths(Object.fromEntries(graph));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The shortest way from the first module of a component back to it. */
function circleFrom(graph: ReadonlyMap<ModuleId, readonly ModuleId[]>, [first]: readonly ModuleId[]): readonly ModuleId[] {
  const before = new Map<ModuleId, ModuleId>();
  const open = first === undefined ? [] : [first];
  for (const module of open) {
    for (const next of graph.get(module) ?? []) {
      if (next === first) return wayTo(module, before);
      if (before.has(next)) continue;
      before.set(next, module);
      open.push(next);
    }
  }
  return [];
}

function wayTo(last: ModuleId, before: ReadonlyMap<ModuleId, ModuleId>): readonly ModuleId[] {
  const way = [last];
  for (let module = before.get(last); module !== undefined; module = before.get(module)) way.push(module);
  return way.reverse();
}

function valueGraph(modules: readonly ModuleSummary[], dependencies: readonly ModuleDependency[]): ReadonlyMap<ModuleId, ModuleId[]> {
  const graph = new Map<ModuleId, ModuleId[]>(modules.filter(({ role }) => role === 'source').map(({ id }) => [id, []]));
  for (const { from, to, kind } of dependencies) if (kind === 'value' && graph.has(to)) graph.get(from)?.push(to);
  return graph;
}

function cycleDiagnostic(
  cycle: readonly ModuleId[],
  paths: readonly (readonly ModuleId[])[],
  dependencies: readonly ModuleDependency[],
): readonly Diagnostic[] {
  const members = new Set(cycle);
  const inside = paths.filter((path) => path.every((module) => members.has(module)));
  const path = sortedBy(inside, (candidate) => `${String(candidate.length).padStart(6, '0')} ${candidate.join(' ')}`)[0];
  const first = path?.[0];
  if (path === undefined || first === undefined) return [];
  const at = dependencies.find(({ from, to }) => from === first && to === path[1])?.at;
  return [{ code: 'import-cycle', data: { modules: [...path, first] }, ...(at === undefined ? {} : { at }) }];
}
