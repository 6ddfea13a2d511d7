import type { FactOf } from '../../../src/model/fact.ts';
import { type SymbolId, toEntryPointId } from '../../../src/model/ids.ts';
import type { Span } from '../../../src/model/location.ts';
import type { ModuleRecord, ProgramQueries } from '../../../src/model/program.ts';
import { bare, type CodeValue, type Declared } from '../flow/code-value.ts';

export interface DataHook {
  readonly library: string;
  /** What it is run for: `Book.beforeCreate`. */
  readonly detail: string;
  readonly handler: SymbolId;
  readonly module: ModuleRecord;
  readonly span: Span;
}

/** A function that the mapper runs when data changes. */
export const hookFact = (program: ProgramQueries, { library, detail, handler, module, span }: DataHook): FactOf<'trigger'> => ({
  kind: 'trigger',
  id: toEntryPointId(`data-hook ${detail} ${handler}`),
  trigger: 'data-hook',
  detail,
  handler: { module: module.id, symbol: handler },
  library,
  statement: { file: module.id, ...span },
  at: program.location(module.id, span.start),
});

/** The function that a value is: a literal, or one passed by name. */
export function functionNamed(program: ProgramQueries, value: CodeValue): SymbolId | undefined {
  const { module, owner, expression } = bare(value);
  if (expression.kind === 'function') return program.symbolAt(module.id, expression.declaration);
  const referent = program.resolveExpression(module.id, owner, expression);
  const found = referent.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
  const kind = found?.module.syntax.declarations[found.index];
  return referent.kind === 'symbol' && kind?.returns !== undefined ? referent.symbol : undefined;
}

export const methodHook = (
  program: ProgramQueries,
  method: Declared,
  hook: { readonly library: string; readonly detail: string },
): FactOf<'trigger'> => hookFact(program, { ...hook, handler: method.symbol, module: method.module, span: method.declaration.span });
