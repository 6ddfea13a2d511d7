import { groupBy } from '../lib/group.ts';
import { sortedBy } from '../lib/sort.ts';
import type { MigrationPlan, PlannedService } from '../model/migration-plan.ts';
import { formatShare } from './figures.ts';
import { clipped, countOf, firstOf } from './plain-text.ts';
import { printable, textTable } from './text-table.ts';

/** The services of a plan: what each holds, where it runs, and how much of it can move. */
export function servicesSummary({ services }: MigrationPlan): string {
  if (services.length === 0) return 'No service can be cut out: the monolith stays whole.';
  return textTable(
    ['service', 'placement', '>routes', '>can move', '>tables', '>modules', '>confidence'],
    services.map((service) => [
      service.id,
      service.placement.kind,
      String(service.routes.length),
      String(movableRoutes(service).length),
      String(service.tables.length),
      String(service.modules.length),
      formatShare(service.confidence),
    ]),
  );
}

/** How much of the monolith can move, of all the routes it has. */
export function movableShare({ services }: MigrationPlan, routes: number): string {
  if (services.length === 0) return '';
  const moving = services.filter((service) => movableRoutes(service).length > 0);
  const moved = moving.reduce((sum, service) => sum + movableRoutes(service).length, 0);
  return `${moving.length} of ${countOf(services.length, 'service')} can move, with ${moved} of ${countOf(routes, 'route')}.`;
}

/** What was generated for each slice. */
export const slicesSummary = (slices: readonly PlannedService[]): string =>
  textTable(
    ['slice', '>routes moved', '>stay', 'functions', 'folder'],
    slices.map((slice) => [
      slice.id,
      String(movableRoutes(slice).length),
      String(slice.routes.length - movableRoutes(slice).length),
      firstOf(
        slice.functions.map(({ name }) => name),
        2,
      ),
      `services/${slice.id}`,
    ]),
  );

const movableRoutes = ({ placement, routes }: PlannedService): PlannedService['routes'] =>
  placement.kind === 'stay' ? [] : routes.filter(({ blockedBy }) => blockedBy === undefined);

const LISTED_ROUTES = 3;

/** Routes that stay, by reason: the reason that holds most of them first. */
export function stayingSummary({ staying }: MigrationPlan): string {
  if (staying.length === 0) return '';
  const groups = groupBy(
    staying,
    ({ reason }) => reason.text,
    ({ route }) => route,
  );
  const ordered = sortedBy(groups, ([text, routes]) => `${String(staying.length - routes.length).padStart(9, '0')}\0${text}`);
  return [
    `${countOf(staying.length, 'route')} ${staying.length === 1 ? 'stays' : 'stay'} in the monolith:`,
    ...ordered.flatMap(([text, routes]) => [
      printable(`  ${routes.length} × ${clipped(text, 160)}`),
      printable(`      ${firstOf(routes, LISTED_ROUTES)}`),
    ]),
  ].join('\n');
}
