import { Command, Option } from 'commander';
import { formatExtraction } from '../../report/summary.ts';
import {
  type CommandContext,
  examplesText,
  type GatedFlags,
  printJson,
  toCommonRequest,
  toOutFolder,
  withGate,
} from '../command-context.ts';
import { exitCodeOfFindings } from '../exit-code.ts';
import { folderFromHere, nextAfterExtraction } from '../next-step.ts';
import { requireSliceNames } from '../root-folder.ts';

interface ExtractFlags extends GatedFlags {
  readonly root: string;
  readonly out?: string;
  readonly target: 'cdk';
  readonly granularity: 'service' | 'route';
  readonly dryRun?: boolean;
}

const examples = [
  ['banyan extract', 'every service that can move'],
  ['banyan extract catalogue checkout --root ./shop', 'two of them, of another folder'],
  ['banyan extract catalogue --dry-run > change.diff', 'only show what would change'],
  ['banyan extract --granularity route', 'one function per route'],
] as const;

export const extractCommand = (context: CommandContext): Command =>
  withGate(new Command('extract'))
    .description('generate slices: moved code, functions, gateway routes, infrastructure')
    .argument('[slices...]', 'names of services in the plan; all that can move when none is given')
    .option('--root <dir>', 'root of the monolith', '.')
    .option('--out <dir>', 'output folder (default: banyan-out in the root)')
    .addOption(new Option('--target <target>', 'infrastructure as code to generate').choices(['cdk']).default('cdk'))
    .addOption(new Option('--granularity <size>', 'one function per service or per route').choices(['service', 'route']).default('service'))
    .option('--dry-run', 'print what would change as a diff, write nothing')
    .addHelpText(
      'after',
      '\nSlices that were extracted before stay extracted. Files that a person edited are kept; the new version goes beside them.\n' +
        examplesText(examples),
    )
    .action(async (slices: string[], flags: ExtractFlags) => {
      requireSliceNames(slices);
      const request = toCommonRequest(context, flags.root, flags);
      const out = toOutFolder(context, request.root, flags.out);
      const result = await context.commands.extract({
        ...request,
        slices,
        out,
        target: flags.target,
        granularity: flags.granularity,
        dryRun: flags.dryRun === true,
      });
      const { slices: generated, files, diff, planFile, diagnostics } = result;
      const { io } = context;
      const summary = formatExtraction(result, folderFromHere(io.cwd, out));
      if (flags.json === true) printJson(io, { slices: generated, files, diff, planFile, diagnostics });
      else if (diff === undefined) io.stdout.write(summary + nextAfterExtraction(result, flags.root, flags.out));
      else {
        // The diff alone is data; what a person wants to know beside it is talk.
        io.stdout.write(diff);
        if (flags.quiet !== true) io.stderr.write(`\n${summary}\nNothing was written: this was a dry run.\n`);
      }
      context.exit(exitCodeOfFindings(diagnostics, flags.failOn));
    });
