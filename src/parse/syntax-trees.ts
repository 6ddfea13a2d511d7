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
   * Offers a tree that was just made; it is kept if there is room. Those before it stay: to put them out again would move
   * every tree of a large program through the heap's old space.
   */
  offer(path: ModuleId, program: Program, size: number): void;
}

/** Characters of source whose trees are kept in memory (a tree takes roughly thirty times its source). */
const MOST_KEPT = 4_000_000;

export function createSyntaxTrees(
  readSource: (path: ModuleId) => string | undefined,
  { mostKept = MOST_KEPT, parse = parseThroughJson }: { readonly mostKept?: number; readonly parse?: NativeParse } = {},
): SyntaxTrees {
  const kept = new Map<ModuleId, { readonly program: Program; readonly size: number }>();
  let total = 0;

  const keep = (path: ModuleId, program: Program, size: number): void => {
    if (size > mostKept) return;
    kept.set(path, { program, size });
    total += size;
    // The oldest go first.
    for (const [oldest, entry] of kept) {
      if (total <= mostKept) break;
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

  const offer = (path: ModuleId, program: Program, size: number): void => {
    if (total + size <= mostKept && !kept.has(path)) keep(path, program, size);
  };

  return { parse, tree, offer };
}
