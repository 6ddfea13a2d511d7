import { uniqueSorted } from '../lib/sort.ts';
import type { Monolith } from '../model/monolith.ts';

/** One line of the overview: what is counted, and how many. */
export interface Figure {
  readonly name: string;
  readonly value: string;
}

/** The overview of a monolith in figures, honest about what was not resolved. */
export function monolithFigures(monolith: Monolith): readonly Figure[] {
  const sources = monolith.modules.filter((module) => module.role === 'source');
  const { counts } = monolith;
  return [
    { name: 'Source modules', value: `${sources.length} (${formatCount(sources.reduce((sum, module) => sum + module.lines, 0))} lines)` },
    { name: 'Entry modules', value: monolith.entries.map((entry) => `${entry.module} (${entry.reason})`).join(', ') || 'none found' },
    { name: 'Routes', value: String(monolith.routes.length) },
    { name: 'Other triggers', value: countedKinds(monolith.triggers.map((trigger) => trigger.trigger)) },
    { name: 'Tables', value: String(monolith.tables.length) },
    { name: 'Table accesses', value: `${monolith.accesses.length}, with ${monolith.transactions.length} transactions` },
    { name: 'State in memory', value: countedKinds(monolith.state.map((state) => state.state)) },
    { name: 'Other systems asked', value: systemsAsked(monolith) },
    { name: 'Heavy or long work', value: countedKinds(monolith.workloads.map(({ workload }) => workload)) },
    ...evidenceFigures(monolith),
    { name: 'Environment variables', value: String(new Set(monolith.environment.map((read) => read.variable)).size) },
    { name: 'Import cycles', value: String(monolith.cycles.length) },
    { name: 'Calls inside the code', value: `${formatCount(counts.internal)} resolved, ${formatCount(counts.unresolved)} not resolved` },
    { name: 'Imports', value: `${formatCount(counts.imports)}, ${formatCount(counts.unresolvedImports)} not resolved` },
  ];
}

function systemsAsked({ externalCalls }: Monolith): string {
  const systems = new Set(externalCalls.map(({ to, library }) => to ?? `unknown (${library})`));
  return externalCalls.length === 0 ? '0' : `${systems.size}, by ${externalCalls.length} functions`;
}

/** What history and traces say, where they were read. */
const evidenceFigures = ({ evolution, runtime }: Monolith): readonly Figure[] => [
  ...(evolution === undefined
    ? []
    : [
        {
          name: 'History',
          value: `${formatCount(evolution.commits)} commits, ${formatCount(evolution.coChanges.length)} pairs change together`,
        },
      ]),
  ...(runtime === undefined
    ? []
    : [
        {
          name: 'Traces',
          value: `${formatCount(runtime.spans)} spans, ${runtime.entryPoints.length} entry points seen, ${runtime.neverSeen.length} routes never`,
        },
      ]),
];

/** `12,345`: the same on every machine and locale. */
export const formatCount = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** `0.826` as `83 %`. */
export const formatShare = (share: number): string => `${Math.round(share * 100)} %`;

function countedKinds(kinds: readonly string[]): string {
  if (kinds.length === 0) return '0';
  const parts = uniqueSorted(kinds).map((kind) => `${kinds.filter((other) => other === kind).length} ${kind}`);
  return `${kinds.length} (${parts.join(', ')})`;
}
