import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** Why git did not tell the commits of a repository. */
export interface LogFailure {
  readonly failure: string;
}

/**
 * Asks git for the commits that touch files below a folder, while other work goes on. `undefined` outside a repository, and
 * in one without commits. Settings of the repository may name programs and servers: none is run or asked.
 */
export async function readCommits(root: string): Promise<CommitLog | LogFailure | undefined> {
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
  if (log.text === undefined) return isInRepository(root) && !isEmpty(log.failure) ? { failure: log.failure } : undefined;
  const commits = parseLog(log.text);
  return { commits, isPartial: commits.length >= MOST_COMMITS || shallow.text?.trim() === 'true' };
}

const isEmpty = (failure: string): boolean => failure.includes('does not have any commits yet');

/** Whether a folder, or one above it, has what git keeps. Git itself may be missing, or refuse to answer. */
function isInRepository(root: string): boolean {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return true;
    if (folder === dirname(folder)) return false;
  }
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

type Answer = { readonly text: string } | { readonly text?: undefined; readonly failure: string };

/** What git answers, or the first line of what it says when it fails. */
function git(root: string, question: readonly string[]): Promise<Answer> {
  return new Promise((resolve) => {
    const { words, environment } = askGit(question);
    const child = spawn('git', words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...environment, LC_ALL: 'C' } });
    const parts: Buffer[] = [];
    let complaint = '';
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      if (complaint.length < LONGEST_COMPLAINT) complaint += part;
    });
    child.on('error', () => resolve({ failure: 'git cannot be run' }));
    child.on('close', (code) =>
      resolve(code === 0 ? { text: Buffer.concat(parts).toString('utf8') } : { failure: firstLine(complaint) || `git ended with ${code}` }),
    );
  });
}

const LONGEST_COMPLAINT = 2000;

/** Git names the repository by its place on this machine, which says nothing of the code. */
const firstLine = (text: string): string => (text.split('\n', 1)[0] ?? '').replace(/ (?:at|in) '?(?:\/|[A-Z]:[\\/])[^']*'?/g, '').trim();
