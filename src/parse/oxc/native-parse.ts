import type { OxcError, ParserOptions, Program } from 'oxc-parser';
import { parseSync } from 'oxc-parser/src-js/bindings';
import { jsonParseAst } from 'oxc-parser/src-js/wrap';

/** One way to get a tree and its errors out of the native parser. */
export type NativeParse = (path: string, text: string, options: ParserOptions) => NativeTree;

export interface NativeTree {
  readonly program: Program;
  readonly errors: readonly OxcError[];
}

/**
 * Takes the tree as JSON. The parser's own front door would make objects of its comments and its module record, too, which
 * costs half as much again and is read by nobody.
 */
export const parseThroughJson: NativeParse = (path, text, options) => {
  const result = parseSync(path, text, options);
  const { errors } = result;
  return { program: jsonParseAst(result.program), errors };
};
