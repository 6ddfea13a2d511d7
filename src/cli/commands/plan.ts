import { Command } from 'commander';
import { formatPlan } from '../../report/summary.ts';
import { type CommandContext, examplesText, type GatedFlags, printJson, toCommonRequest, withGate } from '../command-context.ts';
import { exitCodeOfFindings } from '../exit-code.ts';
import { nextAfterPlan } from '../next-step.ts';
import { type RootFlag, rootFolder, withRoot } from '../root-folder.ts';

interface PlanFlags extends GatedFlags, RootFlag {
  readonly dryRun?: boolean;
}

const examples = [
  ['banyan plan', 'the monolith in this folder'],
  ['banyan plan --root ./shop --dry-run', 'only show it, write nothing'],
  ['banyan plan --root ./shop --json > plan.json', 'plan and boundaries, for other tools'],
] as const;

export const planCommand = (context: CommandContext): Command =>
  withRoot(withGate(new Command('plan')))
    .description('propose services and the strangler plan; write or update banyan.plan.yaml')
    .option('--dry-run', 'show the plan, write nothing')
    .addHelpText(
      'after',
      `\nWhat banyan.plan.yaml says is kept and obeyed: edit it, then run the command again.\n${examplesText(examples)}`,
    )
    .action(async (argument: string | undefined, flags: PlanFlags) => {
      const directory = rootFolder(context.io.cwd, argument, flags.root);
      const result = await context.commands.plan({
        ...toCommonRequest(context, directory, flags),
        dryRun: flags.dryRun === true,
      });
      const { decomposition, plan, planFile, diagnostics } = result;
      if (flags.json === true) printJson(context.io, { plan, decomposition, planFile, diagnostics });
      else context.io.stdout.write(formatPlan(result) + nextAfterPlan(result, directory));
      context.exit(exitCodeOfFindings(diagnostics, flags.failOn));
    });
