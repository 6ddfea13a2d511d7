import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

/** What a process prints, line by line. */
export interface ProcessOutput {
  /** The newest lines, oldest first. */
  last(): readonly string[];
  /** After the process has ended: resolves when its last lines are read, and closes the pipes. */
  drained(): Promise<void>;
}

/** Reads both streams of a process; the pipes are given up when it has ended, even if something it started holds them. */
export function readOutput(child: ChildProcess, onLine: (line: string) => void): ProcessOutput {
  const lines: string[] = [];
  const streams = [child.stdout, child.stderr].flatMap((stream) => (stream === null ? [] : [stream]));
  const closed = streams.map((input) => {
    const reader = createInterface({ input });
    reader.on('line', (line) => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      onLine(line);
    });
    return new Promise<void>((resolve) => reader.once('close', () => resolve()));
  });
  return {
    last: () => [...lines],
    drained: async () => {
      await Promise.race([Promise.all(closed), delay(DRAIN_MS, undefined, { ref: false })]);
      for (const stream of streams) stream.destroy();
    },
  };
}

const KEPT_LINES = 20;
const DRAIN_MS = 200;
