import type { OxcError, Program } from 'oxc-parser';
import type { SyntaxErrorRecord } from '../model/file-syntax.ts';
import type { ModuleId } from '../model/ids.ts';
import { cutDeepCode } from './cut-deep-code.ts';
import { mayBeDeep } from './deep-code.ts';
import { parseIsolated } from './oxc/isolated-parse.ts';
import { type NativeParse, type NativeTree, parseThroughJson } from './oxc/native-parse.ts';

export interface ParsedProgram {
  /** Absent when the parser could recover nothing. */
  readonly program: Program | undefined;
  readonly errors: readonly SyntaxErrorRecord[];
}

const javaScript = /\.[cm]?js$/;

/**
 * Parses one file; offsets are UTF-16. Never throws because of the text, and gives no tree that is too deep for functions
 * that call themselves.
 */
export function parseProgram(path: ModuleId, text: string, parse: NativeParse = parseThroughJson): ParsedProgram {
  if (!mayBeDeep(path, text)) return parseAnyForm(path, text, parse);
  const parsed = parseAnyForm(path, text, parseIsolated);
  return parsed.program === undefined ? parsed : { ...parsed, errors: [...parsed.errors, ...cutDeepCode(parsed.program)] };
}

function parseAnyForm(path: ModuleId, text: string, parse: NativeParse): ParsedProgram {
  const parseWith = (options: Variant): ParsedProgram => toParsed(() => parse(path, text, { preserveParens: false, ...options }));
  const first = parseWith({});
  if (first.errors.length === 0 || !javaScript.test(path)) return first;
  // Much JavaScript holds JSX, returns from the top level as a CommonJS module may, or has Flow types, which mostly read as TypeScript's.
  for (const options of attempts) {
    const again = parseWith(options);
    if (again.errors.length === 0) return again;
  }
  return parseWith({ lang: 'jsx' });
}

const attempts = [{ lang: 'jsx' }, { lang: 'jsx', sourceType: 'commonjs' }, { lang: 'tsx' }, { lang: 'ts' }] as const;

interface Variant {
  readonly lang?: 'jsx' | 'tsx' | 'ts';
  readonly sourceType?: 'commonjs';
}

function toParsed(parse: () => NativeTree): ParsedProgram {
  try {
    const { program, errors: found } = parse();
    const errors = found.filter((error) => error.severity === 'Error').map(toRecord);
    // The parser gives a whole tree or none.
    if (program.body.length === 0 && errors.length > 0) return { program: undefined, errors };
    return { program, errors: errors.map((error) => ({ ...error, recovered: true })) };
  } catch (error) {
    return { program: undefined, errors: [{ message: error instanceof Error ? error.message : String(error), offset: 0 }] };
  }
}

const toRecord = (error: OxcError): SyntaxErrorRecord => ({ message: error.message, offset: error.labels[0]?.start ?? 0 });
