import { Command, Option } from 'commander';
import { formatExtraction } from '../../report/summary.ts';
import { type CommandContext, type CommonFlags, printJson, toCommonRequest, toOutFolder, withCommonOptions } from '../command-context.ts';
import { exitCodeOfFindings } from '../exit-code.ts';

interface ExtractFlags extends CommonFlags {
  readonly root: string;
  readonly out?: string;
  readonly target: 'cdk';
  readonly granularity: 'service' | 'route';
  readonly dryRun?: boolean;
}

export const extractCommand = (context: CommandContext): Command =>
  withCommonOptions(new Command('extract'))
    .description('generate slices: moved code, functions, gateway routes, infrastructure')
    .argument('[slices...]', 'names of services in the plan; all that can move when none is given')
    .option('--root <dir>', 'root of the monolith', '.')
    .option('--out <dir>', 'output folder (default: banyan-out in the root)')
    .addOption(new Option('--target <target>', 'infrastructure as code to generate').choices(['cdk']).default('cdk'))
    .addOption(new Option('--granularity <size>', 'one function per service or per route').choices(['service', 'route']).default('service'))
    .option('--dry-run', 'show the difference, write nothing')
    .addHelpText(
      'after',
      '\nExamples:\n  banyan extract\n  banyan extract catalogue checkout --root ./shop\n  banyan extract catalogue --dry-run',
    )
    .action(async (slices: string[], flags: ExtractFlags) => {
      const request = toCommonRequest(context, flags.root, flags);
      const result = await context.commands.extract({
        ...request,
        slices,
        out: toOutFolder(context, request.root, flags.out),
        target: flags.target,
        granularity: flags.granularity,
        dryRun: flags.dryRun === true,
      });
      const { files, diff, plan, diagnostics } = result;
      if (flags.json === true) printJson(context.io, { slices: plan.services.map((service) => service.id), files, diagnostics });
      else if (diff !== undefined) context.io.stdout.write(diff);
      else context.io.stdout.write(formatExtraction(result));
      context.exit(exitCodeOfFindings(diagnostics, flags.failOn));
    });
