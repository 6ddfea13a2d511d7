import { maskCredentials } from '../../lib/mask-credentials.ts';

/** Why npm did not install, in its own words, and what to do about it. */
export interface NpmFailure {
  readonly cause: string;
  readonly nextStep: string;
  /** Npm's error lines without its usage and the place of its log; what it printed last where it named no error. */
  readonly lines: readonly string[];
}

/** Reads all that npm printed, oldest first. Passwords and tokens in it are masked. */
export function explainNpmFailure(output: readonly string[]): NpmFailure {
  const printed = output.map(maskSecrets);
  const errors = printed.flatMap((line) => /^npm (?:ERR!|error)(?: (?<text>.*))?$/.exec(line)?.groups?.text ?? []);
  const lines = withoutUsage(errors).filter((line) => line.trim() !== '' && !/^A complete log of this run/.test(line));
  const code = lines.map((line) => /^code (?<code>\S+)/.exec(line)?.groups?.code).find((found) => found !== undefined);
  const said = lines.filter((line) => !DETAIL.test(line));
  const cause = (code === 'EUSAGE' ? said.find((line) => /^(?:Missing|Invalid):/.test(line)) : undefined) ?? said[0] ?? printed.at(-1);
  return {
    cause: [code, cause?.trim()].filter((part) => part !== undefined).join(' '),
    nextStep: NEXT_STEPS.find(([codes]) => codes.test(code ?? ''))?.[1] ?? OTHERWISE,
    lines: lines.length > 0 ? lines : printed.slice(-LAST_LINES),
  };
}

/** Lines that carry a part of the error by name, not its message. */
const DETAIL = /^(?:code|errno|syscall|path|command|signal|dest|file) |^404\s*$/;
const LAST_LINES = 15;

const OTHERWISE = 'run the same command in the folder of the slice to see all of its output';

const NEXT_STEPS: readonly (readonly [codes: RegExp, nextStep: string])[] = [
  [
    /^EUSAGE$/,
    'the lock file does not fit package.json: run `banyan extract` again, or `npm install` in the folder of the slice if you changed it',
  ],
  [
    /^(?:E404|ETARGET)$/,
    'the registry does not have it: check the version in package.json, and that the .npmrc of the monolith holds for the slice, too',
  ],
  [
    /^(?:E401|E403|ENEEDAUTH)$/,
    'the registry lets nobody in without a key: log in, or give your environment the .npmrc that installs the monolith',
  ],
  [
    /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT)$/,
    'the registry cannot be reached: check the network, the proxy and `npm config get registry`',
  ],
  [
    /^EINTEGRITY$/,
    'the registry gives other contents than the lock file of the monolith names: install the monolith afresh, then run `banyan extract` again',
  ],
  [
    /^ERESOLVE$/,
    'packages ask for versions that exclude each other: install as the monolith is installed, perhaps with `legacy-peer-deps=true` in .npmrc',
  ],
  [/^(?:ENOSPC|EACCES|EPERM|EROFS)$/, 'npm cannot write: check the space and the rights of the folder and of the npm cache'],
  [/^(?:ELIFECYCLE|\d+)$/, 'the install script of a package failed: see its lines, and what it needs on this machine'],
];

/** What npm prints after `Clean install a project` explains its options, not the error. */
function withoutUsage(lines: readonly string[]): readonly string[] {
  const at = lines.findIndex((line) => /^(?:Clean install a project|Install a package|Usage:)$/.test(line));
  return at < 0 ? lines : lines.slice(0, at);
}

const maskSecrets = (text: string): string =>
  maskCredentials(text)
    .replace(/(_(?:authToken|auth|password)\s*=\s*)\S+/gi, '$1***')
    .replace(/\bnpm_[A-Za-z0-9]{20,}\b|\b(?<=Bearer )\S+/g, '***');
