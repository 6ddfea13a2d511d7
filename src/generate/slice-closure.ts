import type { ModuleId, ServiceId } from '../model/ids.ts';
import type { SourceLocation } from '../model/location.ts';

/**
 * What one slice takes along of the monolith: final text of every moved file and everything a generator has to know
 * of it. Computed once per slice by `closeSlice`, handed to all generators. Everything sorted, `files` by `path`.
 *
 * Every path of the monolith stands in the package as `base + path`, so relative imports stay what they were.
 */
export interface SliceClosure {
  readonly service: ServiceId;
  /** Folder of the package that stands for the monolith's root: empty when all moved code is below `src/`, else `src/`. */
  readonly base: string;
  /** The start-up module that a function imports, once, before its first request. */
  readonly entry: MovedEntry;
  readonly files: readonly MovedFile[];
  /** Files that are no modules: imported data, and files read at run time by constant paths. */
  readonly assets: readonly MovedAsset[];
  /** npm packages the moved files import; what only the scripts of the package need is not among them. */
  readonly packages: readonly ReachedPackage[];
  /** Builtins without `node:`. */
  readonly builtins: readonly string[];
  /** Environment variables that kept code reads by name. */
  readonly environment: readonly ReachedVariable[];
  /** What moved code asks `src/banyan/module-place.ts` for, in place of `__dirname`, `__filename` and `import.meta`; sorted. */
  readonly modulePlaces: readonly ModulePlaceForm[];
  /** Read-through caches of the moved code that `src/banyan/request-scope.ts` empties before each request; sorted by place. */
  readonly requestScoped: readonly RequestScopedCache[];
  readonly listing: ClosureListing;
}

/** How a module asks for its own place: `__dirname`, `__filename` or `module.filename`, `import.meta.url`. */
export type ModulePlaceForm = 'folder' | 'file' | 'url';

/** How a function gets the application object of the moved start-up code. */
export type MovedEntry =
  /** Importing `path` ends in a call of `provideApplication` of `src/banyan/application.ts`, at once or later. */
  | { readonly kind: 'provided'; readonly module: ModuleId; readonly path: string }
  /** `path` exports the application under `name` (`default` for the default export); nothing in it listens. */
  | { readonly kind: 'exported'; readonly module: ModuleId; readonly path: string; readonly name: string };

export interface MovedFile {
  readonly module: ModuleId;
  /** Relative to the package: `src/orders/order.service.ts`. */
  readonly path: string;
  readonly text: string;
  /** `whole`: byte for byte the monolith's file. */
  readonly form: 'whole' | 'pruned';
}

export interface MovedAsset {
  readonly source: ModuleId;
  /** Relative to the package. */
  readonly path: string;
  readonly bytes: number;
  /** `import`: a module names it (bundlers inline it); `runtime`: read from the disk, it must lie beside the bundle under `path`. */
  readonly use: 'import' | 'runtime';
}

export interface ReachedPackage {
  /** `express`, `@prisma/client`. */
  readonly name: string;
  /** Subpaths imported, `.` for the package itself: `['.', 'runtime/library']`. */
  readonly subpaths: readonly string[];
  readonly importedBy: readonly ModuleId[];
  /** Only types are imported: a development dependency. */
  readonly typeOnly: boolean;
}

export interface ReachedVariable {
  readonly name: string;
  readonly at: SourceLocation;
}

export interface RequestScopedCache {
  /** `entries`, `TtlCache.entries`. */
  readonly name: string;
  readonly at: SourceLocation;
}

/** What was kept, pruned and dropped, for people; also written to `closure.json` of the package. */
export interface ClosureListing {
  /** Declarations and members nobody in the slice reaches, by module. */
  readonly pruned: readonly { readonly module: ModuleId; readonly names: readonly string[] }[];
  /** Start-up statements that run in the slice although no route of it names them. */
  readonly startUpKept: readonly StartUpStatement[];
  readonly startUpDropped: readonly StartUpStatement[];
  /** Files read at run time that could not be copied, and other things a person should look at. */
  readonly notes: readonly { readonly text: string; readonly at: SourceLocation }[];
}

export interface StartUpStatement {
  /** First line of the statement, shortened. */
  readonly text: string;
  readonly reason: string;
  readonly at: SourceLocation;
}
