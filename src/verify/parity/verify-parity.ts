import { invariant } from '../../lib/errors.ts';
import type { VerifyConfiguration } from '../../model/configuration.ts';
import type { EventPort } from '../../model/events.ts';
import type { GatewayTable } from '../../model/gateway-table.ts';
import type { ServiceId } from '../../model/ids.ts';
import type { CheckResult, RouteVerdict, SuiteComparison } from '../../model/verification.ts';
import { type Attempt, done, type Failure, failed } from '../../serve/attempt.ts';
import type { Exchange } from '../../serve/exchange.ts';
import type { FunctionPool } from '../../serve/function-runtime/function-pool.ts';
import { startFunctions } from '../../serve/function-runtime/start-functions.ts';
import { functionValues } from '../../serve/function-values.ts';
import { maskValues, secretValues } from '../../serve/secret-values.ts';
import { withSlicesOn } from '../../serve/slice-table.ts';
import { compareSuites } from './compare-suites.ts';
import { judgeFunctions } from './function-failures.ts';
import { pairExchanges } from './pair-exchanges.ts';
import { judgeRoute, type MovedRoute } from './route-verdict.ts';
import { judgeStatelessness } from './statelessness.ts';
import { runSuitePass, type SuiteConfiguration, type SuitePass, type SuitePassInput } from './suite-pass.ts';
import { learnVolatileFields, type VolatileFields } from './volatile-fields.ts';

export interface ParityInput {
  readonly table: GatewayTable;
  /** Slices to prove; all their routes take their whole traffic, whatever the table's weights say. */
  readonly slices: readonly ServiceId[];
  readonly configuration: VerifyConfiguration;
  readonly out: string;
  readonly root: string;
  /** The caller's environment. The monolith gets all of it, functions only what they declare. */
  readonly environment: NodeJS.ProcessEnv;
  readonly events: EventPort;
  readonly signal: AbortSignal;
  /** `tested` runs the suite once more with two instances of each function in turn; `assumed` unless given. */
  readonly statelessness?: 'tested' | 'assumed';
}

export type ParityOutcome =
  | {
      readonly kind: 'compared';
      readonly routes: readonly RouteVerdict[];
      readonly suite: SuiteComparison;
      /** One check per slice: whether its functions answered at all. */
      readonly functions: readonly CheckResult[];
      /** One check per slice when statelessness was tested, else none. */
      readonly statelessness: readonly CheckResult[];
    }
  /** Something did not run; every route is unproven. */
  | { readonly kind: 'not-run'; readonly routes: readonly RouteVerdict[]; readonly failure: Failure };

/**
 * Runs the monolith's own test suite through the gateway: twice with the monolith answering everything, to learn what
 * differs anyway, and once with the slices on; then compares test by test and exchange by exchange. Everything runs on
 * loopback, and nothing is left running. Throws only when the signal was aborted.
 */
export async function verifyParity(input: ParityInput): Promise<ParityOutcome> {
  const table = withSlicesOn(input.table, input.slices);
  const moved = table.routes.filter((route): route is MovedRoute => route.target !== undefined);
  const passes = await runPasses(input, table, moved);
  if (passes.kind === 'failed') {
    const { failure } = passes;
    return { kind: 'not-run', routes: moved.map((route) => unprovenRoute(route, failure)), failure };
  }
  const { first, second, sliced, rotated, secrets } = passes.value;
  const reference = learnReference(first, second, table);
  const suite = compareSuites(first.results, sliced.results);
  const flaky = compareSuites(first.results, second.results).differences.map(({ test }) => test);
  const routes = judgeRoutes(moved, reference, sliced, table).map((verdict) => withoutSecrets(verdict, secrets));
  return {
    kind: 'compared',
    routes,
    suite: {
      command: passes.value.command,
      ...suite,
      differences: suite.differences.filter(({ test }) => !flaky.includes(test)),
      volatile: [...reference.volatile.names, ...flaky.map((test) => `test ${test}`)],
    },
    functions: judgeFunctions(moved, sliced.exchanges),
    statelessness:
      rotated === undefined
        ? []
        : judgeStatelessness(
            routes,
            judgeRoutes(moved, reference, rotated, table).map((verdict) => withoutSecrets(verdict, secrets)),
          ),
  };
}

/** An answer may repeat a secret of the environment where no name tells that it is one. */
function withoutSecrets({ firstDifference, ...verdict }: RouteVerdict, secrets: readonly string[]): RouteVerdict {
  if (firstDifference === undefined) return verdict;
  const masked = Object.entries(firstDifference).map(([name, text]: [string, string]) => [name, maskValues(text, secrets)]);
  return { ...verdict, firstDifference: { ...firstDifference, ...Object.fromEntries(masked) } };
}

