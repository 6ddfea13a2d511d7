import { placeOf } from '../lib/place.ts';
import { sortedBy } from '../lib/sort.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { FileSyntax } from '../model/file-syntax.ts';
import type { ModuleId } from '../model/ids.ts';
import type { Outcome } from '../model/outcome.ts';
import type { ImportTarget, ModuleRecord, Program, ProgramQueries, ResolvedImport } from '../model/program.ts';
import type { SourceTree } from '../model/source-tree.ts';
import { callEdges, type UndecidedCall } from './call-edges.ts';
import { createEvaluator } from './create-evaluator.ts';
import { describeExpression } from './describe-expression.ts';
import type { Evaluator } from './evaluator.ts';
import { type LinkedFile, linkFile } from './linked-file.ts';
import type { ModuleResolver } from './module-resolver.ts';
import { createProgramQueries } from './program-queries.ts';

export interface LinkInput {
  readonly tree: SourceTree;
  readonly syntaxes: readonly FileSyntax[];
  readonly resolver: ModuleResolver;
}

/** A program, and what is left to ask of it. */
export interface LinkedProgram {
  readonly program: Program;
  readonly evaluator: Evaluator;
  readonly undecided: readonly UndecidedCall[];
}

/** Joins files into a program: imports to their modules, names to declarations, calls to what they call. */
export function link(input: LinkInput): Outcome<ProgramQueries> {
  const { value, diagnostics } = linkProgram(input);
  return { value: createProgramQueries(value.program, value.evaluator), diagnostics };
}

/** {@link link}, before questions about the program are prepared. */
export function linkProgram({ tree, syntaxes, resolver }: LinkInput): Outcome<LinkedProgram> {
  const roles = new Map(tree.files.map(({ path, role }) => [path, role]));
  const modules: ModuleRecord[] = sortedBy(syntaxes, ({ path }) => path).map((syntax) => ({
    id: syntax.path,
    syntax,
    role: roles.get(syntax.path) ?? 'source',
  }));
  const imports = modules.flatMap((module) => resolveImports(module, resolver));
  const evaluator = createEvaluator(linkFiles(modules, imports));
  const { edges, counts, undecided } = callEdges(evaluator);
  const unresolved = imports.filter(({ target }) => target.kind === 'unresolved');
  const byPath = new Map(syntaxes.map((syntax) => [syntax.path, syntax]));
  const program: Program = {
    modules,
    imports,
    calls: edges,
    counts: { ...counts, imports: imports.length, unresolvedImports: unresolved.length },
  };
  return { value: { program, evaluator, undecided }, diagnostics: unresolved.map((one) => toDiagnostic(one, byPath)) };
}

function resolveImports({ id, syntax }: ModuleRecord, resolver: ModuleResolver): ResolvedImport[] {
  const resolved = syntax.imports.map((one, index): ResolvedImport => {
    const { kind, specifier, span, bindings } = one;
    const target: ImportTarget = specifier === undefined ? { kind: 'unresolved', reason: 'computed' } : resolver.resolve(id, specifier);
    const typeOnly =
      kind === 'import-type' ||
      kind === 're-export-type' ||
      kind === 'type-query' ||
      (bindings.length > 0 && bindings.every((binding) => binding.typeOnly));
    const at = { file: id, ...placeOf(syntax.lineStarts, span.start) };
    return specifier === undefined
      ? { from: id, index, kind, target, typeOnly, at }
      : { from: id, index, kind, specifier, target, typeOnly, at };
  });
  const start = ({ index }: ResolvedImport): number => syntax.imports[index]?.span.start ?? 0;
  return resolved.sort((left, right) => start(left) - start(right) || left.index - right.index);
}

function linkFiles(modules: readonly ModuleRecord[], imports: readonly ResolvedImport[]): ReadonlyMap<ModuleId, LinkedFile> {
  const targets = new Map(modules.map(({ id }) => [id, [] as ImportTarget[]]));
  for (const { from, index, target } of imports) {
    const list = targets.get(from);
    if (list !== undefined) list[index] = target;
  }
  return new Map(modules.map(({ id, role, syntax }) => [id, linkFile(id, role, syntax, targets.get(id) ?? [])]));
}

function toDiagnostic({ kind, specifier, from, at, index }: ResolvedImport, syntaxes: ReadonlyMap<ModuleId, FileSyntax>): Diagnostic {
  if (specifier !== undefined) return { code: 'unresolved-import', data: { specifier }, at };
  const syntax = syntaxes.get(from);
  const span = syntax?.imports[index]?.span;
  const call = syntax?.calls.find((one) => one.span.start === span?.start && one.span.end === span.end);
  const name = call?.callee.kind === 'name' ? call.callee.name : kind === 'require' ? 'require' : 'import';
  const [argument] = call?.arguments ?? [];
  return { code: 'computed-import', data: { text: `${name}(${argument ? describeExpression(argument, syntax?.calls ?? []) : '…'})` }, at };
}
