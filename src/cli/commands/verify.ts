import { Command } from 'commander';
import { formatVerification } from '../../report/summary.ts';
import {
  type CommandContext,
  type CommonFlags,
  examplesText,
  printJson,
  toCommonRequest,
  toOutFolder,
  withCommonOptions,
} from '../command-context.ts';
import { exitCodeOfVerification } from '../exit-code.ts';
import { requireSliceNames } from '../root-folder.ts';

interface VerifyFlags extends CommonFlags {
  readonly root: string;
  readonly out?: string;
  readonly install?: boolean;
  readonly static?: boolean;
  readonly stateless?: boolean;
}

const examples = [
  ['banyan verify --static', 'compile, bundle and check, start nothing'],
  ['banyan verify catalogue --root ./shop', 'prove one slice'],
  ['banyan verify --no-stateless --json', 'one run less, the result as data'],
] as const;

export const verifyCommand = (context: CommandContext): Command =>
  withCommonOptions(new Command('verify'))
    .description('compile, bundle and synthesize the slices, then prove that they answer as the monolith does')
    .argument('[slices...]', 'names of extracted services; all of them when none is given')
    .option('--root <dir>', 'root of the monolith', '.')
    .option('--out <dir>', 'folder that extract wrote (default: banyan-out in the root)')
    .option('--install', "install each slice's own packages first (npm ci: downloads them and runs their install scripts)")
    .option('--static', 'only the checks that start nothing')
    .option('--no-stateless', 'leave out the run with two instances of each function in turn, which shows state kept in memory')
    .addHelpText(
      'after',
      '\nParity runs the test command of banyan.config.yaml (verify.start, verify.test) against the monolith and through the gateway.\n' +
        'Then once more with two instances of each function in turn: what a slice keeps in memory between requests fails the check "statelessness".\n' +
        examplesText(examples),
    )
    .action(async (slices: string[], flags: VerifyFlags) => {
      requireSliceNames(slices);
      const request = toCommonRequest(context, flags.root, flags);
      const { verification, diagnostics } = await context.commands.verify({
        ...request,
        slices,
        out: toOutFolder(context, request.root, flags.out),
        install: flags.install === true,
        staticOnly: flags.static === true,
        statelessness: flags.stateless === false ? 'assumed' : 'tested',
      });
      if (flags.json === true) printJson(context.io, { ...verification, diagnostics });
      else context.io.stdout.write(formatVerification(verification));
      context.exit(exitCodeOfVerification(verification));
    });
