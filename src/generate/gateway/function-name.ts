import { shortName } from '../../lib/short-name.ts';
import { toSlug } from '../../lib/slug.ts';
import type { MigrationPlan } from '../../model/migration-plan.ts';

/** Lambda takes 64 characters. */
const LONGEST_NAME = 64;

/** The name of a function in the cloud: the plan's, behind the monolith's, as far as both fit. Two functions never share one. */
export function cloudFunctionName({ name }: Pick<MigrationPlan, 'name'>, functionName: string): string {
  const own = shortName(functionName, LONGEST_NAME);
  const prefix = toSlug(name).slice(0, Math.max(0, LONGEST_NAME - own.length - 1));
  return `${prefix}-${own}`.replace(/^-+/, '');
}
