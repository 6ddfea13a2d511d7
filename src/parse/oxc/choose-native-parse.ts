import type { SourceTree } from '../../model/source-tree.ts';
import { type NativeParse, parseThroughJson } from './native-parse.ts';
import { openRawTransfer } from './raw-transfer.ts';

/** Opening the cheaper way takes as much as parsing this many bytes through JSON. */
const SMALLEST_RAW = 400_000;

/** The cheapest way to parse the files of a tree. */
export async function chooseNativeParse({ files }: Pick<SourceTree, 'files'>): Promise<NativeParse> {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const raw = bytes < SMALLEST_RAW ? undefined : await openRawTransfer();
  return raw === undefined ? parseThroughJson : whereItServes(raw);
}

/** The memory for raw trees has an end, at which the parser ends the process; a tree can take a hundred times its text. */
const LARGEST_RAW = 8_000_000;

/** The same trees as through JSON, whatever the text: which of the two ways was open must not be seen in the facts. */
function whereItServes(raw: NativeParse): NativeParse {
  return (path, text, options) => {
    if (text.length > LARGEST_RAW) return parseThroughJson(path, text, options);
    try {
      return raw(path, text, options);
    } catch {
      // Raw trees are read by functions that call each other: deep ones exhaust the stack, as do very long lists.
      return parseThroughJson(path, text, options);
    }
  };
}
