/** How git is asked, so that it runs no program and asks no server that the settings of a repository name. */
export interface GitQuestion {
  readonly words: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

export const askGit = (question: readonly string[]): GitQuestion => ({
  words: [...QUIET, ...question],
  environment: { ...process.env, ...CLOSED },
});

const QUIET = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'log.showSignature=false'];

const CLOSED = {
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  // Objects that are missing stay missing: fetching them may run what the address of the server names.
  GIT_NO_LAZY_FETCH: '1',
  // Older versions fetch all the same. Unlike `protocol.allow`, this list is stronger than `protocol.ext.allow` of the repository.
  GIT_ALLOW_PROTOCOL: 'none',
};
