import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { jsonPieces } from '../lib/json-pieces.ts';
import type { CacheUse, Commands } from '../model/commands.ts';
import type { EventPort } from '../model/events.ts';
import type { Gate } from './exit-code.ts';
import type { CliIo } from './io.ts';
import { createProgress } from './progress.ts';

/** What a command is given to do its work and to say how it ended. */
export interface CommandContext {
  readonly commands: Commands;
  readonly io: CliIo;
  readonly signal: AbortSignal;
  /** Tells the exit code; the last one told counts. */
  readonly exit: (code: number) => void;
}

/** Options every command understands, as commander parses them. */
export interface CommonFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** False with `--no-cache`. */
  readonly cache?: boolean;
  readonly cacheDir?: string;
}

/** Options of a command that ends with the findings. */
export interface GatedFlags extends CommonFlags {
  readonly failOn: Gate;
}

/** What every stage needs from the command line. */
export interface CommonRequest {
  readonly root: string;
  readonly cache?: CacheUse;
  readonly events: EventPort;
  readonly signal: AbortSignal;
}

export const withCommonOptions = (command: Command): Command =>
  command
    .option('--json', 'print the result as JSON on stdout, and nothing else there')
    .option('--quiet', 'no progress on stderr')
    .option(
      '--cache-dir <dir>',
      'where to keep what was read of unchanged files (default: node_modules/.cache/banyan, where packages are installed)',
    )
    .option('--no-cache', 'read every file anew, and keep nothing');

export const withGate = (command: Command): Command =>
  withCommonOptions(command).addOption(
    new Option('--fail-on <severity>', 'exit 1 on findings of this severity or above')
      .choices(['error', 'warning', 'note', 'never'])
      .default('error'),
  );

export const toCommonRequest = (context: CommandContext, directory: string, flags: CommonFlags): CommonRequest => ({
  root: resolve(context.io.cwd, directory),
  ...toCache(context, flags),
  events: createProgress(context.io, flags.quiet === true),
  signal: context.signal,
});

function toCache(context: CommandContext, { cache, cacheDir }: CommonFlags): Pick<CommonRequest, 'cache'> {
  if (cache === false) return {};
  const { cwd, env } = context.io;
  // What checks the files out for each run gives them new times, or those of another machine.
  const trusts = env.CI === undefined || env.CI === '' || env.CI === 'false' ? 'stamps' : 'content';
  return { cache: { trusts, ...(cacheDir === undefined ? {} : { folder: resolve(cwd, cacheDir) }) } };
}

/** The output folder: as given, else `banyan-out` inside the analysed root, where the monolith's packages resolve. */
export const toOutFolder = (context: CommandContext, root: string, out: string | undefined): string =>
  out === undefined ? resolve(root, 'banyan-out') : resolve(context.io.cwd, out);

/** The examples at the end of a command's help: each a command line and what it is for. */
export function examplesText(examples: readonly (readonly [string, string])[]): string {
  const width = Math.max(...examples.map(([line]) => line.length));
  return ['\nExamples:', ...examples.map(([line, purpose]) => `  ${line.padEnd(width)}  ${purpose}`)].join('\n');
}

const WRITTEN_AT_ONCE = 1 << 20;

export const printJson = (io: CliIo, value: unknown): void => {
  let text = '';
  for (const piece of jsonPieces(value)) {
    text += piece;
    if (text.length < WRITTEN_AT_ONCE) continue;
    io.stdout.write(text);
    text = '';
  }
  io.stdout.write(`${text}\n`);
};
