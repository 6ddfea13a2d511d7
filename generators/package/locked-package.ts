/** One package as a lock file fixes it. */
export interface LockedPackage {
  readonly version: string;
  /** What a manifest writes to get exactly this: `4.18.2`, or `npm:other@4.18.2` for an alias. */
  readonly specifier: string;
}

/** Asks a lock file for a package: `range` as the manifest has it, `directory` of that manifest (`.` for the root). */
export type LockfileQuery = (request: {
  readonly name: string;
  readonly range: string | undefined;
  readonly directory: string;
}) => LockedPackage | undefined;

/** A lock file that has nothing to say. */
export const emptyLockfile: LockfileQuery = () => undefined;

export const toLockedPackage = (name: string, actualName: string, version: string): LockedPackage => ({
  version,
  specifier: actualName === name ? version : `npm:${actualName}@${version}`,
});

/** The package when all texts name the same version: for packages no manifest lists. */
export function onlyOne(candidates: readonly LockedPackage[]): LockedPackage | undefined {
  const [first] = candidates;
  return first !== undefined && candidates.every(({ specifier }) => specifier === first.specifier) ? first : undefined;
}
