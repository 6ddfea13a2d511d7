import { code, codes, text } from '../../lib/markdown-text.ts';
import type { ServiceCandidate } from '../../model/decomposition.ts';
import type { SourceLocation } from '../../model/location.ts';
import type { MigrationPlan, PlannedService } from '../../model/migration-plan.ts';
import { formatShare } from '../figures.ts';
import type { ReportInput } from '../report-input.ts';
import type { Block } from './block.ts';

/** The services: one table of all, then each with its reasons, tables and routes. Planned ones when there is a plan. */
export function serviceBlocks(input: ReportInput): readonly Block[] {
  if (input.plan !== undefined) return [plannedOverview(input.plan), ...input.plan.services.map(plannedService)];
  const candidates = input.decomposition?.services ?? [];
  return candidates.length === 0 ? [] : [candidateOverview(candidates), ...candidates.map(candidateService)];
}

/** A place as a code span: `src/orders.ts:42`. */
export const place = (at: SourceLocation | undefined): string => (at === undefined ? '–' : code(`${at.file}:${at.line}`));

const plannedOverview = (plan: MigrationPlan): Block => ({
  level: 2,
  heading: 'Services',
  lines:
    plan.services.length === 0
      ? ['The plan cuts out no service: the monolith stays whole.']
      : ['In the order in which they should be cut out.'],
  ...(plan.services.length > 0 && {
    table: {
      columns: ['Service', 'Placement', 'Confidence', 'Routes', 'Blocked', 'Tables', 'Modules', 'Phase', 'Traffic', 'Depends on'],
      rows: plan.services.map((service) => [
        code(service.id),
        service.placement.kind,
        formatShare(service.confidence),
        String(service.routes.length),
        String(service.routes.filter((route) => route.blockedBy !== undefined).length),
        String(service.tables.length),
        String(service.modules.length),
        String(service.phase),
        `${service.weight} %`,
        codes(service.dependsOn),
      ]),
    },
  }),
});

const plannedService = (service: PlannedService): Block => ({
  level: 3,
  heading: text(service.title),
  lines: [
    ...service.reasons.map((reason) => `- ${text(reason.text)}${reason.at === undefined ? '' : ` (${place(reason.at)})`}`),
    ...service.placement.reasons.map((reason) => `- Placement ${service.placement.kind}: ${text(reason.text)}`),
    ...service.score.reasons.map((reason) => `- Order: ${text(reason.text)}`),
    `- Tables: ${codes(service.tables)}`,
  ],
  ...(service.routes.length > 0 && {
    table: {
      columns: ['Route', 'Function', 'Blocked by'],
      rows: service.routes.map(({ id, function: name, blockedBy }) => [
        code(id),
        code(name),
        blockedBy === undefined ? '–' : `${text(blockedBy.text)} (${place(blockedBy.at)})`,
      ]),
    },
  }),
});

const candidateOverview = (candidates: readonly ServiceCandidate[]): Block => ({
  level: 2,
  heading: 'Service candidates',
  lines: [],
  table: {
    columns: ['Service', 'Confidence', 'Routes', 'Tables', 'Modules'],
    rows: candidates.map((service) => [
      code(service.id),
      formatShare(service.confidence),
      String(service.routes.length),
      codes(service.tables),
      String(service.modules.length),
    ]),
  },
});

const candidateService = (service: ServiceCandidate): Block => ({
  level: 3,
  heading: text(service.title),
  lines: service.reasons.map((reason) => `- ${text(reason.text)}${reason.at === undefined ? '' : ` (${place(reason.at)})`}`),
  ...(service.routes.length > 0 && { table: { columns: ['Route'], rows: service.routes.map((route) => [code(route)]) } }),
});
