import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { EventPort } from '../model/events.ts';
import { type Attempt, done, failed } from './attempt.ts';
import { findFreePort } from './loopback.ts';
import { type CommandExit, describeExit, type RunningCommand, startCommand } from './running-command.ts';

export interface MonolithOptions {
  /** `{port}` in it is replaced; `PORT` is set too. */
  readonly start: string;
  readonly root: string;
  /** Path asked until it answers with any status. */
  readonly ready: string;
  readonly readyTimeoutSeconds: number;
  /** The whole environment of the process; `PORT` is added. */
  readonly environment: NodeJS.ProcessEnv;
  readonly events: EventPort;
  readonly signal: AbortSignal;
}

export interface RunningMonolith {
  readonly url: string;
  lastLines(): readonly string[];
  /** Ends the process and everything it started. */
  stop(): Promise<void>;
}

/** Starts the monolith on a free port and waits until it answers. Throws only when the signal was aborted. */
export async function startMonolith(options: MonolithOptions): Promise<Attempt<RunningMonolith>> {
  options.signal.throwIfAborted();
  const port = await findFreePort();
  const text = options.start.replaceAll('{port}', String(port));
  options.events({ type: 'log', text: `monolith: ${text}` });
  const command = startCommand({
    command: text,
    directory: options.root,
    environment: { ...options.environment, PORT: String(port) },
  });
  try {
    const readiness = await waitUntilReady(command, port, options);
    options.signal.throwIfAborted();
    if (readiness.kind === 'ready') return done(asRunning(command, readiness.url, options.signal));
    await command.stop();
    return explain(readiness, text, command, options);
  } catch (error) {
    await command.stop();
    throw error;
  }
}

type Readiness =
  | { readonly kind: 'ready'; readonly url: string }
  | { readonly kind: 'ended'; readonly exit: CommandExit }
  | { readonly kind: 'late' };

function asRunning(command: RunningCommand, url: string, signal: AbortSignal): RunningMonolith {
  const onAbort = (): void => void command.stop();
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    url,
    lastLines: () => command.lastLines(),
    stop: () => {
      signal.removeEventListener('abort', onAbort);
      return command.stop();
    },
  };
}

async function waitUntilReady(command: RunningCommand, port: number, options: MonolithOptions): Promise<Readiness> {
  let ended: CommandExit | undefined;
  void command.exited.then((exit) => {
    ended = exit;
  });
  const deadline = performance.now() + options.readyTimeoutSeconds * 1_000;
  while (performance.now() < deadline && !options.signal.aborted) {
    if (ended !== undefined) return { kind: 'ended', exit: ended };
    // A server on `localhost` may listen on one family only.
    for (const host of ['127.0.0.1', '[::1]']) {
      const url = `http://${host}:${port}`;
      if (await answers(`${url}${options.ready}`, deadline - performance.now())) return { kind: 'ready', url };
    }
    await delay(POLL_MS);
  }
  return { kind: 'late' };
}

const POLL_MS = 50;

function answers(url: string, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: Math.max(1, limitMs) }, (response) => {
      response.destroy();
      resolve(true);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });
}

function explain(readiness: Exclude<Readiness, { kind: 'ready' }>, text: string, command: RunningCommand, options: MonolithOptions) {
  if (readiness.kind === 'ended') {
    return failed(
      `the monolith (${text}) ${describeExit(readiness.exit)} before it answered`,
      'Run the command by hand in the monolith, then correct `verify.start` in banyan.config.yaml.',
      command.lastLines(),
    );
  }
  return failed(
    `the monolith (${text}) did not answer ${options.ready} within ${options.readyTimeoutSeconds} s`,
    'Check that it listens on {port} or the PORT variable, and `verify.ready` and `verify.readyTimeoutSeconds` in banyan.config.yaml.',
    command.lastLines(),
  );
}
