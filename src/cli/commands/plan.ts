import { Command } from 'commander';
import { formatPlan } from '../../report/summary.ts';
import { type CommandContext, type CommonFlags, printJson, toCommonRequest, withCommonOptions } from '../command-context.ts';
import { exitCodeOfFindings } from '../exit-code.ts';

interface PlanFlags extends CommonFlags {
  readonly dryRun?: boolean;
}

export const planCommand = (context: CommandContext): Command =>
  withCommonOptions(new Command('plan'))
    .description('propose services and the strangler plan; write or update banyan.plan.yaml')
    .argument('[dir]', 'root of the monolith', '.')
    .option('--dry-run', 'show the plan, write nothing')
    .addHelpText('after', '\nExamples:\n  banyan plan\n  banyan plan ./shop --json\n  banyan plan --dry-run')
    .action(async (directory: string, flags: PlanFlags) => {
      const result = await context.commands.plan({
        ...toCommonRequest(context, directory, flags),
        dryRun: flags.dryRun === true,
      });
      const { decomposition, plan, planFile, diagnostics } = result;
      if (flags.json === true) printJson(context.io, { plan, decomposition, planFile, diagnostics });
      else context.io.stdout.write(formatPlan(result));
      context.exit(exitCodeOfFindings(diagnostics, flags.failOn));
    });
