import type { RunningGateway } from '../model/commands.ts';
import type { VerifyConfiguration } from '../model/configuration.ts';
import type { EventPort } from '../model/events.ts';
import type { GatewayTable } from '../model/gateway-table.ts';
import type { ServiceId } from '../model/ids.ts';
import { type Attempt, done, failed } from './attempt.ts';
import { startFunctions } from './function-runtime/start-functions.ts';
import { functionValues } from './function-values.ts';
import { startGateway } from './gateway.ts';
import { startMonolith } from './monolith-process.ts';
import { portFailure } from './port-failure.ts';
import { withSlicesOn } from './slice-table.ts';

export interface ServeInput {
  readonly table: GatewayTable;
  /** Slices that answer; all other routes go to the monolith. */
  readonly slices: readonly ServiceId[];
  readonly configuration: VerifyConfiguration;
  readonly root: string;
  readonly out: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly environment: NodeJS.ProcessEnv;
  readonly events: EventPort;
  readonly signal: AbortSignal;
}

/** Starts monolith, functions and gateway, for `banyan serve`; everything ends on `stop` or when the signal is aborted. */
export async function serve(input: ServeInput): Promise<Attempt<RunningGateway>> {
  const { configuration, events, signal, root } = input;
  if (configuration.start === undefined) {
    return failed('no command starts the monolith', 'Set `verify.start` in banyan.config.yaml, for example `npm start`.');
  }
  const stops: (() => Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;
  const stopAll = async (): Promise<void> => {
    signal.removeEventListener('abort', onAbort);
    // One that fails to stop must not keep the others running.
    const failures = (await Promise.allSettled(stops.toReversed().map((each) => each()))).filter((result) => result.status === 'rejected');
    if (failures.length > 0) throw failures[0]?.reason;
  };
  const stop = (): Promise<void> => {
    stopping ??= stopAll();
    return stopping;
  };
  const onAbort = (): void => void stop();
  const environment = { ...input.environment, ...configuration.environment };
  const table = withSlicesOn(input.table, input.slices);
  try {
    const values = functionValues(root, environment, { functions: table.functions, events });
    const functions = await startFunctions({
      functions: table.functions,
      out: input.out,
      root,
      values,
      proof: 'off',
      instances: 'reuse',
      events,
    });
    if (functions.kind === 'failed') return functions;
    stops.push(functions.value.stop);
    const monolith = await startMonolith({ ...configuration, start: configuration.start, root, environment, events, signal });
    if (monolith.kind === 'failed') {
      await stop();
      return monolith;
    }
    stops.push(monolith.value.stop);
    const gateway = await startGateway({
      table,
      port: input.port,
      monolithUrl: monolith.value.url,
      functions: functions.value,
      mode: 'slices',
    });
    stops.push(gateway.close);
    signal.addEventListener('abort', onAbort, { once: true });
    signal.throwIfAborted();
    return done({ url: gateway.url, stop });
  } catch (error) {
    await stop();
    return portFailure(error, input.port, 'Stop what listens there, or choose another with `--port` or `verify.port`.');
  }
}
