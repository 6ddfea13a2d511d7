import { createHash } from 'node:crypto';
import type { Program } from 'oxc-parser';
import type { FileSyntax } from '../model/file-syntax.ts';
import { MODULE_INIT, type ModuleId } from '../model/ids.ts';
import { mayBeDeep } from './deep-code.ts';
import { extractSyntax, type SyntaxTables } from './extract-syntax.ts';
import { readImportsOnly } from './imports-only.ts';
import { lineStartsIn } from './line-starts-in.ts';
import type { NativeParse } from './oxc/native-parse.ts';
import { parseProgram } from './parse-program.ts';

export interface ParsedFile {
  readonly syntax: FileSyntax;
  /** The tree itself; absent when the parser could recover nothing. */
  readonly program?: Program;
}

/** Parses one file and takes its syntax in one pass. Never throws: what cannot be parsed has `errors` and empty tables. */
export function parseFile(path: ModuleId, text: string, parse?: NativeParse): ParsedFile {
  const lineStarts = lineStartsIn(text);
  const { program, errors } = parseProgram(path, text, parse);
  const base = { path, hash: hashOf(text), lineStarts };
  if (program === undefined) return { syntax: { ...base, ...emptyTables(text.length), errors } };
  const tables = extractSafely(program, lineStarts);
  if (tables === undefined) {
    return { syntax: { ...base, ...emptyTables(text.length), errors: [...errors, { message: 'code is nested too deeply', offset: 0 }] } };
  }
  return { syntax: { ...base, ...tables, errors: [...errors, ...tables.errors] }, program };
}

/** The imports of a file whose code is nobody's concern; its other tables are empty. */
export function parseImports(path: ModuleId, text: string): FileSyntax {
  const lineStarts = lineStartsIn(text);
  const imports = mayBeDeep(path, text) ? undefined : readImportsOnly(path, text);
  const base = { path, hash: hashOf(text), lineStarts, ...emptyTables(text.length), extent: 'imports' as const };
  if (imports !== undefined) return { ...base, imports, errors: [] };
  const { syntax } = parseFile(path, text);
  return { ...base, imports: syntax.imports.map((one) => ({ ...one, owner: 0 })), errors: syntax.errors };
}

const hashOf = (text: string): string => createHash('sha1').update(text).digest('hex');

const emptyTables = (end: number): Omit<FileSyntax, 'path' | 'hash' | 'lineStarts' | 'errors'> => ({
  imports: [],
  exports: [],
  declarations: [{ kind: 'module', name: MODULE_INIT, parent: -1, span: { start: 0, end } }],
  calls: [],
  uses: [],
  mutations: [],
  narrowings: [],
  environmentReads: [],
  isScript: false,
});

/** The walk is bounded; should a file exhaust the stack all the same, it is reported and the others go on. */
function extractSafely(program: Program, lineStarts: readonly number[]): SyntaxTables | undefined {
  try {
    return extractSyntax(program, lineStarts);
  } catch (error) {
    if (error instanceof RangeError && error.message.includes('call stack')) return undefined;
    throw error;
  }
}
