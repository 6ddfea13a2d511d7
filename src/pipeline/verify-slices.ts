import { maskCredentials } from '../lib/mask-credentials.ts';
import type { VerifyConfiguration } from '../model/configuration.ts';
import type { EventPort } from '../model/events.ts';
import type { GatewayTable } from '../model/gateway-table.ts';
import type { PlannedService } from '../model/migration-plan.ts';
import type { CheckResult, Verification } from '../model/verification.ts';
import type { Failure } from '../serve/attempt.ts';
import { judgeEnvironment } from '../verify/parity/unset-variables.ts';
import { type ParityOutcome, verifyParity } from '../verify/parity/verify-parity.ts';
import { verifyStatic } from '../verify/verify-static.ts';

export interface VerificationRequest {
  readonly root: string;
  readonly out: string;
  readonly table: GatewayTable;
  readonly services: readonly PlannedService[];
  readonly packages: 'own' | 'monolith';
  readonly configuration: VerifyConfiguration;
  readonly staticOnly: boolean;
  /** Whether the suite runs once more with two instances of each function in turn. */
  readonly statelessness: 'tested' | 'assumed';
  /** Generated files that differ from what the plan gives now, as paths below `out`. */
  readonly stale: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly events: EventPort;
  readonly signal: AbortSignal;
}

/** Static checks of the generated tree, then parity with the running monolith when they hold. */
export async function verifySlices(request: VerificationRequest): Promise<Verification> {
  const { events, signal } = request;
  events({ type: 'stage-started', stage: 'check' });
  const checks = [toFreshness(request.stale), ...(await verifyStatic(request))];
  events({ type: 'stage-finished', stage: 'check', summary: countChecks(checks) });
  const obstacle = obstacleToParity(request, checks);
  if (obstacle !== undefined) return { checks: [...checks, obstacle].map(withoutCredentials), routes: [] };

  signal.throwIfAborted();
  events({ type: 'stage-started', stage: 'parity' });
  const outcome = await verifyParity({ ...request, slices: request.services.map(({ id }) => id) });
  events({ type: 'stage-finished', stage: 'parity', summary: countRoutes(outcome) });
  const found = [...checks, ...parityChecks(request, outcome)];
  return {
    checks: found.map(withoutCredentials),
    routes: outcome.routes,
    ...(outcome.kind === 'compared' ? { suite: outcome.suite } : {}),
  };
}

/** Results are kept on the disk and printed in reports: output of programs may name addresses with passwords. */
const withoutCredentials = (check: CheckResult): CheckResult => ({
  ...check,
  summary: maskCredentials(check.summary),
  details: check.details.map(maskCredentials),
});

/** What parity found beside the verdicts: whether it ran, whether functions answered, what they kept in memory, what nobody set. */
function parityChecks(request: VerificationRequest, outcome: ParityOutcome): readonly CheckResult[] {
  const { configuration, environment, services } = request;
  const own =
    outcome.kind === 'compared'
      ? [...outcome.functions, ...outcome.statelessness.map((check) => onItsPlacement(check, services))]
      : [toFailedParity(outcome.failure)];
  const isSound = outcome.kind === 'compared' && own.every(isFine) && outcome.routes.every(({ verdict }) => verdict !== 'different');
  return [...own, judgeEnvironment({ ...request, environment: { ...environment, ...configuration.environment }, isSound })];
}

const isFine = ({ status }: CheckResult): boolean => status !== 'failed';

const toFailedParity = ({ what, nextStep, details }: Failure): CheckResult => ({
  name: 'parity',
  status: 'failed',
  summary: `${what}: ${nextStep}`,
  // The end of an output is where the error stands.
  details: details.slice(-LAST_LINES),
});

const LAST_LINES = 15;

/** Only functions lose their memory between requests: what runs in one container may keep some. */
function onItsPlacement(check: CheckResult, services: readonly PlannedService[]): CheckResult {
  const kind = services.find(({ id }) => id === check.service)?.placement.kind;
  if (check.status !== 'failed' || kind === 'lambda') return check;
  return { ...check, status: 'skipped', summary: `placed on ${kind}, which may keep state: ${check.summary}` };
}

/** Why parity is not asked for: an answer in the table of checks, never silence. */
function obstacleToParity({ staticOnly, configuration }: VerificationRequest, checks: readonly CheckResult[]): CheckResult | undefined {
  const skip = (summary: string): CheckResult => ({ name: 'parity', status: 'skipped', summary, details: [] });
  if (staticOnly) return skip('only static checks were asked for');
  if (checks.some(({ name, status }) => name === 'bundle' && status === 'failed')) return skip('a function does not bundle');
  if (configuration.start === undefined || configuration.test === undefined) {
    return skip('set verify.start and verify.test in banyan.config.yaml to prove parity');
  }
  return undefined;
}

function toFreshness(stale: readonly string[]): CheckResult {
  const name = 'up-to-date';
  if (stale.length === 0) return { name, status: 'passed', summary: 'the tree is what the plan gives now', details: [] };
  return { name, status: 'failed', summary: `${stale.length} files are not: run "banyan extract" again`, details: stale };
}

const countChecks = (checks: readonly CheckResult[]): string =>
  (['passed', 'failed', 'skipped'] as const)
    .map((status) => `${checks.filter((check) => check.status === status).length} ${status}`)
    .join(', ');

const countRoutes = ({ routes }: ParityOutcome): string =>
  (['proven', 'different', 'unproven'] as const)
    .map((verdict) => `${routes.filter((route) => route.verdict === verdict).length} ${verdict}`)
    .join(', ');
