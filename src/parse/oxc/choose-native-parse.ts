import type { SourceTree } from '../../model/source-tree.ts';
import { type NativeParse, parseThroughJson } from './native-parse.ts';
import { openRawTransfer } from './raw-transfer.ts';

/** Opening the cheaper way takes as much as parsing this many bytes through JSON. */
const SMALLEST_RAW = 400_000;

/** The cheapest way to parse the files of a tree. */
export async function chooseNativeParse({ files }: Pick<SourceTree, 'files'>): Promise<NativeParse> {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return (bytes < SMALLEST_RAW ? undefined : await openRawTransfer()) ?? parseThroughJson;
}
