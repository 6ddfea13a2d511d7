import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { TypesMode } from '../../model/configuration.ts';
import { formatAnalysis } from '../../report/summary.ts';
import { type CommandContext, examplesText, type GatedFlags, printJson, toCommonRequest, withGate } from '../command-context.ts';
import { exitCodeOfFindings } from '../exit-code.ts';
import { nextAfterAnalysis } from '../next-step.ts';
import { type RootFlag, rootFolder, withRoot } from '../root-folder.ts';
import { watchAnalysis } from '../watch-analysis.ts';

const examples = [
  ['banyan analyze', 'the monolith in this folder'],
  ['banyan analyze --root ./shop --json > shop.json', 'the whole model, for other tools'],
  ['banyan analyze --root ./shop --watch', 'what each change of the files changes in the facts'],
  ['banyan analyze --root ./shop --fail-on warning', 'exit 1 on warnings too, for CI'],
] as const;

interface EvidenceFlags {
  readonly types?: TypesMode;
  readonly history: boolean;
  readonly traces?: readonly string[];
  readonly watch?: boolean;
}

export const analyzeCommand = (context: CommandContext): Command =>
  withRoot(withGate(new Command('analyze')))
    .addOption(
      new Option('--types <when>', 'ask TypeScript about calls that names and declared types leave undecided').choices([
        'auto',
        'never',
        'always',
      ]),
    )
    .option('--no-history', "leave the repository's history alone")
    .option('--traces <file...>', 'join recorded traces (OTLP as JSON) to the facts')
    .option('--watch', 'stay, and tell what each change of the files changes in the facts')
    .description('what is in the monolith: routes, tables, transactions, hidden state, dependencies')
    .addHelpText('after', examplesText(examples))
    .action(async (argument: string | undefined, flags: GatedFlags & RootFlag & EvidenceFlags) => {
      const directory = rootFolder(context.io.cwd, argument, flags.root);
      const options = {
        ...toCommonRequest(context, directory, flags),
        ...(flags.types === undefined ? {} : { types: flags.types }),
        ...(flags.traces === undefined ? {} : { traces: flags.traces.map((path) => resolve(context.io.cwd, path)) }),
        ...(flags.history ? {} : { history: 'ignore' as const }),
      };
      if (flags.watch === true) return watchAnalysis(context, options, flags.json === true ? 'json' : 'text');
      const result = await context.commands.analyze(options);
      if (flags.json === true) printJson(context.io, { ...result.monolith, diagnostics: result.diagnostics });
      else context.io.stdout.write(formatAnalysis(result) + nextAfterAnalysis(directory));
      context.exit(exitCodeOfFindings(result.diagnostics, flags.failOn));
    });
