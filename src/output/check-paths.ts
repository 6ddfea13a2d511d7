import { invariant } from '../lib/errors.ts';
import { sortedBy } from '../lib/sort.ts';
import type { Artifact } from '../model/artifact.ts';
import { isInside } from './is-inside.ts';
import { RECORDS } from './manifest.ts';

/** Artifacts sorted by path; a path that leaves the folder, is ours, or is written twice is a bug of a generator. */
export function checkPaths(artifacts: readonly Artifact[]): readonly Artifact[] {
  const sorted = sortedBy(artifacts, ({ path }) => path);
  const paths = new Set(sorted.map(({ path }) => path));
  sorted.forEach(({ path, origin }, index) => {
    const by = `${origin.generator} writes "${path}"`;
    invariant(isInside(path), `${by}, which is no relative path inside the output folder`);
    invariant(path.split('/')[0] !== RECORDS, `${by}, which is kept for Banyan's own records`);
    invariant(sorted[index - 1]?.path !== path, `${by}, which ${sorted[index - 1]?.origin.generator} writes too`);
    for (const folder of foldersOf(path)) invariant(!paths.has(folder), `${by}, but "${folder}" is a file`);
  });
  return sorted;
}

/** Every folder above a path, outermost first: `a`, `a/b` for `a/b/c`. */
export function foldersOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
