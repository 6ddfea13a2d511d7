import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { InvariantError, UserError } from '../lib/errors.ts';
import type { Commands } from '../model/commands.ts';
import type { CommandContext } from './command-context.ts';
import { analyzeCommand } from './commands/analyze.ts';
import { extractCommand } from './commands/extract.ts';
import { planCommand } from './commands/plan.ts';
import { reportCommand } from './commands/report.ts';
import { serveCommand } from './commands/serve.ts';
import { verifyCommand } from './commands/verify.ts';
import { exitCodes } from './exit-code.ts';
import type { CliIo } from './io.ts';

/** Every command, in the order in which a migration uses them. */
const commandBuilders = [analyzeCommand, planCommand, extractCommand, verifyCommand, serveCommand, reportCommand];

const epilogue = `
Without a command, "banyan [dir]" analyzes. Every command takes the root of the monolith as --root <dir>;
analyze, plan and report take it as an argument, too.

Examples:
  banyan analyze --root ./shop            what is in the monolith
  banyan plan --root ./shop               propose services, write banyan.plan.yaml
  banyan extract catalogue --root ./shop  generate one slice into ./shop/banyan-out
  banyan verify catalogue --root ./shop   prove that it answers as the monolith did

Exit codes: 0 fine, 1 findings, 2 usage or configuration, 3 a bug in Banyan, 130 interrupted.`;

/** Parses the command line, runs one command and returns the exit code; never throws, never exits. */
export async function runCli(
  argv: readonly string[],
  version: string,
  io: CliIo,
  commands: Commands,
  signal: AbortSignal,
): Promise<number> {
  let code: number = exitCodes.fine;
  const context: CommandContext = {
    commands,
    io,
    signal,
    exit: (told) => {
      code = told;
    },
  };
  try {
    const program = createProgram(version, context);
    await program.parseAsync(withCommand(program, argv, io.cwd), { from: 'user' });
    return signal.aborted ? exitCodes.interrupted : code;
  } catch (error) {
    return explainFailure(error, io, signal);
  }
}

/** `banyan`, `banyan ./shop` and `banyan --json` analyze; what is neither a folder nor a flag is taken for a command. */
function withCommand(program: Command, argv: readonly string[], cwd: string): string[] {
  const [first] = argv;
  const isBare =
    first === undefined || (first.startsWith('-') ? !ownFlags.has(first) : !isCommand(program, first) && isFolder(resolve(cwd, first)));
  return isBare ? ['analyze', ...argv] : [...argv];
}

const ownFlags: ReadonlySet<string> = new Set(['-h', '--help', '-V', '--version']);

const isCommand = ({ commands }: Command, name: string): boolean => name === 'help' || commands.some((command) => command.name() === name);

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

function createProgram(version: string, context: CommandContext): Command {
  const program = new Command('banyan')
    .description('Moves a TypeScript monolith to serverless services, piece by piece, and proves that each slice answers as it did.')
    .version(version)
    .addHelpText('after', epilogue);
  for (const build of commandBuilders) program.addCommand(build(context));
  for (const command of [program, ...program.commands]) {
    const name = command === program ? 'banyan' : `banyan ${command.name()}`;
    command
      .exitOverride()
      .showHelpAfterError(`  Run "${name} --help" for what it understands.`)
      .configureOutput({
        writeOut: (text) => context.io.stdout.write(text),
        writeErr: (text) => context.io.stderr.write(text),
        outputError: (text, write) => write(text.replace(/^error: /, 'banyan: ')),
      });
  }
  return program;
}

function explainFailure(error: unknown, io: CliIo, signal: AbortSignal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
  if (signal.aborted) {
    io.stderr.write('Interrupted; everything that was started is stopped.\n');
    return exitCodes.interrupted;
  }
  if (error instanceof UserError) {
    io.stderr.write(`banyan: ${error.message}\n  ${error.nextStep}\n`);
    return exitCodes.usage;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const kind = error instanceof InvariantError ? 'a broken promise of its own' : 'an unexpected failure';
  io.stderr.write(`banyan: ${kind}; this is a bug in Banyan. Please report it with the lines below.\n${stack}\n`);
  return exitCodes.bug;
}
