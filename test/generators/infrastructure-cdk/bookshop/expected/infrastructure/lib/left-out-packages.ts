import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a bundler must leave out of a bundle. */
export interface LeftOutPackages {
  /** Asked for by a package but not installed (drivers of other databases), or compiled code. */
  readonly external: readonly string[];
  /** Compiled code with what it needs: copied beside the bundle. */
  readonly copied: readonly InstalledPackage[];
}

export interface InstalledPackage {
  readonly name: string;
  readonly folder: string;
}

const script = fileURLToPath(new URL('../runtime/find-left-out.mjs', import.meta.url));

/** Looks through everything a function's entry leads to. */
export const leftOutPackages = (directory: string, entry: string): LeftOutPackages =>
  JSON.parse(execFileSync(process.execPath, [script, entry], { cwd: directory, encoding: 'utf8' })) as LeftOutPackages;
