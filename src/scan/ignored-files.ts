import { execFileSync } from 'node:child_process';
import { once } from '../lib/remember.ts';
import type { ModuleId } from '../model/ids.ts';
import { askGit } from './ask-git.ts';

/**
 * Tells which files of the root git ignores: what the monolith wrote while it ran (uploads, caches) and builds. Asks git
 * once, when the first question comes; without git, or outside a repository, nothing is ignored.
 */
export function createIgnoredFiles(root: string): (path: ModuleId) => boolean {
  const ignored = once(() => listIgnored(root));
  return (path) => ignored().some((one) => (one.endsWith('/') ? path.startsWith(one) : path === one));
}

/** Paths relative to the root, whole folders with a slash at their end. A repository's own settings may name programs: none is run. */
function listIgnored(root: string): readonly string[] {
  const { words, environment } = askGit(['ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z']);
  try {
    const output = execFileSync('git', words, {
      cwd: root,
      env: environment,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 1 << 28,
    });
    return output.split('\0').filter((path) => path !== '');
  } catch {
    return [];
  }
}
