import { spawn } from 'node:child_process';

/** Ends the processes it watches when this process dies without being able to do it: a kill -9, a crash, an `exit`. */
export interface ProcessReaper {
  /** A process id, or a negative process group id. */
  watch(target: number): void;
  release(target: number): void;
  /** Ends the reaper; what it still watches is killed. */
  stop(): void;
}

/**
 * Starts a small shell that reads a pipe from this process. When the pipe closes, everything still on its list is
 * killed: a frozen function or a detached monolith would otherwise stay behind for ever. No effect on Windows.
 */
export function startProcessReaper(): ProcessReaper {
  if (process.platform === 'win32') return { watch() {}, release() {}, stop() {} };
  const shell = spawn('sh', ['-c', REAPER_SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  // A machine without `sh` loses this safety net and nothing else.
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  shell.unref();
  if ('unref' in shell.stdin && typeof shell.stdin.unref === 'function') shell.stdin.unref();
  const send = (line: string): void => {
    if (shell.stdin.writable) shell.stdin.write(`${line}\n`);
  };
  return {
    watch: (target) => send(`watch ${target}`),
    release: (target) => send(`release ${target}`),
    stop: () => shell.stdin.end(),
  };
}

const REAPER_SCRIPT = `
live=' '
while read -r verb target; do
  case $verb in
    watch) live="$live$target " ;;
    release) case $live in *" $target "*) live="\${live%% $target *} \${live#* $target }" ;; esac ;;
  esac
done
for target in $live; do kill -9 "$target" 2>/dev/null; done
`;
