import { type OxcError, type Program, parseSync, rawTransferSupported } from 'oxc-parser';
import type { SyntaxErrorRecord } from '../model/file-syntax.ts';
import type { ModuleId } from '../model/ids.ts';

export interface ParsedProgram {
  /** Absent when the parser could recover nothing. */
  readonly program: Program | undefined;
  readonly errors: readonly SyntaxErrorRecord[];
}

/** Brackets nested deeper than this would exhaust the native parser's stack, which ends the process. */
export const DEEPEST_NESTING = 1200;

const javaScript = /\.[cm]?js$/;
/** Raw transfer needs a buffer that takes 0.1 s to make: smaller files go through JSON, so that a small tree never pays for it. */
const SMALLEST_RAW = 50_000;

/** Parses one file; offsets are UTF-16. Never throws because of the text. */
export function parseProgram(path: ModuleId, text: string, nesting: number): ParsedProgram {
  if (nesting > DEEPEST_NESTING) return { program: undefined, errors: [{ message: `brackets nested ${nesting} deep`, offset: 0 }] };
  const first = parseWith(path, text, {});
  if (first.errors.length === 0 || !javaScript.test(path)) return first;
  // Much JavaScript holds JSX, returns from the top level as a CommonJS module may, or has Flow types, which mostly read as TypeScript's.
  for (const options of attempts) {
    const again = parseWith(path, text, options);
    if (again.errors.length === 0) return again;
  }
  return parseWith(path, text, { lang: 'jsx' });
}

const attempts = [{ lang: 'jsx' }, { lang: 'jsx', sourceType: 'commonjs' }, { lang: 'tsx' }, { lang: 'ts' }] as const;

function parseWith(path: ModuleId, text: string, options: { lang?: 'jsx' | 'tsx' | 'ts'; sourceType?: 'commonjs' }): ParsedProgram {
  try {
    const result = parseSync(path, text, { preserveParens: false, ...transferFor(text), ...options });
    const errors = result.errors.filter((error) => error.severity === 'Error').map(toRecord);
    const program = result.program;
    // The parser gives a whole tree or none.
    if (program.body.length === 0 && errors.length > 0) return { program: undefined, errors };
    return { program, errors: errors.map((error) => ({ ...error, recovered: true })) };
  } catch (error) {
    return { program: undefined, errors: [{ message: error instanceof Error ? error.message : String(error), offset: 0 }] };
  }
}

const transferFor = (text: string) => (text.length >= SMALLEST_RAW && rawTransferSupported() ? { experimentalRawTransfer: true } : {});

const toRecord = (error: OxcError): SyntaxErrorRecord => ({ message: error.message, offset: error.labels[0]?.start ?? 0 });
