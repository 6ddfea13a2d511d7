import type { Program } from 'oxc-parser';
import type { ModuleId } from '../model/ids.ts';
import { type NativeParse, parseThroughJson } from './oxc/native-parse.ts';
import { parseProgram } from './parse-program.ts';

/** Full trees of files, for the few stages that need more than {@link FileSyntax}. */
export interface SyntaxTrees {
  /** How trees are taken out of the native parser. */
  readonly parse: NativeParse;
  /** The ESTree program of a file; undefined when it does not exist or cannot be parsed. */
  tree(path: ModuleId): Program | undefined;
  /**
   * Offers a tree that was just made. They are kept if all of them have room together; of a larger program none is: a few
   * would hardly be those that are asked for, and to put one out for the next moves them all through the heap's old space.
   */
  offer(path: ModuleId, program: Program, size: number): void;
  /** Gives back the memory of all trees: nobody is expected to ask for one any more. */
  forget(): void;
}

/** Characters of source whose trees are kept in memory (a tree takes roughly thirty times its source). */
const MOST_KEPT = 4_000_000;
/** Of a program whose trees have no room together only this share is used: a tree is hardly asked for twice. */
const SHARE_OF_LARGE = 1 / 4;

export function createSyntaxTrees(
  readSource: (path: ModuleId) => string | undefined,
  { mostKept = MOST_KEPT, parse = parseThroughJson }: { readonly mostKept?: number; readonly parse?: NativeParse } = {},
): SyntaxTrees {
  const kept = new Map<ModuleId, { readonly program: Program; readonly size: number }>();
  let total = 0;
  let room = mostKept;

  const keep = (path: ModuleId, program: Program, size: number): void => {
    if (size > room) return;
    kept.set(path, { program, size });
    total += size;
    // The oldest go first.
    for (const [oldest, entry] of kept) {
      if (total <= room) break;
      kept.delete(oldest);
      total -= entry.size;
    }
  };

  const tree = (path: ModuleId): Program | undefined => {
    const known = kept.get(path);
    if (known !== undefined) return known.program;
    const text = readSource(path);
    if (text === undefined) return undefined;
    const { program } = parseProgram(path, text, parse);
    if (program !== undefined) keep(path, program, text.length);
    return program;
  };

  let offered = 0;
  const offer = (path: ModuleId, program: Program, size: number): void => {
    offered += size;
    if (offered <= mostKept) keep(path, program, size);
    else if (room === mostKept) {
      forget();
      room = mostKept * SHARE_OF_LARGE;
    }
  };
  const forget = (): void => {
    kept.clear();
    total = 0;
  };

  return { parse, tree, offer, forget };
}
