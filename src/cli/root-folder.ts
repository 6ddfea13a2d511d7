import { resolve } from 'node:path';
import type { Command } from 'commander';
import { UserError } from '../lib/errors.ts';

export interface RootFlag {
  readonly root?: string;
}

/** The root of the monolith, as an argument or as the flag that the commands with slices have. */
export const withRoot = (command: Command): Command =>
  command.argument('[dir]', 'root of the monolith (default: this folder)').option('--root <dir>', 'the same as [dir]');

/** The folder a person named, as written; `.` when none. Throws a UserError when argument and flag name two. */
export function rootFolder(cwd: string, argument: string | undefined, flag: string | undefined): string {
  if (argument !== undefined && flag !== undefined && resolve(cwd, argument) !== resolve(cwd, flag)) {
    throw new UserError(
      'two-roots',
      `the root of the monolith is named twice: "${argument}" and --root "${flag}"`,
      'Leave one of them out.',
    );
  }
  return argument ?? flag ?? '.';
}

/** Throws a UserError for a folder among the names of slices: these commands know the root by its flag only. */
export function requireSliceNames(names: readonly string[]): void {
  const folder = names.find((name) => /[./\\]/.test(name));
  if (folder !== undefined)
    throw new UserError('not-a-slice', `"${folder}" is no name of a slice`, `For the root of the monolith write --root ${folder}`);
}
