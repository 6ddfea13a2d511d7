import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a bundler must leave out of a bundle. */
export interface LeftOutPackages {
  /** Packages that have to lie in files of their own (`runtime/find-left-out.mjs` says which), and what nobody installed. */
  readonly external: readonly string[];
  /** The former and all that they need: copied beside the bundle. */
  readonly copied: readonly PlacedPackage[];
}

export interface PlacedPackage {
  /** Relative to the bundle. */
  readonly path: string;
  readonly folder: string;
}

const script = fileURLToPath(new URL('../runtime/print-left-out.mjs', import.meta.url));

/** Looks through everything a function's entry leads to. */
export const leftOutPackages = (directory: string, entry: string): LeftOutPackages =>
  JSON.parse(execFileSync(process.execPath, [script, entry], { cwd: directory, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })) as LeftOutPackages;
