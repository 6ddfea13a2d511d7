import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Ends a process group politely and, after the grace, by force; returns when nothing of it runs any more. */
export async function endProcessGroup(pid: number | undefined, graceMs: number): Promise<void> {
  if (pid === undefined || !signalGroup(pid, 'SIGTERM')) return;
  const deadline = performance.now() + graceMs;
  while (performance.now() < deadline) {
    if (!signalGroup(pid, 0) || !groupRuns(pid)) return;
    await delay(20);
  }
  signalGroup(pid, 'SIGKILL');
}

/**
 * Ended processes that nobody reaps (a container without init) still count as the group for signals. Linux tells
 * them apart in `/proc`; elsewhere every group that takes signals counts as running.
 */
function groupRuns(group: number): boolean {
  if (process.platform !== 'linux') return true;
  return readdirSync('/proc').some((entry) => {
    // `pid (name) state parent group …`; the name may contain anything.
    const [state, , processGroup] = /^\d+$/.test(entry)
      ? readStat(entry)
          .replace(/^.*\) /s, '')
          .split(' ')
      : [];
    if (processGroup !== String(group) || state === 'X') return false;
    // The first thread may have ended before the others have.
    return state !== 'Z' || threadCount(entry) > 1;
  });
}

function threadCount(pid: string): number {
  try {
    return readdirSync(`/proc/${pid}/task`).length;
  } catch {
    return 0;
  }
}

function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}

/** False when no process of the group is left. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    return false;
  }
}
