import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../bin/banyan.js', import.meta.url));

export interface CommandLineResult {
  /** As a shell tells it: 128 and the number of the signal for a process that a signal ended. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandLineOptions {
  readonly cwd: string;
  /** Sends SIGINT once stderr holds this text. */
  readonly interruptAt?: string;
  /** Closes the reading end of stdout after this many bytes, as `head` does. */
  readonly closeStdoutAfter?: number;
}

/** Runs the built `banyan` in a process of its own. */
export function runBanyan(
  words: readonly string[],
  { cwd, interruptAt, closeStdoutAfter }: CommandLineOptions,
): Promise<CommandLineResult> {
  const child = spawn(process.execPath, [launcher, ...words], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const told = { stdout: '', stderr: '' };
  let interrupted = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told.stdout += text;
    if (closeStdoutAfter !== undefined && told.stdout.length >= closeStdoutAfter) child.stdout.destroy();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told.stderr += text;
    if (interrupted || interruptAt === undefined || !told.stderr.includes(interruptAt)) return;
    interrupted = true;
    child.kill('SIGINT');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ ...told, code: code ?? (signal === 'SIGINT' ? 130 : 128) }));
  });
}
