import type { AnalyzeOptions, AnalyzeResult, WatchState } from '../model/commands.ts';
import { formatFactChanges } from '../report/fact-changes.ts';
import { formatAnalysis } from '../report/summary.ts';
import type { CommandContext } from './command-context.ts';

/** Prints the facts, and after each change what it changed; as JSON one line for each state. Ends when it is interrupted. */
export async function watchAnalysis({ commands, io }: CommandContext, options: AnalyzeOptions, form: 'text' | 'json'): Promise<void> {
  let last: AnalyzeResult | undefined;
  for await (const state of commands.watch(options)) {
    if (state.kind === 'failed') io.stderr.write(`banyan: ${state.error.message}\n  ${state.error.nextStep}\n`);
    else if (form === 'json') io.stdout.write(`${JSON.stringify(toLine(state.result))}\n`);
    else
      io.stdout.write(last === undefined ? `${formatAnalysis(state.result)}\nWatching; Ctrl-C ends it.\n` : changesOf(last, state.result));
    last = resultOf(state) ?? last;
  }
}

const toLine = ({ monolith, diagnostics }: AnalyzeResult) => ({ ...monolith, diagnostics });

const resultOf = (state: WatchState): AnalyzeResult | undefined => (state.kind === 'analyzed' ? state.result : undefined);

function changesOf(before: AnalyzeResult, after: AnalyzeResult): string {
  const changes = formatFactChanges(before, after);
  return changes === '' ? 'No fact changed.\n' : `${changes}\n`;
}
