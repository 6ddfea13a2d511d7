import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { GatewayFunction } from '../../model/gateway-table.ts';
import type { ProcessReaper } from '../process-reaper.ts';
import { functionEnvironment } from './function-environment.ts';
import type { InvocationResult } from './invocation-result.ts';
import { readOutput } from './process-output.ts';
import { type Invocation, type RuntimeApi, startRuntimeApi } from './runtime-api.ts';

export interface FunctionInstanceOptions {
  readonly definition: GatewayFunction;
  /** Folder with `index.cjs` or `index.mjs`: the task root and working directory. */
  readonly taskRoot: string;
  readonly bootstrap: string;
  readonly instance: number;
  readonly values: NodeJS.ProcessEnv;
  readonly proof: 'on' | 'off';
  readonly initTimeoutMs: number;
  readonly reaper: ProcessReaper;
  readonly onLine: (line: string) => void;
}

/** One process of a function: it handles one invocation at a time and stands still between them. */
export interface FunctionInstance {
  /** Resolves when the bundle is loaded; otherwise with what went wrong. */
  readonly initialised: Promise<InvocationResult | undefined>;
  /** Only on an idle instance. An instance that times out or crashes is dead afterwards. */
  invoke(invocation: Invocation, timeoutMs: number): Promise<InvocationResult>;
  /** Resolves when the instance can take the next invocation, with false when it never will. */
  nextIdle(): Promise<boolean>;
  /** False when the process has ended or was given up. */
  isAlive(): boolean;
  /** Ends the process; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts a process with the Lambda environment and an own runtime API. Rejects when there can be no process. */
export async function startFunctionInstance(options: FunctionInstanceOptions): Promise<FunctionInstance> {
  const life = new InstanceLife();
  const api = await startRuntimeApi(`arn:aws:lambda:us-east-1:000000000000:function:${options.definition.name}`, {
    onIdle: () => {
      freeze(child);
      life.becomeIdle();
    },
    onInitError: (message) => life.end({ kind: 'init-error', message }),
  });
  const child = spawnFunction(options, api);
  const output = readOutput(child, options.onLine);
  const { pid } = child;
  if (pid !== undefined) options.reaper.watch(groupOf(pid));
  const initTimer = setTimeout(() => {
    life.end({ kind: 'init-error', message: `the bundle was not loaded within ${options.initTimeoutMs / 1000} s`, output: output.last() });
    signalGroup(child, 'SIGKILL');
  }, options.initTimeoutMs);
  const initialised = life.firstIdle();
  void initialised.then(() => clearTimeout(initTimer));

  const gone = new Promise<void>((resolve) => {
    const leave = async (result: (lines: readonly string[]) => InvocationResult): Promise<void> => {
      // What it started must not outlive it, nor hold its pipes open.
      signalGroup(child, 'SIGKILL');
      if (pid !== undefined) options.reaper.release(groupOf(pid));
      api.close();
      life.die();
      await output.drained();
      life.end(result(output.last()));
      resolve();
    };
    // A process that cannot be started (its folder is gone, no memory) never exits: it only tells an error.
    child.once('error', (error) => {
      const message = existsSync(options.taskRoot) ? error.message : 'the folder of its bundle is gone';
      void leave((lines) => ({ kind: 'init-error', message, output: lines }));
    });
    child.once('exit', (code, signal) => {
      const message = signal === null ? `exited with code ${code}` : `was ended by ${signal}`;
      void leave((lines) => ({ kind: 'crashed', message, output: lines }));
    });
  });

  return {
    initialised,
    nextIdle: () => life.nextIdle(),
    isAlive: () => life.isAlive(),
    kill: async () => {
      life.end({ kind: 'stopped' });
      signalGroup(child, 'SIGKILL');
      await gone;
    },
    invoke: async (invocation, timeoutMs) => {
      life.becomeBusy();
      thaw(child);
      const result = await Promise.race([api.dispatch(invocation), life.ended, timeLimit(timeoutMs, life)]);
      if (result.kind === 'timeout') {
        life.end(result);
        signalGroup(child, 'SIGKILL');
      }
      return result;
    },
  };
}

/** Where an instance stands: loading, idle, busy or dead; whoever waits for a change is told. */
class InstanceLife {
  readonly ended: Promise<InvocationResult>;
  #settleEnd: (result: InvocationResult) => void = () => {};
  #idle = deferred();
  #dead = false;

  constructor() {
    this.ended = new Promise((resolve) => {
      this.#settleEnd = resolve;
    });
  }

  becomeIdle(): void {
    this.#idle.resolve();
  }

  becomeBusy(): void {
    this.#idle = deferred();
  }

  /** No further invocation can be taken; how it ended is told later. */
  die(): void {
    this.#dead = true;
  }

  /** The first end counts. */
  end(result: InvocationResult): void {
    this.#dead = true;
    this.#settleEnd(result);
  }

  async firstIdle(): Promise<InvocationResult | undefined> {
    const first = await Promise.race([this.#idle.promise, this.ended]);
    if (first === undefined) return undefined;
    return first.kind === 'crashed' ? { ...first, kind: 'init-error', message: `the process ${first.message} while loading` } : first;
  }

  isAlive(): boolean {
    return !this.#dead;
  }

  async nextIdle(): Promise<boolean> {
    await Promise.race([this.#idle.promise, this.ended]);
    return !this.#dead;
  }
}

function deferred(): { readonly promise: Promise<undefined>; readonly resolve: () => void } {
  let resolve: () => void = () => {};
  const promise = new Promise<undefined>((settle) => {
    resolve = () => settle(undefined);
  });
  return { promise, resolve };
}

function timeLimit(timeoutMs: number, life: InstanceLife): Promise<InvocationResult> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ kind: 'timeout', afterMs: timeoutMs }), timeoutMs);
    void life.nextIdle().then(() => clearTimeout(timer));
  });
}

/**
 * `--max-old-space-size` stands in for the memory limit. It is an approximation: Lambda limits the whole sandbox, this
 * limits only the JavaScript heap, so a function that fits here may still be too big there, never the other way.
 */
function spawnFunction(options: FunctionInstanceOptions, api: RuntimeApi): ChildProcess {
  try {
    return spawn(process.execPath, [`--max-old-space-size=${options.definition.memoryMb}`, options.bootstrap], {
      cwd: options.taskRoot,
      env: functionEnvironment({ ...options, runtimeApi: api.address }),
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own: what the function starts stands still and ends with it.
      detached: process.platform !== 'win32',
    });
  } catch (error) {
    api.close();
    throw error;
  }
}

const groupOf = (pid: number): number => (process.platform === 'win32' ? pid : -pid);

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(groupOf(child.pid), signal);
  } catch {
    // Nothing of it is left.
  }
}

/** Lambda freezes the sandbox between invocations: timers do not run. Windows has no such signal; there it runs on. */
function freeze(child: ChildProcess): void {
  if (process.platform !== 'win32') signalGroup(child, 'SIGSTOP');
}

function thaw(child: ChildProcess): void {
  if (process.platform !== 'win32') signalGroup(child, 'SIGCONT');
}
