import type { DeclarationSyntax, Expression } from '../../../src/model/file-syntax.ts';
import { type SymbolId, toSymbolId } from '../../../src/model/ids.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import type { ModuleRecord, PlacedCall, ProgramQueries } from '../../../src/model/program.ts';

/** An expression and the declaration whose names it sees. */
export interface CodeValue {
  readonly module: ModuleRecord;
  readonly owner: number;
  readonly expression: Expression;
}

/** A call where it is written. */
export type CallSite = PlacedCall;

export interface Declared {
  readonly symbol: SymbolId;
  readonly module: ModuleRecord;
  readonly index: number;
  readonly declaration: DeclarationSyntax;
}

/** Every call of the source modules, in order. */
export const callSites = (program: ProgramQueries): readonly CallSite[] => program.sourceCalls();

export const callOf = ({ module, expression }: CodeValue): CallSite | undefined => {
  if (expression.kind !== 'call') return undefined;
  const call = module.syntax.calls[expression.call];
  return call === undefined ? undefined : { module, index: expression.call, call };
};

export const valueAt = ({ module, call }: CallSite, expression: Expression): CodeValue => ({ module, owner: call.owner, expression });

export function argumentOf(site: CallSite, position: number): CodeValue | undefined {
  const expression = site.call.arguments[position];
  return expression === undefined || expression.kind === 'spread' ? undefined : valueAt(site, expression);
}

export const siteLocation = (program: ProgramQueries, { module, call }: CallSite): SourceLocation =>
  program.location(module.id, call.span.start);

/** The function whose code makes the call, or the module's start-up code. */
export const callerOf = (program: ProgramQueries, { module, call }: CallSite): SymbolId => program.symbolAt(module.id, call.owner);

export function declared(program: ProgramQueries, symbol: SymbolId): Declared | undefined {
  const found = program.declaration(symbol);
  const declaration = found?.module.syntax.declarations[found.index];
  return found === undefined || declaration === undefined ? undefined : { symbol, ...found, declaration };
}

/** The declaration a plain name stands for. */
export function declarationOfName(program: ProgramQueries, { module, owner, expression }: CodeValue): Declared | undefined {
  if (expression.kind !== 'name') return undefined;
  const referent = program.resolveName(module.id, owner, expression.name, expression.span.start);
  return referent.kind === 'symbol' ? declared(program, referent.symbol) : undefined;
}

/** The function a parameter belongs to. */
export const functionOf = (program: ProgramQueries, parameter: Declared): Declared | undefined => {
  const owner = parameter.module.syntax.declarations[parameter.declaration.parent];
  return owner === undefined ? undefined : declared(program, toSymbolId(parameter.module.id, owner.name));
};

/** Names, casts and awaits around a value say nothing of it. */
export function bare(value: CodeValue): CodeValue {
  const { expression } = value;
  return expression.kind === 'assertion' || expression.kind === 'await' ? bare({ ...value, expression: expression.value }) : value;
}

/** The parameter a value is: by its name, or as the field a constructor keeps it in. */
export function parameterOf(program: ProgramQueries, value: CodeValue): Declared | undefined {
  const whole = bare(value);
  const { module, owner, expression } = whole;
  if (expression.kind === 'spread') return parameterOf(program, { ...whole, expression: expression.value });
  const referent = expression.kind === 'member' ? program.resolveExpression(module.id, owner, expression) : undefined;
  const found = referent?.kind === 'symbol' ? declared(program, referent.symbol) : declarationOfName(program, whole);
  return found?.declaration.kind === 'parameter' ? found : undefined;
}

/** The class whose code a call stands in. */
export function classAround(program: ProgramQueries, { module, call }: CallSite): SymbolId | undefined {
  const { declarations } = module.syntax;
  for (let index = call.owner; index > 0; index = declarations[index]?.parent ?? -1)
    if (declarations[index]?.kind === 'class') return program.symbolAt(module.id, index);
  return undefined;
}
