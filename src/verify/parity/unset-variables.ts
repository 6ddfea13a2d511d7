import { uniqueSorted } from '../../lib/sort.ts';
import type { GatewayTable } from '../../model/gateway-table.ts';
import type { PlannedService } from '../../model/migration-plan.ts';
import type { CheckResult } from '../../model/verification.ts';
import { functionValues } from '../../serve/function-values.ts';

export interface EnvironmentInput {
  readonly table: GatewayTable;
  readonly services: readonly PlannedService[];
  readonly root: string;
  /** The caller's environment with the configured one. */
  readonly environment: NodeJS.ProcessEnv;
  /** Whether everything ran and answered as it should: then nothing that is unset was needed. */
  readonly isSound: boolean;
}

/**
 * Names the variables that moved code reads, that have no default anybody could read, and that nobody gave a value. Many
 * are truly optional, so this fails only where something else did: then it is the first thing to look at.
 */
export function judgeEnvironment({ table, services, root, environment, isSound }: EnvironmentInput): CheckResult {
  const values = functionValues(root, environment, { functions: [], events: () => {} });
  const slices = new Set(services.map(({ id }) => id));
  const declared = uniqueSorted(table.functions.flatMap((one) => (slices.has(one.service) ? one.environment : [])));
  const known = new Map(services.flatMap((service) => service.environment.map((variable) => [variable.name, variable] as const)));
  const missing = declared.filter((name) => values[name] === undefined && known.get(name)?.default === undefined);
  const names = missing.join(', ');
  if (missing.length === 0) return passed(describeDeclared(declared.length));
  if (isSound) return passed(`without a value, and not missed: ${names}`);
  return {
    name: 'environment',
    status: 'failed',
    summary: `no value for ${names}: set what the application needs in your environment, in verify.environment or in its .env`,
    details: missing.map((name) => {
      const at = known.get(name)?.at;
      const place = at === undefined ? '' : `${at.file}:${at.line} `;
      return `${place}${name} has no value, and no default that could be read`;
    }),
  };
}

const passed = (summary: string): CheckResult => ({ name: 'environment', status: 'passed', summary, details: [] });

function describeDeclared(count: number): string {
  if (count === 0) return 'the slices read no variable';
  return count === 1 ? 'the one variable is given or has a default' : `${count} variables, each given or with a default`;
}
