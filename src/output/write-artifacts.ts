import { join } from 'node:path';
import type { Artifact, WriteResult } from '../model/artifact.ts';
import { checkPaths } from './check-paths.ts';
import { besideOf, type Decision, decideRemoval, decideWrite } from './decide-writes.ts';
import { type Change, commit, recover } from './journal.ts';
import { basePathOf, MANIFEST_PATH, type ManifestEntry, parseManifest, printManifest } from './manifest.ts';
import { asUserError, checkOwnership, createFolder, readIfExists, refuseLinks } from './output-folder.ts';
import { type FileDifference, printDiff } from './unified-diff.ts';

export interface WriteOptions {
  /** Absolute path of the output folder; created when missing. */
  readonly out: string;
  readonly artifacts: readonly Artifact[];
  /** Tells what would happen, with a diff, and writes nothing. */
  readonly dryRun: boolean;
  /** Where a path that is no longer generated may be removed: everywhere, or below these prefixes (`services/loans/`). */
  readonly scope: 'everything' | readonly string[];
}

export interface WriteReport {
  /** Sorted by path; what is neither generated now nor removed is not told. */
  readonly results: readonly WriteResult[];
  /** Unified diff, on a dry run. */
  readonly diff?: string;
}

/**
 * Puts artifacts on the disk: the only code that does. Files a person edited are kept, each file is whole at any time,
 * and an interrupted run is completed or undone by the next. Throws a `UserError` when the folder is not ours or refuses.
 */
export async function writeArtifacts({ out, artifacts, dryRun, scope }: WriteOptions): Promise<WriteReport> {
  const sorted = checkPaths(artifacts);
  await checkOwnership(out);
  await refuseLinks(out, [...sorted.map(({ path }) => path), MANIFEST_PATH, ...sorted.map(({ path }) => basePathOf(path))]);
  if (!dryRun) await asUserError(out, () => recover(out));
  const before = await readManifest(out);
  const decisions = await asUserError(out, () => decideAll({ out, sorted, before, scope }));
  const results = decisions.map(({ path, action }) => ({ path, action }));
  if (dryRun) return { results, diff: printDiff(await differencesOf(out, decisions)) };
  const changes = await changesOf({ out, decisions, sorted, before });
  if (changes.length > 0) {
    await createFolder(out);
    await asUserError(out, () => commit(out, changes));
  }
  return { results };
}

type Manifest = ReadonlyMap<string, ManifestEntry>;

async function readManifest(out: string): Promise<Manifest> {
  const bytes = await asUserError(out, () => readIfExists(join(out, MANIFEST_PATH)));
  return bytes === undefined ? new Map() : parseManifest(Buffer.from(bytes).toString('utf8'));
}

interface DecisionInput {
  readonly out: string;
  readonly sorted: readonly Artifact[];
  readonly before: Manifest;
  readonly scope: WriteOptions['scope'];
}

async function decideAll({ out, sorted, before, scope }: DecisionInput): Promise<readonly Decision[]> {
  const decisions: Decision[] = [];
  for (const artifact of sorted) {
    const [current, beside] = [await readIfExists(join(out, artifact.path)), await readIfExists(join(out, besideOf(artifact.path)))];
    decisions.push(decideWrite(artifact, { current, beside, entry: before.get(artifact.path) }));
  }
  const generated = new Set(sorted.map(({ path }) => path));
  for (const entry of before.values()) {
    const isInScope = scope === 'everything' || scope.some((prefix) => entry.path.startsWith(prefix));
    if (!generated.has(entry.path) && isInScope) decisions.push(decideRemoval(entry, await readIfExists(join(out, entry.path))));
  }
  return decisions.sort((left, right) => (left.path < right.path ? -1 : 1));
}

interface ChangeInput {
  readonly out: string;
  readonly decisions: readonly Decision[];
  readonly sorted: readonly Artifact[];
  readonly before: Manifest;
}

/** What has to be renamed and removed, our records last, so that an interrupted run never claims what it did not write. */
async function changesOf({ out, decisions, before }: ChangeInput): Promise<readonly Change[]> {
  const files = decisions.flatMap(({ place, remove }): readonly Change[] => [
    ...(place === undefined ? [] : [{ kind: 'place' as const, ...place }]),
    ...(remove === undefined ? [] : [{ kind: 'remove' as const, path: remove }]),
  ]);
  const after = new Map(before);
  const bases: Change[] = [];
  for (const { path, entry, place } of decisions) {
    const isKnown = before.get(path)?.sha256 === entry?.sha256;
    if (entry === undefined) {
      after.delete(path);
      bases.push({ kind: 'remove', path: basePathOf(path) });
      continue;
    }
    after.set(path, entry);
    const bytes = place?.bytes ?? (isKnown ? undefined : await readIfExists(join(out, path)));
    if (bytes !== undefined) bases.push({ kind: 'place', path: basePathOf(path), bytes, executable: false });
  }
  const manifest = Buffer.from(printManifest(after.values()), 'utf8');
  const written = await readIfExists(join(out, MANIFEST_PATH));
  const isCurrent = written !== undefined && manifest.equals(written);
  return [...files, ...bases, ...(isCurrent ? [] : [{ kind: 'place' as const, path: MANIFEST_PATH, bytes: manifest, executable: false }])];
}

async function differencesOf(out: string, decisions: readonly Decision[]): Promise<readonly FileDifference[]> {
  const differences: FileDifference[] = [];
  for (const { place, remove } of decisions) {
    if (place !== undefined) differences.push({ path: place.path, before: await readIfExists(join(out, place.path)), after: place.bytes });
    if (remove !== undefined) differences.push({ path: remove, before: await readIfExists(join(out, remove)), after: undefined });
  }
  return differences;
}
