import { addTo } from '../../lib/add-to.ts';
import { compareText } from '../../lib/sort.ts';
import { type CoChange, type Evolution, LEAST_TOGETHER, type ModuleEvolution } from '../../model/evolution.ts';
import type { ModuleId } from '../../model/ids.ts';
import type { Commit, CommitLog } from './read-commits.ts';

export interface EvolutionInput {
  readonly log: CommitLog;
  /** Modules that exist now, sorted. */
  readonly modules: readonly ModuleId[];
  readonly ownersOf: (path: string) => readonly string[] | undefined;
}

/** Commits of more files are formatting, moves and upgrades: they say nothing of what belongs together. */
const MOST_FILES = 30;

/** Joins commits to the modules that exist now. */
export function describeEvolution({ log, modules, ownersOf }: EvolutionInput): Evolution {
  const positions = new Map<string, number>(modules.map((module, index) => [module, index]));
  const touched = log.commits.map(({ files }) => files.flatMap((file) => positions.get(file) ?? []));
  return {
    commits: log.commits.length,
    ...(log.isPartial ? { isPartial: true } : {}),
    modules: describeModules(modules, log.commits, touched, ownersOf),
    coChanges: coChangesOf(modules, log.commits, touched),
  };
}

function describeModules(
  modules: readonly ModuleId[],
  commits: readonly Commit[],
  touched: readonly (readonly number[])[],
  ownersOf: EvolutionInput['ownersOf'],
): readonly ModuleEvolution[] {
  const authors = modules.map(() => new Map<string, number>());
  const last: (string | undefined)[] = modules.map(() => undefined);
  commits.forEach(({ author, day }, commit) => {
    for (const module of touched[commit] ?? []) {
      const own = authors[module];
      if (own !== undefined) addTo(own, author, 1);
      last[module] ??= day;
    }
  });
  return modules.flatMap((module, index): readonly ModuleEvolution[] => {
    const counts = authors[index] ?? new Map<string, number>();
    const lastChange = last[index];
    if (lastChange === undefined) return [];
    const owners = ownersOf(module);
    return [
      {
        module,
        commits: [...counts.values()].reduce((sum, count) => sum + count, 0),
        authors: [...counts]
          .map(([name, own]) => ({ name, commits: own }))
          .sort((left, right) => right.commits - left.commits || compareText(left.name, right.name)),
        lastChange,
        ...(owners === undefined ? {} : { owners }),
      },
    ];
  });
}

function coChangesOf(
  modules: readonly ModuleId[],
  commits: readonly Commit[],
  touched: readonly (readonly number[])[],
): readonly CoChange[] {
  const small = touched.filter((own, commit) => own.length > 0 && (commits[commit]?.files.length ?? 0) <= MOST_FILES);
  const alone = new Map<number, number>();
  const together = new Map<number, number>();
  for (const own of small) {
    const sorted = [...new Set(own)].sort((left, right) => left - right);
    sorted.forEach((first, position) => {
      addTo(alone, first, 1);
      for (const second of sorted.slice(position + 1)) addTo(together, first * modules.length + second, 1);
    });
  }
  const pairs = [...together].filter(([, count]) => count >= LEAST_TOGETHER);
  return pairs
    .sort(([left], [right]) => left - right)
    .flatMap(([pair, count]): readonly CoChange[] => {
      const [first, second] = [Math.floor(pair / modules.length), pair % modules.length];
      const lift = (count * small.length) / ((alone.get(first) ?? 1) * (alone.get(second) ?? 1));
      const names = [modules[first], modules[second]] as const;
      return lift <= 1 || names[0] === undefined || names[1] === undefined
        ? []
        : [{ modules: [names[0], names[1]], commits: count, lift: Math.round(lift * 100) / 100 }];
    });
}
