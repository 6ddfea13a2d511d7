/**
 * The one rule for packages that a function's bundle leaves out: the local runtime imports it, a generated CDK
 * application carries a copy. JavaScript, because the copy runs as it is.
 */
export function findLeftOut(options: {
  /** Folder of the slice's package. */
  readonly directory: string;
  /** File the function begins with, relative to it. */
  readonly entry: string;
  /** Beginnings of names that are there where the function runs, as `@aws-sdk/`. */
  readonly provided?: readonly string[];
}): Promise<LeftOutPackages>;

export interface LeftOutPackages {
  /** What a bundler leaves out: `packages`, and what installed packages ask for but nobody installed. Sorted. */
  readonly external: readonly string[];
  /** What the bundle finds beside it, sorted by name. */
  readonly packages: readonly LeftOutPackage[];
  /** Where each package and all that it needs goes, parents first. */
  readonly copied: readonly PlacedPackage[];
}

export interface LeftOutPackage {
  readonly name: string;
  /** Where it is installed. */
  readonly folder: string;
  readonly reason: string;
}

export interface PlacedPackage {
  /** Relative to the bundle: `node_modules/shelf/node_modules/board`. */
  readonly path: string;
  readonly folder: string;
}
