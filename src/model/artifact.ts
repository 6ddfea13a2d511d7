/** A generated file in memory; one writer puts it on the disk. */
export interface Artifact {
  /** Relative to the output folder, `/` separators, never outside it. */
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly origin: ArtifactOrigin;
  readonly executable?: boolean;
}

export interface ArtifactOrigin {
  /** Name of the generator. */
  readonly generator: string;
  /** Module the content was taken from, for moved code. */
  readonly source?: string;
}

/** What happened (or would happen) to one path of the output folder. */
export interface WriteResult {
  readonly path: string;
  readonly action: 'created' | 'updated' | 'unchanged' | 'removed' | 'kept-edited' | 'conflict';
}
