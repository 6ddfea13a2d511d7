import { Command } from 'commander';
import { formatVerification } from '../../report/summary.ts';
import { type CommandContext, type CommonFlags, printJson, toCommonRequest, toOutFolder, withCommonOptions } from '../command-context.ts';
import { exitCodeOfVerification } from '../exit-code.ts';

interface VerifyFlags extends CommonFlags {
  readonly root: string;
  readonly out?: string;
  readonly install?: boolean;
  readonly static?: boolean;
}

export const verifyCommand = (context: CommandContext): Command =>
  withCommonOptions(new Command('verify'))
    .description('compile, bundle and synthesise the slices, then prove that they answer as the monolith does')
    .argument('[slices...]', 'names of extracted services; all of them when none is given')
    .option('--root <dir>', 'root of the monolith', '.')
    .option('--out <dir>', 'folder that extract wrote (default: banyan-out in the root)')
    .option('--install', "install each slice's own packages first (npm ci)")
    .option('--static', 'only the checks that start nothing')
    .addHelpText(
      'after',
      '\nParity runs the test command of banyan.config.yaml (verify.start, verify.test) against the monolith and through the gateway.\n' +
        '\nExamples:\n  banyan verify --static\n  banyan verify catalogue --root ./shop --json',
    )
    .action(async (slices: string[], flags: VerifyFlags) => {
      const request = toCommonRequest(context, flags.root, flags);
      const { verification, diagnostics } = await context.commands.verify({
        ...request,
        slices,
        out: toOutFolder(context, request.root, flags.out),
        install: flags.install === true,
        staticOnly: flags.static === true,
      });
      if (flags.json === true) printJson(context.io, { ...verification, diagnostics });
      else context.io.stdout.write(formatVerification(verification));
      context.exit(exitCodeOfVerification(verification));
    });
