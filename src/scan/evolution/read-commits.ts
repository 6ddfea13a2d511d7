import { spawn } from 'node:child_process';
import { askGit } from '../ask-git.ts';

/** One commit as far as it touches files below the root. */
export interface Commit {
  readonly author: string;
  /** `2026-11-25`. */
  readonly day: string;
  /** Paths relative to the root. */
  readonly files: readonly string[];
}

export interface CommitLog {
  /** Newest first. */
  readonly commits: readonly Commit[];
  readonly isPartial: boolean;
}

/** Beyond this number of commits a history says little of the code of today. */
export const MOST_COMMITS = 20_000;

/**
 * Asks git for the commits that touch files below a folder, while other work goes on. `undefined` without git or outside a
 * repository. Settings of the repository may name programs and servers: none is run or asked.
 */
export async function readCommits(root: string): Promise<CommitLog | undefined> {
  const [log, shallow] = await Promise.all([
    git(root, [
      'log',
      '--no-merges',
      '--no-renames',
      '--no-ext-diff',
      '--no-textconv',
      '--no-show-signature',
      '--relative',
      `--max-count=${MOST_COMMITS}`,
      '--name-only',
      '-z',
      `--format=${START}%aN%x00%cs`,
      '--',
      '.',
    ]),
    git(root, ['rev-parse', '--is-shallow-repository']),
  ]);
  if (log === undefined) return undefined;
  const commits = parseLog(log);
  return { commits, isPartial: commits.length >= MOST_COMMITS || shallow?.trim() === 'true' };
}

/** A byte that no path or name begins with. */
const START = '%x01';

/** `\x01author\0day\0\nfile\0file\0\0`: git ends the header with `\0`, and each path. */
export function parseLog(log: string): readonly Commit[] {
  return log.split('\x01').flatMap((record): readonly Commit[] => {
    const [author, day, ...files] = record.split('\0');
    if (author === undefined || day === undefined) return [];
    return [{ author, day, files: files.map((file) => file.replace(/^\n/, '')).filter((file) => file !== '') }];
  });
}

/** What git answers; `undefined` when it fails. */
function git(root: string, question: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const { words, environment } = askGit(question);
    const child = spawn('git', words, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'], env: environment });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('error', () => resolve(undefined));
    child.on('close', (code) => resolve(code === 0 ? Buffer.concat(parts).toString('utf8') : undefined));
  });
}
