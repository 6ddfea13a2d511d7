import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { GatewayFunction } from '../../model/gateway-table.ts';
import { type ProcessReaper, startProcessReaper } from '../process-reaper.ts';
import { maskValues, secretValues } from '../secret-values.ts';
import { BOOTSTRAP_SOURCE } from './bootstrap-source.ts';
import { type FunctionInstance, startFunctionInstance } from './function-instance.ts';
import { failureOf, type InvocationResult, PAYLOAD_LIMIT_BYTES } from './invocation-result.ts';

/** The functions of the slices, ready to be invoked; instances start when they are needed. */
export interface FunctionPool {
  /** Runs a function on an event; the timeout is the function's own, or `limitMs` when that is shorter. */
  invoke(name: string, event: object, limits: InvocationLimits): Promise<InvocationResult>;
  /** Kills every instance; resolves when all are gone. */
  stop(): Promise<void>;
}

export interface InvocationLimits {
  readonly limitMs: number;
  readonly traceId: string;
}

export interface FunctionPoolOptions {
  readonly functions: readonly GatewayFunction[];
  /** Folder of each function's bundle, by function name. */
  readonly taskRoots: ReadonlyMap<string, string>;
  /** Folder for the bootstrap program. */
  readonly folder: string;
  /** Where declared variables take their values from. */
  readonly values: NodeJS.ProcessEnv;
  /** With proof on, functions name the handler that answered. */
  readonly proof: 'on' | 'off';
  /**
   * `reuse` takes the instance used last, as Lambda mostly does; `rotate` keeps two and takes them in turn, as Lambda
   * may do at any time, so that state kept in memory between requests is noticed.
   */
  readonly instances: 'reuse' | 'rotate';
  /** Instances of one function at the same time; more requests wait. 4 unless given. */
  readonly maxInstances?: number;
  /** How long a bundle may load; 30 s unless given (Lambda: 10 s, but this machine is shared). */
  readonly initTimeoutMs?: number;
  readonly onLine: (functionName: string, line: string) => void;
}

export async function createFunctionPool(options: FunctionPoolOptions): Promise<FunctionPool> {
  const bootstrap = join(options.folder, 'bootstrap.mjs');
  await writeFile(bootstrap, BOOTSTRAP_SOURCE);
  const reaper = startProcessReaper();
  const queues = new Map(
    options.functions.map((definition) => [definition.name, new InstanceQueue(definition, { ...options, bootstrap, reaper })]),
  );
  return {
    invoke: async (name, event, limits) => {
      const queue = queues.get(name);
      if (queue === undefined) return { kind: 'init-error', message: `no function "${name}" is in the gateway table` };
      const payload = JSON.stringify(event);
      const bytes = Buffer.byteLength(payload);
      if (bytes > PAYLOAD_LIMIT_BYTES) return { kind: 'request-too-large', bytes };
      return queue.invoke(payload, limits);
    },
    stop: async () => {
      await Promise.all(Array.from(queues.values(), (queue) => queue.stop()));
      reaper.stop();
    },
  };
}

interface QueueOptions extends FunctionPoolOptions {
  readonly bootstrap: string;
  readonly reaper: ProcessReaper;
}

/** The instances of one function: idle ones are used again, new ones start up to the limit, further requests wait. */
class InstanceQueue {
  readonly #definition: GatewayFunction;
  readonly #options: QueueOptions;
  readonly #all = new Set<FunctionInstance>();
  readonly #idle: FunctionInstance[] = [];
  readonly #told = new Set<string>();
  readonly #secrets: readonly string[];
  readonly #taskRoot: string;
  readonly #waiting: ((instance: FunctionInstance | undefined) => void)[] = [];
  #starting = 0;
  #started = 0;
  #stopped = false;

  constructor(definition: GatewayFunction, options: QueueOptions) {
    this.#definition = definition;
    this.#options = options;
    this.#taskRoot = options.taskRoots.get(definition.name) ?? options.folder;
    this.#secrets = secretValues(definition.environment, options.values);
  }

