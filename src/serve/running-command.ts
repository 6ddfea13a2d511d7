import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { endProcessGroup } from './process-group.ts';
import { startProcessReaper } from './process-reaper.ts';

/** A command of the user, running with everything it started in one process group. */
export interface RunningCommand {
  /** Settles when the command itself has ended; what it started may still run. */
  readonly exited: Promise<CommandExit>;
  /** The newest lines of its output, oldest first. */
  lastLines(): readonly string[];
  /** Ends the whole group: first politely, then by force. */
  stop(): Promise<void>;
}

export type CommandExit =
  | { readonly code: number }
  | { readonly signal: string }
  | { readonly notStarted: string }
  /** It ran longer than it may. */
  | { readonly overSeconds: number };

export interface CommandOptions {
  /** Given to the shell as it is. */
  readonly command: string;
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly onLine?: (line: string) => void;
  /** Milliseconds between the polite and the forced end; 5,000 unless given. */
  readonly graceMs?: number;
}

/** Starts a shell command in its own process group; it dies with this process, however that ends. */
export function startCommand(options: CommandOptions): RunningCommand {
  const child = spawn(options.command, {
    shell: true,
    cwd: options.directory,
    env: options.environment,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const reaper = startProcessReaper();
  if (child.pid !== undefined) reaper.watch(-child.pid);
  const lines = keepLastLines(child, options.onLine);
  let stopping: Promise<void> | undefined;
  return {
    exited: exitOf(child),
    lastLines: () => [...lines],
    stop: () => {
      stopping ??= endProcessGroup(child.pid, options.graceMs ?? DEFAULT_GRACE_MS).finally(() => {
        if (child.pid !== undefined) reaper.release(-child.pid);
        reaper.stop();
        // Something that left the group may hold the pipes open, and so this process.
        child.stdout?.destroy();
        child.stderr?.destroy();
      });
      return stopping;
    },
  };
}

/** Runs a command to its end, or until the signal or the time limit ends it and everything it started. */
export async function runCommand(
  options: CommandOptions & { readonly signal: AbortSignal; readonly limitSeconds?: number },
): Promise<{ readonly exit: CommandExit; readonly lastLines: readonly string[] }> {
  options.signal.throwIfAborted();
  const command = startCommand(options);
  const onAbort = (): void => void command.stop();
  options.signal.addEventListener('abort', onAbort, { once: true });
  const limit = startLimit(options.limitSeconds);
  try {
    const exit = await Promise.race([command.exited, limit.over]);
    return { exit, lastLines: command.lastLines() };
  } finally {
    limit.clear();
    options.signal.removeEventListener('abort', onAbort);
    await command.stop();
    options.signal.throwIfAborted();
  }
}

function startLimit(seconds: number | undefined): { readonly over: Promise<CommandExit>; clear(): void } {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<CommandExit>((resolve) => {
    if (seconds !== undefined) timer = setTimeout(() => resolve({ overSeconds: seconds }), seconds * 1_000);
  });
  return { over, clear: () => clearTimeout(timer) };
}

/** How a person is told about an exit: `exited with code 1`. */
export function describeExit(exit: CommandExit): string {
  if ('code' in exit) return `exited with code ${exit.code}`;
  if ('overSeconds' in exit) return `did not end within ${exit.overSeconds} s`;
  return 'signal' in exit ? `was ended by ${exit.signal}` : `could not be started: ${exit.notStarted}`;
}

const DEFAULT_GRACE_MS = 5_000;
const KEPT_LINES = 40;

function keepLastLines(child: ChildProcess, onLine: ((line: string) => void) | undefined): string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      onLine?.(line);
    });
  }
  return lines;
}

function exitOf(child: ChildProcess): Promise<CommandExit> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ notStarted: error.message }));
    child.once('exit', (code, signal) => {
      // The last lines of output arrive with `close`; a grandchild may hold the pipe open, so this waits only shortly.
      const answer: CommandExit = code === null ? { signal: signal ?? 'a signal' } : { code };
      const wait = setTimeout(() => resolve(answer), 200);
      child.once('close', () => {
        clearTimeout(wait);
        resolve(answer);
      });
    });
  });
}
