import type { Evolution } from '../../model/evolution.ts';
import type { ModuleId } from '../../model/ids.ts';
import type { Outcome } from '../../model/outcome.ts';
import { readCodeOwners } from './code-owners.ts';
import { describeEvolution } from './describe-evolution.ts';
import { readCommits } from './read-commits.ts';

/** Starts to read the history beside other work; `undefined` where the root is in no repository, or none of its modules was committed. */
export function startHistory(root: string): (modules: readonly ModuleId[]) => Promise<Outcome<Evolution | undefined>> {
  const reading = readCommits(root);
  return async (modules) => {
    const log = await reading;
    if (log === undefined) return { value: undefined, diagnostics: [] };
    if ('failure' in log) return { value: undefined, diagnostics: [{ code: 'history-not-read', data: { message: log.failure } }] };
    const evolution = describeEvolution({ log, modules, ownersOf: readCodeOwners(root) });
    return { value: evolution.modules.length === 0 ? undefined : evolution, diagnostics: [] };
  };
}
