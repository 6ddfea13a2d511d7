/** The streams and surroundings a command talks to; passed in, so that tests need no process. */
export interface CliIo {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean | undefined };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** The streams of a process. A reader that goes away (`banyan … | head`) ends nothing: what it left is not written. */
export function createIo({ stdout, stderr, env, cwd }: Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env' | 'cwd'>): CliIo {
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return { stdout, stderr, env, cwd: cwd() };
}