  async invoke(payload: string, limits: InvocationLimits): Promise<InvocationResult> {
    const acquired = await this.#acquire();
    if ('failure' in acquired) return this.#tell(acquired.failure);
    const timeoutMs = Math.min(this.#definition.timeoutSeconds * 1_000, limits.limitMs);
    const invocation = { requestId: randomUUID(), traceId: limits.traceId, payload, deadlineMs: Date.now() + timeoutMs };
    const result = this.#tell(await acquired.instance.invoke(invocation, timeoutMs));
    const released = acquired.instance.nextIdle().then((usable) => this.#release(acquired.instance, usable));
    // A client that asks one request after another shall find this instance again, not start a second one.
    await Promise.race([released, delay(SETTLE_MS, undefined, { ref: false })]);
    return result;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const wake of this.#waiting.splice(0)) wake(undefined);
    await Promise.all(Array.from(this.#all, (instance) => instance.kill()));
  }

  async #acquire(): Promise<{ readonly instance: FunctionInstance } | { readonly failure: InvocationResult }> {
    if (this.#stopped) return { failure: { kind: 'stopped' } };
    const isComplete = this.#options.instances === 'reuse' || this.#all.size + this.#starting >= ROTATING_INSTANCES;
    const idle = isComplete ? this.#takeIdle() : undefined;
    if (idle !== undefined) return { instance: idle };
    if (this.#all.size + this.#starting < (this.#options.maxInstances ?? DEFAULT_MAX_INSTANCES)) return this.#start();
    const next = await new Promise<FunctionInstance | undefined>((resolve) => this.#waiting.push(resolve));
    return next === undefined ? this.#acquire() : { instance: next };
  }

  /** One that died while idle is forgotten. */
  #takeIdle(): FunctionInstance | undefined {
    while (this.#idle.length > 0) {
      const idle = this.#options.instances === 'reuse' ? this.#idle.pop() : this.#idle.shift();
      if (idle?.isAlive()) return idle;
      if (idle !== undefined) this.#all.delete(idle);
    }
    return undefined;
  }

  async #start(): Promise<{ readonly instance: FunctionInstance } | { readonly failure: InvocationResult }> {
    this.#starting += 1;
    const started = await this.#startInstance().finally(() => {
      this.#starting -= 1;
    });
    if ('failure' in started) {
      this.#waiting.shift()?.(undefined);
      return started;
    }
    const { instance } = started;
    this.#all.add(instance);
    if (this.#stopped) void instance.kill();
    const failure = await instance.initialised;
    if (failure === undefined) return { instance };
    this.#release(instance, false);
    return { failure };
  }

  async #startInstance(): Promise<{ readonly instance: FunctionInstance } | { readonly failure: InvocationResult }> {
    try {
      const instance = await startFunctionInstance({
        ...this.#options,
        definition: this.#definition,
        taskRoot: this.#taskRoot,
        instance: ++this.#started,
        initTimeoutMs: this.#options.initTimeoutMs ?? DEFAULT_INIT_TIMEOUT_MS,
        onLine: (line) => this.#options.onLine(this.#definition.name, line),
      });
      return { instance };
    } catch (error) {
      return { failure: { kind: 'init-error', message: error instanceof Error ? error.message : String(error) } };
    }
  }

  /** A failure stands among the function's own lines, the same one once: Lambda, too, logs what a function does not. */
  #tell(told: InvocationResult): InvocationResult {
    const result = withTexts(told, (text) => this.#tidy(text));
    const failure = failureOf(result);
    if (failure === undefined || this.#told.has(failure.reason)) return result;
    this.#told.add(failure.reason);
    this.#options.onLine(this.#definition.name, failure.reason);
    return result;
  }

  /** Without secrets, the temporary folder, and the frames of Node and of the bootstrap program. */
  #tidy(text: string): string {
    return maskValues(text, this.#secrets)
      .replaceAll(`${this.#taskRoot}/`, '')
      .replace(/\n? +at [^\n]*(?:node:internal\/|bootstrap\.mjs:)[^\n]*/g, '');
  }

  #release(instance: FunctionInstance, usable: boolean): void {
    const wake = this.#waiting.shift();
    if (usable) {
      if (wake === undefined) this.#idle.push(instance);
      else wake(instance);
      return;
    }
    this.#all.delete(instance);
    wake?.(undefined);
  }
}

function withTexts(result: InvocationResult, change: (text: string) => string): InvocationResult {
  switch (result.kind) {
    case 'handler-error':
      return { ...result, message: change(result.message) };
    case 'init-error':
    case 'crashed':
      return { ...result, message: change(result.message), output: (result.output ?? []).map(change).filter((line) => line !== '') };
    case 'success':
    case 'timeout':
    case 'request-too-large':
    case 'response-too-large':
    case 'stopped':
      return result;
  }
}

const DEFAULT_MAX_INSTANCES = 4;
const ROTATING_INSTANCES = 2;
const DEFAULT_INIT_TIMEOUT_MS = 30_000;
const SETTLE_MS = 100;
