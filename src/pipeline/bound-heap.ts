import { setFlagsFromString } from 'node:v8';
import type { SourceTree } from '../model/source-tree.ts';

/** Of fewer bytes of source, everything that analysis keeps takes a few hundred megabytes. */
const LARGE = 20_000_000;

/**
 * Lets the heap of a large analysis grow by two fifths, not to about the double, before it is collected: nearly all of it
 * stays in use until the end, so that there is little to win by waiting.
 */
export function boundHeap({ files }: Pick<SourceTree, 'files'>): void {
  if (files.reduce((sum, { size }) => sum + size, 0) > LARGE) setFlagsFromString('--heap-growing-percent=40');
}
