import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Runs a Node program to its end and collects every line it prints; killed when the signal is aborted, which throws. */
export function runProgram(
  parameters: readonly string[],
  options: { readonly directory: string; readonly environment?: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Promise<{ readonly code: number; readonly output: readonly string[] }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, parameters, {
      cwd: options.directory,
      ...(options.environment === undefined ? {} : { env: options.environment }),
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: options.signal,
      killSignal: 'SIGKILL',
    });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', (line) => output.push(line));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
