import { Command } from 'commander';
import { formatAnalysis } from '../../report/summary.ts';
import { type CommandContext, examplesText, type GatedFlags, printJson, toCommonRequest, withGate } from '../command-context.ts';
import { exitCodeOfFindings } from '../exit-code.ts';
import { nextAfterAnalysis } from '../next-step.ts';
import { type RootFlag, rootFolder, withRoot } from '../root-folder.ts';

const examples = [
  ['banyan analyze', 'the monolith in this folder'],
  ['banyan analyze --root ./shop --json > shop.json', 'the whole model, for other tools'],
  ['banyan analyze --root ./shop --fail-on warning', 'exit 1 on warnings too, for CI'],
] as const;

export const analyzeCommand = (context: CommandContext): Command =>
  withRoot(withGate(new Command('analyze')))
    .description('what is in the monolith: routes, tables, transactions, hidden state, dependencies')
    .addHelpText('after', examplesText(examples))
    .action(async (argument: string | undefined, flags: GatedFlags & RootFlag) => {
      const directory = rootFolder(context.io.cwd, argument, flags.root);
      const result = await context.commands.analyze(toCommonRequest(context, directory, flags));
      if (flags.json === true) printJson(context.io, { ...result.monolith, diagnostics: result.diagnostics });
      else context.io.stdout.write(formatAnalysis(result) + nextAfterAnalysis(directory));
      context.exit(exitCodeOfFindings(result.diagnostics, flags.failOn));
    });
