import { placeOf } from '../lib/place.ts';
import { uniqueSorted } from '../lib/sort.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { EventPort } from '../model/events.ts';
import type { FileSyntax } from '../model/file-syntax.ts';
import type { ModuleId } from '../model/ids.ts';
import type { Outcome } from '../model/outcome.ts';
import type { ImportTarget } from '../model/program.ts';
import type { SourceTree } from '../model/source-tree.ts';
import { parseFile, parseImports } from './parse-file.ts';
import type { SyntaxTrees } from './syntax-trees.ts';

export interface ParseInput {
  readonly tree: SourceTree;
  readonly readSource: (path: ModuleId) => string | undefined;
  readonly trees: SyntaxTrees;
  /** What earlier runs extracted, by content. */
  readonly known?: KnownSyntax | undefined;
  readonly events: EventPort;
  /** Tells what an import names. */
  readonly resolve: (from: ModuleId, specifier: string) => ImportTarget;
}

/** Syntax that need not be extracted again. */
export interface KnownSyntax {
  find(path: ModuleId, extent: 'whole' | 'imports'): FileSyntax | undefined;
  keep(syntax: FileSyntax): void;
}

/**
 * Parses every file of the tree; syntax errors and unreadable files become diagnostics. Of a test that no other code
 * imports only the imports are taken: what it calls belongs to no slice, and tests are a third of many trees.
 */
export function parseAll(input: ParseInput): Outcome<FileSyntax[]> {
  const { tree, events } = input;
  const results = new Map<ModuleId, Outcome<FileSyntax | undefined>>();
  const keep = (path: ModuleId, result: Outcome<FileSyntax | undefined>): FileSyntax | undefined => {
    if (results.size % 100 === 0) events({ type: 'stage-progress', stage: 'parse', done: results.size, total: tree.files.length });
    results.set(path, result);
    return result.value;
  };
  const tests = new Set(tree.files.filter(({ role }) => role === 'test').map(({ path }) => path));
  const wanted = tree.files.filter(({ role }) => role !== 'test').map(({ path }) => path);
  // It grows while it is gone through: by the tests that what was parsed imports.
  for (const path of wanted) {
    const syntax = keep(path, parseWhole(input, path));
    for (const test of syntax === undefined ? [] : importedFrom(input, syntax, tests)) {
      tests.delete(test);
      wanted.push(test);
    }
  }
  for (const path of tests) keep(path, parseTest(input, path));
  const inOrder = tree.files.flatMap(({ path }) => results.get(path) ?? []);
  return {
    value: inOrder.flatMap(({ value }) => value ?? []),
    diagnostics: inOrder.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Those of the given modules that a file imports. */
function importedFrom({ resolve }: ParseInput, { path, imports }: FileSyntax, among: ReadonlySet<ModuleId>): readonly ModuleId[] {
  if (among.size === 0) return [];
  const targets = imports.flatMap(({ specifier }) => (specifier === undefined ? [] : resolve(path, specifier)));
  return uniqueSorted(targets.flatMap((target) => (target.kind === 'module' && among.has(target.module) ? target.module : [])));
}

function parseWhole({ readSource, trees, known }: ParseInput, path: ModuleId): Outcome<FileSyntax | undefined> {
  const before = known?.find(path, 'whole');
  if (before !== undefined) return { value: before, diagnostics: syntaxErrors(before) };
  const text = readSource(path);
  if (text === undefined) return unreadable(path);
  const { syntax, program } = parseFile(path, text, trees.parse);
  if (program !== undefined) trees.offer(path, program, text.length);
  known?.keep(syntax);
  return { value: syntax, diagnostics: syntaxErrors(syntax) };
}

function parseTest({ readSource, known }: ParseInput, path: ModuleId): Outcome<FileSyntax | undefined> {
  const before = known?.find(path, 'imports');
  if (before !== undefined) return { value: before, diagnostics: syntaxErrors(before) };
  const text = readSource(path);
  if (text === undefined) return unreadable(path);
  const syntax = parseImports(path, text);
  known?.keep(syntax);
  return { value: syntax, diagnostics: syntaxErrors(syntax) };
}

const unreadable = (path: ModuleId): Outcome<undefined> => ({
  value: undefined,
  diagnostics: [{ code: 'unreadable-file', data: { message: 'no text' }, at: { file: path, line: 1, column: 1 } }],
});

const syntaxErrors = (syntax: FileSyntax): Diagnostic[] =>
  syntax.errors.map(({ message, offset, recovered }) => ({
    code: recovered === true ? 'tolerated-syntax' : 'syntax-error',
    data: { message },
    at: { file: syntax.path, ...placeOf(syntax.lineStarts, offset) },
  }));
