import { code, codes, text } from '../../lib/markdown-text.ts';
import type { CutDependency, DecompositionMeasures } from '../../model/decomposition.ts';
import type { MigrationPlan } from '../../model/migration-plan.ts';
import { formatShare } from '../figures.ts';
import type { ReportInput } from '../report-input.ts';
import type { Block } from './block.ts';
import { place } from './service-blocks.ts';

/** Phases in order, cut dependencies with their remedy, shared code, what stays, and the measures of the cut. */
export function planBlocks(input: ReportInput): readonly Block[] {
  const cut = input.plan ?? input.decomposition;
  if (cut === undefined) return [];
  return [
    ...(input.plan === undefined ? [] : [phases(input.plan)]),
    ...(cut.cuts.length === 0 ? [] : [cutDependencies(cut.cuts)]),
    ...(cut.shared.length === 0 ? [] : [shared(cut.shared)]),
    ...(input.plan === undefined || input.plan.staying.length === 0 ? [] : [staying(input.plan)]),
    measures(cut.measures),
  ];
}

const phases = (plan: MigrationPlan): Block => ({
  level: 2,
  heading: 'Plan',
  lines: ['Services in order; within a service, phases in order.'],
  table: {
    columns: ['Service', 'Phase', 'Begin when', 'Done when', 'Way back', 'The way back loses'],
    rows: plan.services.flatMap((service) =>
      service.phases.map((phase) => [
        code(service.id),
        `${phase.number === service.phase ? '**now** ' : ''}${phase.number} ${text(phase.title)}`,
        text(phase.entryCheck),
        text(phase.exitMeasure),
        text(phase.rollback),
        text(phase.rollbackLoses),
      ]),
    ),
  },
});

const cutDependencies = (cuts: readonly CutDependency[]): Block => ({
  level: 2,
  heading: 'Cut dependencies',
  lines: [],
  table: {
    columns: ['From', 'To', 'Kind', 'What', 'Remedy', 'At'],
    rows: cuts.map((cut) => [
      code(cut.from),
      code(cut.to),
      cut.kind,
      cut.toSymbol !== undefined ? code(cut.toSymbol) : code(cut.table ?? ''),
      `${cut.remedy}: ${text(cut.text)}`,
      place(cut.at),
    ]),
  },
});

const shared = (modules: MigrationPlan['shared']): Block => ({
  level: 2,
  heading: 'Shared code',
  lines: [],
  table: {
    columns: ['Module', 'Verdict', 'Used by', 'Reason'],
    rows: modules.map((entry) => [code(entry.module), entry.verdict, codes(entry.usedBy), text(entry.reason.text)]),
  },
});

const staying = (plan: MigrationPlan): Block => ({
  level: 2,
  heading: 'Routes that stay in the monolith',
  lines: [],
  table: {
    columns: ['Route', 'Reason', 'At'],
    rows: plan.staying.map(({ route, reason }) => [code(route), text(reason.text), place(reason.at)]),
  },
});

const measures = (of: DecompositionMeasures): Block => ({
  level: 2,
  heading: 'Measures of the cut',
  lines: [],
  table: {
    columns: ['Measure', 'Value'],
    rows: [
      ['Services', String(of.services)],
      ['Modules in the largest service', formatShare(of.largestShare)],
      ['Modules with a place', formatShare(of.coverage)],
      ['Tables with several writers', String(of.tablesWithSeveralWriters)],
      ['Entry points that write across services', String(of.entryPointsWritingAcross)],
      ['Transactions inside one service', formatShare(of.transactionalPurity)],
      ['Calls across services', String(of.crossServiceCalls)],
    ],
  },
});
