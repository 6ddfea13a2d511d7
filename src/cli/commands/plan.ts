import { Command } from 'commander';
import { formatPlan } from '../../report/summary.ts';
import { type CommandContext, examplesText, type GatedFlags, printJson, toCommonRequest, withGate } from '../command-context.ts';
import { exitCodeOfFindings } from '../exit-code.ts';
import { nextAfterPlan } from '../next-step.ts';

interface PlanFlags extends GatedFlags {
  readonly dryRun?: boolean;
}

const examples = [
  ['banyan plan', 'the monolith in this folder'],
  ['banyan plan ./shop --dry-run', 'only show it, write nothing'],
  ['banyan plan ./shop --json > plan.json', 'plan and boundaries, for other tools'],
] as const;

export const planCommand = (context: CommandContext): Command =>
  withGate(new Command('plan'))
    .description('propose services and the strangler plan; write or update banyan.plan.yaml')
    .argument('[dir]', 'root of the monolith', '.')
    .option('--dry-run', 'show the plan, write nothing')
    .addHelpText(
      'after',
      `\nWhat banyan.plan.yaml says is kept and obeyed: edit it, then run the command again.\n${examplesText(examples)}`,
    )
    .action(async (directory: string, flags: PlanFlags) => {
      const result = await context.commands.plan({
        ...toCommonRequest(context, directory, flags),
        dryRun: flags.dryRun === true,
      });
      const { decomposition, plan, planFile, diagnostics } = result;
      if (flags.json === true) printJson(context.io, { plan, decomposition, planFile, diagnostics });
      else context.io.stdout.write(formatPlan(result) + nextAfterPlan(result, directory));
      context.exit(exitCodeOfFindings(diagnostics, flags.failOn));
    });
