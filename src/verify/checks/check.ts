import type { EventPort } from '../../model/events.ts';
import type { GatewayTable } from '../../model/gateway-table.ts';
import type { ServiceId } from '../../model/ids.ts';
import type { PlannedService } from '../../model/migration-plan.ts';
import type { CheckResult } from '../../model/verification.ts';

/** What every static check is given. */
export interface CheckInput {
  /** The output folder. */
  readonly out: string;
  /** The monolith, whose installed packages are used where a slice has none. */
  readonly root: string;
  readonly table: GatewayTable;
  /** The slices asked for. */
  readonly services: readonly PlannedService[];
  /** Run-time packages a slice names and nothing has installed, by slice; what needs them is skipped aloud. */
  readonly missingPackages: ReadonlyMap<ServiceId, readonly string[]>;
  readonly events: EventPort;
  readonly signal: AbortSignal;
}

/** Looks at generated files without starting the application; says what it found, never nothing. */
export interface Check {
  readonly name: string;
  run(input: CheckInput): Promise<readonly CheckResult[]>;
}

export const defineCheck = (check: Check): Check => check;

/** Folder of a slice in the output. */
export const sliceFolder = (service: ServiceId): string => `services/${service}`;

/** The result of a slice that cannot be checked because its packages are not installed; undefined when they are. */
export function skippedForPackages(name: string, service: ServiceId, input: CheckInput): CheckResult | undefined {
  const missing = input.missingPackages.get(service) ?? [];
  if (missing.length === 0) return undefined;
  return { name, service, status: 'skipped', summary: `packages are not installed: ${missing.join(', ')}`, details: [] };
}
