import type { Evolution } from '../../model/evolution.ts';
import type { ModuleId } from '../../model/ids.ts';
import { readCodeOwners } from './code-owners.ts';
import { describeEvolution } from './describe-evolution.ts';
import { readCommits } from './read-commits.ts';

/** Starts to read the history beside other work; `undefined` where the root is in no repository, or none of its modules was committed. */
export function startHistory(root: string): (modules: readonly ModuleId[]) => Promise<Evolution | undefined> {
  const reading = readCommits(root);
  return async (modules) => {
    const log = await reading;
    const evolution = log === undefined ? undefined : describeEvolution({ log, modules, ownersOf: readCodeOwners(root) });
    return evolution === undefined || evolution.modules.length === 0 ? undefined : evolution;
  };
}
