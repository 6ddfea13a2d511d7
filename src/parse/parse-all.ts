import { placeOf } from '../lib/place.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { EventPort } from '../model/events.ts';
import type { FileSyntax } from '../model/file-syntax.ts';
import type { ModuleId } from '../model/ids.ts';
import type { Outcome } from '../model/outcome.ts';
import type { SourceTree } from '../model/source-tree.ts';
import { parseFile } from './parse-file.ts';
import type { SyntaxTrees } from './syntax-trees.ts';

/** Parses every file of the tree, in its order; syntax errors and unreadable files become diagnostics. */
export function parseAll(
  tree: SourceTree,
  readSource: (path: ModuleId) => string | undefined,
  trees: SyntaxTrees,
  events: EventPort,
): Outcome<FileSyntax[]> {
  const value: FileSyntax[] = [];
  const diagnostics: Diagnostic[] = [];
  const total = tree.files.length;
  tree.files.forEach(({ path, role }, done) => {
    if (done % 100 === 0) events({ type: 'stage-progress', stage: 'parse', done, total });
    const text = readSource(path);
    if (text === undefined) {
      diagnostics.push({ code: 'unreadable-file', data: { message: 'no text' }, at: { file: path, line: 1, column: 1 } });
      return;
    }
    const { syntax, program } = parseFile(path, text);
    // Later stages walk trees of the program itself only.
    if (program !== undefined && role === 'source') trees.keep(path, program, text.length);
    value.push(syntax);
    diagnostics.push(...syntaxErrors(syntax));
  });
  return { value, diagnostics };
}

const syntaxErrors = (syntax: FileSyntax): Diagnostic[] =>
  syntax.errors.map(({ message, offset }) => ({
    code: 'syntax-error',
    data: { message },
    at: { file: syntax.path, ...placeOf(syntax.lineStarts, offset) },
  }));
