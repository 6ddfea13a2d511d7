import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { VerifyConfiguration } from '../../model/configuration.ts';
import type { EventPort } from '../../model/events.ts';
import type { GatewayTable } from '../../model/gateway-table.ts';
import { type Attempt, done, failed } from '../../serve/attempt.ts';
import type { Exchange } from '../../serve/exchange.ts';
import type { FunctionPool } from '../../serve/function-runtime/function-pool.ts';
import { startGateway } from '../../serve/gateway.ts';
import { startMonolith } from '../../serve/monolith-process.ts';
import { portFailure } from '../../serve/port-failure.ts';
import { describeExit, runCommand } from '../../serve/running-command.ts';
import { readTestResults } from './test-results/read-test-results.ts';
import type { TestResult } from './test-results/test-result.ts';

/** What a pass needs of the configuration. */
export type SuiteConfiguration = VerifyConfiguration & Required<Pick<VerifyConfiguration, 'start' | 'test'>>;

export interface SuitePassInput {
  readonly mode: 'monolith' | 'slices';
  readonly table: GatewayTable;
  readonly functions: FunctionPool;
  readonly configuration: SuiteConfiguration;
  readonly root: string;
  /** The caller's environment with the configured one. */
  readonly environment: NodeJS.ProcessEnv;
  readonly events: EventPort;
  readonly signal: AbortSignal;
}

/** One run of the suite: its results, and every exchange that passed the gateway, in the order of arrival. */
export interface SuitePass {
  readonly results: readonly TestResult[];
  readonly exchanges: readonly Exchange[];
}

/** Restores the data, starts the monolith and the gateway in front of it, and runs the test suite against that. */
export async function runSuitePass(input: SuitePassInput): Promise<Attempt<SuitePass>> {
  const { configuration, events, signal, root, environment } = input;
  const reset = await runReset(input);
  if (reset.kind === 'failed') return reset;
  const monolith = await startMonolith({ ...configuration, root, environment, events, signal });
  if (monolith.kind === 'failed') return monolith;
  const exchanges: Exchange[] = [];
  try {
    const gateway = await startGateway({
      table: input.table,
      port: configuration.port,
      monolithUrl: monolith.value.url,
      functions: input.functions,
      mode: input.mode,
      observe: (exchange) => exchanges.push(exchange),
    });
    try {
      const results = await runTests(input, gateway);
      if (results.kind === 'failed') return results;
      return done({ results: results.value, exchanges: exchanges.toSorted((left, right) => left.index - right.index) });
    } finally {
      await gateway.close();
    }
  } catch (error) {
    return portFailure(error, configuration.port, 'Stop what listens there, or change `verify.port` in banyan.config.yaml.');
  } finally {
    await monolith.value.stop();
  }
}

async function runReset({ configuration, root, environment, events, signal }: SuitePassInput): Promise<Attempt<undefined>> {
  const { reset, resetTimeoutSeconds: limitSeconds } = configuration;
  if (reset === undefined) return done(undefined);
  events({ type: 'log', text: `reset: ${reset}` });
  const { exit, lastLines } = await runCommand({ command: reset, directory: root, environment, signal, limitSeconds });
  if ('code' in exit && exit.code === 0) return done(undefined);
  return failed(
    `the reset command (${reset}) ${describeExit(exit)}`,
    'overSeconds' in exit
      ? 'Run it by hand to see what it waits for, or raise `verify.resetTimeoutSeconds` in banyan.config.yaml.'
      : 'Run it by hand, then correct `verify.reset` in banyan.config.yaml.',
    lastLines,
  );
}

async function runTests(
  input: SuitePassInput,
  gateway: { readonly url: string; readonly port: number },
): Promise<Attempt<readonly TestResult[]>> {
  const { root, environment, events, signal } = input;
  const { command: template, results, format } = input.configuration.test;
  const command = template.replaceAll('{url}', gateway.url).replaceAll('{port}', String(gateway.port));
  const path = resolve(root, results);
  const before = await stampOf(path);
  events({ type: 'log', text: `test (${input.mode}): ${command}` });
  const limitSeconds = input.configuration.testTimeoutSeconds;
  const { exit, lastLines } = await runCommand({ command, directory: root, environment, signal, limitSeconds });
  if ('overSeconds' in exit) {
    return failed(
      `the test command (${command}) ${describeExit(exit)}, ${input.mode === 'slices' ? 'with the slices on' : 'with the monolith alone'}`,
      'See its last lines for the test it hangs in, or raise `verify.testTimeoutSeconds` in banyan.config.yaml.',
      lastLines,
    );
  }
  // Failing tests are no failure here: only a report that was not written is.
  if ((await stampOf(path)) === before) {
    return failed(
      `the test command (${command}) ${describeExit(exit)} and did not write ${results}`,
      'Make it write its report there, and name the file in `verify.test.results` of banyan.config.yaml.',
      lastLines,
    );
  }
  try {
    const found = readTestResults(await readFile(path, 'utf8'), format, root);
    if (found.length > 0) return done(found);
    return failed(`${results} names no test`, 'Check that the test command runs tests, and see its output.', lastLines);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return failed(`${results} is no ${format} report: ${reason}`, 'Correct `verify.test.format` in banyan.config.yaml.', lastLines);
  }
}

/** Changes whenever the file is written; the user's old report is not deleted for this. */
async function stampOf(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found === undefined ? 'absent' : `${found.ino} ${found.mtimeNs} ${found.size}`;
}
