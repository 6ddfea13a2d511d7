import { partsOf } from '../../../src/model/expression-parts.ts';
import type { CallSyntax, DeclarationSyntax, Expression, TestSyntax } from '../../../src/model/file-syntax.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries } from '../../../src/model/program.ts';

/** The code of one function of the program, functions inside it included. */
export interface FunctionCode {
  readonly module: ModuleRecord;
  readonly index: number;
  readonly calls: readonly CallSyntax[];
  readonly declarations: readonly DeclarationSyntax[];
  /** Names of members that it takes of values, and texts that it uses, as far as they stand in calls and initialisers. */
  readonly members: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
  /** Members that its conditions look at. */
  readonly tests: readonly TestSyntax[];
  /** The expressions that these are taken from, with all that stands in them. */
  readonly expressions: readonly Expression[];
}

export function functionCode(program: ProgramQueries, symbol: SymbolId): FunctionCode | undefined {
  const found = program.declaration(symbol);
  const { syntax } = found?.module ?? {};
  const span = found === undefined ? undefined : syntax?.declarations[found.index]?.span;
  if (found === undefined || syntax === undefined || span === undefined) return undefined;
  const calls = program.callsWithin(found.module.id, span);
  const declarations = program.declarationsWithin(found.module.id, span);
  const inner = declarations.filter(({ span: place }) => place !== span);
  const initialisers = inner.flatMap(({ initializer }) => initializer ?? []);
  /** What patterns of variables and parameters take: `({ authorization }) => …`. */
  const taken = inner.flatMap(({ kind, initializer, bindingPath }) =>
    initializer !== undefined || kind === 'parameter' ? (bindingPath ?? []) : [],
  );
  const expressions = [...calls.flatMap(({ callee, arguments: given }) => [callee, ...given]), ...initialisers].flatMap((expression) => [
    ...within(expression, 0),
  ]);
  const compared = program.comparisonsWithin(found.module.id, span);
  const tests = program.testsWithin(found.module.id, span).filter(({ path }) => path.length > 1);
  return {
    module: found.module,
    index: found.index,
    calls,
    declarations,
    members: new Set([
      ...expressions.flatMap((one) => (one.kind === 'member' ? [one.property] : [])),
      ...taken,
      ...compared.map(({ name }) => name),
      ...tests.flatMap(({ path }) => path.slice(1)),
    ]),
    texts: new Set([
      ...expressions.flatMap((one) => (one.kind === 'literal' && typeof one.value === 'string' ? [one.value] : [])),
      ...compared.map(({ value }) => value),
    ]),
    tests,
    expressions,
  };
}

const DEEPEST = 12;

function* within(expression: Expression, depth: number): Iterable<Expression> {
  yield expression;
  if (depth < DEEPEST) for (const part of partsOf(expression)) yield* within(part, depth + 1);
}
