import { Command, Option } from 'commander';
import { renderJson } from '../../report/json.ts';
import { renderMarkdown } from '../../report/markdown.ts';
import { type CommandContext, examplesText, type GatedFlags, toCommonRequest, toOutFolder, withGate } from '../command-context.ts';
import { exitCodeOfFindings } from '../exit-code.ts';
import { type RootFlag, rootFolder, withRoot } from '../root-folder.ts';

interface ReportFlags extends GatedFlags, RootFlag {
  readonly format: 'markdown' | 'json';
  readonly out?: string;
}

const examples = [
  ['banyan report > report.md', 'the monolith in this folder, for a pull request'],
  ['banyan report --root ./shop --format json', 'the same as data'],
] as const;

export const reportCommand = (context: CommandContext): Command =>
  withRoot(withGate(new Command('report')))
    .description('the migration report: facts, services, plan, findings, and the last proof')
    .addOption(new Option('--format <format>', 'how it is written').choices(['markdown', 'json']).default('markdown'))
    .option('--out <dir>', 'folder that extract wrote, for the last proof (default: banyan-out in the root)')
    .addHelpText('after', examplesText(examples))
    .action(async (argument: string | undefined, flags: ReportFlags) => {
      const directory = rootFolder(context.io.cwd, argument, flags.root);
      const request = toCommonRequest(context, directory, flags);
      const result = await context.commands.plan({ ...request, dryRun: true });
      const verification = await context.commands.lastVerification(toOutFolder(context, request.root, flags.out));
      const content = { ...result, ...(verification === undefined ? {} : { verification }) };
      const render = flags.json === true || flags.format === 'json' ? renderJson : renderMarkdown;
      context.io.stdout.write(render(content));
      context.exit(exitCodeOfFindings(result.diagnostics, flags.failOn));
    });
