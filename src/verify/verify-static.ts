import { join } from 'node:path';
import type { EventPort } from '../model/events.ts';
import type { GatewayTable } from '../model/gateway-table.ts';
import type { PlannedService } from '../model/migration-plan.ts';
import type { CheckResult } from '../model/verification.ts';
import { linkPackages } from '../serve/function-runtime/link-packages.ts';
import { sliceFolder } from './checks/check.ts';
import { checks } from './checks/checks.ts';
import { installPackages } from './checks/install-packages.ts';

export interface StaticVerificationInput {
  readonly out: string;
  readonly root: string;
  readonly table: GatewayTable;
  /** The slices asked for, as planned. */
  readonly services: readonly PlannedService[];
  /** `own` installs each slice's packages first; `monolith` uses what the monolith has installed. */
  readonly packages: 'own' | 'monolith';
  /** Environment of the installation. */
  readonly environment: NodeJS.ProcessEnv;
  readonly events: EventPort;
  readonly signal: AbortSignal;
}

/** Runs every static check over the generated slices. Links to packages that it makes are gone when it returns. */
export async function verifyStatic(input: StaticVerificationInput): Promise<readonly CheckResult[]> {
  const ids = input.services.map(({ id }) => id);
  const results: CheckResult[] = [...(input.packages === 'own' ? await installPackages(ids, input) : [])];
  const links = ids.map((id) => [id, linkPackages(join(input.out, sliceFolder(id)), input.root)] as const);
  try {
    const missingPackages = new Map(links.map(([id, { missing }]) => [id, missing]));
    for (const [index, check] of checks.entries()) {
      input.signal.throwIfAborted();
      results.push(...(await check.run({ ...input, missingPackages })));
      input.events({ type: 'stage-progress', stage: 'check', done: index + 1, total: checks.length });
    }
    return results;
  } finally {
    for (const [, link] of links) link.undo();
  }
}
