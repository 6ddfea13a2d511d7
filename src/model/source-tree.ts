import type { ModuleId } from './ids.ts';

/** What stands on the disk under the analysed root, nothing interpreted beyond manifests. Sorted by path. */
export interface SourceTree {
  /** TypeScript and JavaScript files that belong to the program; tests, declarations and build output are marked. */
  readonly files: readonly SourceFile[];
  /** Files of other kinds that analyzers read: `.prisma`, `.sql`, `.graphql`. */
  readonly assets: readonly AssetFile[];
  readonly packages: readonly PackageManifest[];
  readonly tsconfigs: readonly ModuleId[];
  /** The lock file beside the root manifest, if one was found. */
  readonly lockfile?: { readonly path: ModuleId; readonly kind: 'npm' | 'yarn' | 'pnpm' };
}

export type FileRole = 'source' | 'test' | 'declaration';

export interface SourceFile {
  readonly path: ModuleId;
  readonly role: FileRole;
  /** Bytes on disk. */
  readonly size: number;
}

export interface AssetFile {
  readonly path: ModuleId;
  readonly kind: 'prisma' | 'sql' | 'graphql' | 'json';
  readonly size: number;
}

/** A `package.json` below the root. */
export interface PackageManifest {
  readonly path: ModuleId;
  /** Folder of the manifest relative to the root; `.` for the root itself. */
  readonly directory: string;
  readonly name?: string;
  readonly main?: string;
  readonly type: 'module' | 'commonjs';
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly workspaces: readonly string[];
  /** Module paths this package names as `imports`/`exports` entries are left to the resolver. */
  readonly private: boolean;
}