/** The monolith's answers, and what of them differs from run to run. */
interface Reference {
  readonly exchanges: readonly Exchange[];
  readonly volatile: VolatileFields;
  /** Requests that came in one of its runs only. */
  readonly onlyOnce: ReadonlySet<Exchange>;
}

function learnReference(first: SuitePass, second: SuitePass, { routes }: GatewayTable): Reference {
  const { pairs, unpaired } = pairExchanges(first.exchanges, second.exchanges, routes);
  return { exchanges: first.exchanges, volatile: learnVolatileFields(pairs), onlyOnce: new Set(unpaired) };
}

function judgeRoutes(moved: readonly MovedRoute[], reference: Reference, sliced: SuitePass, table: GatewayTable): readonly RouteVerdict[] {
  const { exchanges, volatile, onlyOnce } = reference;
  const compared = pairExchanges(exchanges, sliced.exchanges, table.routes);
  return moved.map((route) => {
    const ofRoute = compared.pairs.filter(({ left }) => left.route === route.id);
    const pairs = ofRoute.filter(({ left }) => !volatile.unstable.has(left));
    const lost = compared.unpaired.filter((exchange) => exchange.route === route.id && !onlyOnce.has(exchange)).length;
    const extra = compared.extra.filter((exchange) => exchange.route === route.id);
    return judgeRoute(route, { pairs, lost, extra, unstable: ofRoute.length - pairs.length, volatile });
  });
}

interface Passes {
  readonly first: SuitePass;
  readonly second: SuitePass;
  readonly sliced: SuitePass;
  readonly rotated?: SuitePass;
  readonly command: string;
  /** Secret values of the environment. */
  readonly secrets: readonly string[];
}

async function runPasses(input: ParityInput, table: GatewayTable, moved: readonly MovedRoute[]): Promise<Attempt<Passes>> {
  if (moved.length === 0) return failed('no route of these slices has moved', 'Extract a slice first: `banyan extract`.');
  const configuration = requireCommands(input.configuration);
  if (configuration.kind === 'failed') return configuration;
  const environment = { ...input.environment, ...configuration.value.environment };
  const values = functionValues(input.root, environment, { functions: table.functions, events: input.events });
  const common = { ...input, table, environment, configuration: configuration.value };
  const modes = ['monolith', 'monolith', 'slices'] as const;
  const rotated = input.statelessness === 'tested' ? (['slices'] as const) : [];
  const total = modes.length + rotated.length;
  const start = (instances: 'reuse' | 'rotate') => startFunctions({ ...input, functions: table.functions, values, proof: 'on', instances });

  const passes = await runEachPass(await start('reuse'), common, { modes, done: 0, total });
  if (passes.kind === 'failed') return passes;
  const again = rotated.length === 0 ? done([]) : await runEachPass(await start('rotate'), common, { modes: rotated, done: 3, total });
  if (again.kind === 'failed') return again;
  const [first, second, sliced] = passes.value;
  invariant(first !== undefined && second !== undefined && sliced !== undefined, 'every pass gave a result');
  const [last] = again.value;
  const secrets = secretValues(Object.keys(values), values);
  return done({
    first,
    second,
    sliced,
    ...(last === undefined ? {} : { rotated: last }),
    command: configuration.value.test.command,
    secrets,
  });
}

/** Runs the suite once for each mode with the same functions, and ends them. */
async function runEachPass(
  functions: Attempt<FunctionPool>,
  common: Omit<SuitePassInput, 'mode' | 'functions'>,
  plan: { readonly modes: readonly SuitePassInput['mode'][]; readonly done: number; readonly total: number },
): Promise<Attempt<readonly SuitePass[]>> {
  if (functions.kind === 'failed') return functions;
  const passes: SuitePass[] = [];
  try {
    for (const mode of plan.modes) {
      const pass = await runSuitePass({ ...common, functions: functions.value, mode });
      if (pass.kind === 'failed') return pass;
      passes.push(pass.value);
      common.events({ type: 'stage-progress', stage: 'parity', done: plan.done + passes.length, total: plan.total });
    }
    return done(passes);
  } finally {
    await functions.value.stop();
  }
}

function requireCommands(configuration: VerifyConfiguration): Attempt<SuiteConfiguration> {
  const { start, test } = configuration;
  if (start === undefined) {
    return failed('no command starts the monolith', 'Set `verify.start` in banyan.config.yaml, for example `npm start`.');
  }
  if (test === undefined) {
    return failed('no command runs the test suite', 'Set `verify.test` in banyan.config.yaml: its command, report file and format.');
  }
  return done({ ...configuration, start, test });
}

const unprovenRoute = ({ id, target }: MovedRoute, { what }: Failure): RouteVerdict => ({
  id,
  service: target.service,
  verdict: 'unproven',
  comparisons: 0,
  servedBy: {},
  handledByMovedHandler: 0,
  successes: { monolith: 0, slice: 0 },
  missing: `parity did not run: ${what}`,
});
