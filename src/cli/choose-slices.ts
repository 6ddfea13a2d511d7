import { UserError } from '../lib/errors.ts';
import { uniqueSorted } from '../lib/sort.ts';
import type { ServiceId } from '../model/ids.ts';
import type { MigrationPlan, PlannedService } from '../model/migration-plan.ts';

/**
 * The slices to generate: those asked for, or all that can move, and always those extracted before, so that the gateway
 * keeps them. Throws a {@link UserError} for a name that is no service or a service that stays.
 */
export function chooseSlices(plan: MigrationPlan, asked: readonly string[], extracted: readonly ServiceId[]): readonly ServiceId[] {
  const movable = plan.services.filter(canMove).map(({ id }) => id);
  if (asked.length === 0 && movable.length === 0) {
    throw new UserError('nothing-to-extract', 'no service of the plan can move', 'Run "banyan plan" to see the reasons.');
  }
  const chosen = asked.length === 0 ? movable : asked.map((name) => requireMovable(plan, name).id);
  return uniqueSorted([...chosen, ...extracted.filter((id) => movable.includes(id))]);
}

function requireMovable(plan: MigrationPlan, name: string): PlannedService {
  const service = plan.services.find(({ id }) => id === name);
  if (service === undefined) {
    const known = plan.services.map(({ id }) => id).join(', ');
    throw new UserError(
      'unknown-slice',
      `the plan has no service "${name}"; it has: ${known}`,
      'Name one of them, or edit banyan.plan.yaml.',
    );
  }
  if (canMove(service)) return service;
  const reasons = service.placement.reasons.map(({ text }) => text).join('; ');
  throw new UserError('slice-stays', `"${name}" cannot move yet: ${reasons}`, 'Resolve that, or set its placement in banyan.plan.yaml.');
}

/** Lambda only for now: what needs a long-lived process keeps answering from the monolith. */
export const canMove = ({ placement, routes }: PlannedService): boolean =>
  placement.kind === 'lambda' && routes.some(({ blockedBy }) => blockedBy === undefined);
