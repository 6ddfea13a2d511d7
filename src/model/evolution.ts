import type { ModuleId } from './ids.ts';

/**
 * What the repository's history says of the modules that exist now. Merges are left out, renames are not followed: a module
 * begins with its present path.
 */
export interface Evolution {
  /** Commits read that touch a file below the analysed root. */
  readonly commits: number;
  /** Only the newest commits were read, or only they are there (a shallow clone). */
  readonly isPartial?: true;
  /** Sorted by module; those that no commit names are left out. */
  readonly modules: readonly ModuleEvolution[];
  /** Pairs that changed together more often than chance, at least {@link LEAST_TOGETHER} times; sorted by both modules. */
  readonly coChanges: readonly CoChange[];
}

export interface ModuleEvolution {
  readonly module: ModuleId;
  /** Churn, as the number of commits that touched it. */
  readonly commits: number;
  /** Who wrote them, by number of commits, then name; `.mailmap` is followed. */
  readonly authors: readonly { readonly name: string; readonly commits: number }[];
  /** Day of the last commit, as `2026-11-25`. */
  readonly lastChange: string;
  /** What the last matching line of CODEOWNERS says; absent where none matches. */
  readonly owners?: readonly string[];
}

export interface CoChange {
  readonly modules: readonly [ModuleId, ModuleId];
  /** Commits that touch both. */
  readonly commits: number;
  /**
   * How much more often than by chance: `together × all ÷ (first × second)`, each counted in commits of at most 30 files
   * (larger ones are formatting and moves).
   */
  readonly lift: number;
}

/** Two modules that changed together once or twice say nothing. */
export const LEAST_TOGETHER = 3;
