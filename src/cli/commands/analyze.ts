import { Command } from 'commander';
import { formatAnalysis } from '../../report/summary.ts';
import { type CommandContext, type CommonFlags, printJson, toCommonRequest, withCommonOptions } from '../command-context.ts';
import { exitCodeOfFindings } from '../exit-code.ts';

export const analyzeCommand = (context: CommandContext): Command =>
  withCommonOptions(new Command('analyze'))
    .description('what is in the monolith: routes, tables, transactions, hidden state, dependencies')
    .argument('[dir]', 'root of the monolith', '.')
    .addHelpText('after', '\nExamples:\n  banyan analyze\n  banyan analyze ./shop --json > shop.json\n  banyan analyze --fail-on warning')
    .action(async (directory: string, flags: CommonFlags) => {
      const result = await context.commands.analyze(toCommonRequest(context, directory, flags));
      if (flags.json === true) printJson(context.io, { ...result.monolith, diagnostics: result.diagnostics });
      else context.io.stdout.write(formatAnalysis(result));
      context.exit(exitCodeOfFindings(result.diagnostics, flags.failOn));
    });
