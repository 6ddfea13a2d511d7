import type { Artifact } from '../model/artifact.ts';
import type { BootTrace } from '../model/boot-trace.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ModuleId, ServiceId } from '../model/ids.ts';
import type { MigrationPlan } from '../model/migration-plan.ts';
import type { Monolith } from '../model/monolith.ts';
import type { ProgramQueries } from '../model/program.ts';
import type { SourceTree } from '../model/source-tree.ts';
import type { SliceClosure } from './slice-closure.ts';

/** What every generator is given. */
export interface GeneratorInput {
  readonly plan: MigrationPlan;
  /** The slices asked for, all of them in `plan.services` and none placed on `stay`. */
  readonly slices: readonly ServiceId[];
  readonly monolith: Monolith;
  readonly program: ProgramQueries;
  readonly trace: BootTrace;
  readonly tree: SourceTree;
  /** Text of a file of the analysed root (source, asset, manifest, lock file); undefined when there is none. */
  readonly readSource: (path: ModuleId) => string | undefined;
  /** Bytes of any file of the analysed root. */
  readonly readBytes: (path: ModuleId) => Uint8Array | undefined;
  /** Files below a folder of the analysed root at any depth, or the file itself; sorted, without `node_modules`. */
  readonly listFiles: (folder: ModuleId) => readonly ModuleId[];
  /** Whether version control leaves a file out: what the monolith wrote while it ran. */
  readonly isIgnored: (path: ModuleId) => boolean;
  /** The moved code of every slice of `slices`, computed once by `generate`. */
  readonly closures: ReadonlyMap<ServiceId, SliceClosure>;
  /** Prints a view with a template of the calling generator (`src/generate/templating`). */
  readonly render: Render;
  readonly granularity: 'service' | 'route';
}

/** Prints `view` with the template file given by its URL. Strict: a missing value is an error. */
export type Render = (template: URL, view: object) => string;

/** Turns the plan into files in memory; decides in TypeScript, prints in templates. */
export interface Generator {
  readonly name: string;
  generate(input: GeneratorInput): Iterable<Artifact | Diagnostic>;
}

export const defineGenerator = (generator: Generator): Generator => generator;
