import { Command } from 'commander';
import { formatAnalysis } from '../../report/summary.ts';
import { type CommandContext, examplesText, type GatedFlags, printJson, toCommonRequest, withGate } from '../command-context.ts';
import { exitCodeOfFindings } from '../exit-code.ts';
import { nextAfterAnalysis } from '../next-step.ts';

const examples = [
  ['banyan analyze', 'the monolith in this folder'],
  ['banyan analyze ./shop --json > shop.json', 'the whole model, for other tools'],
  ['banyan analyze ./shop --fail-on warning', 'exit 1 on warnings too, for CI'],
] as const;

export const analyzeCommand = (context: CommandContext): Command =>
  withGate(new Command('analyze'))
    .description('what is in the monolith: routes, tables, transactions, hidden state, dependencies')
    .argument('[dir]', 'root of the monolith', '.')
    .addHelpText('after', examplesText(examples))
    .action(async (directory: string, flags: GatedFlags) => {
      const result = await context.commands.analyze(toCommonRequest(context, directory, flags));
      if (flags.json === true) printJson(context.io, { ...result.monolith, diagnostics: result.diagnostics });
      else context.io.stdout.write(formatAnalysis(result) + nextAfterAnalysis(directory));
      context.exit(exitCodeOfFindings(result.diagnostics, flags.failOn));
    });
